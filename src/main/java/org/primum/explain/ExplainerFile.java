package org.primum.explain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.explain.ExplainerBasis.ComparedRows;
import org.primum.explain.value.CountedRows;
import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;
import org.primum.model.compact.CompactModel;
import org.primum.model.compact.CompactReader;
import org.primum.model.compact.CompactWriter;

/// An [ExplainerBasis] as bytes, `explainer.bin`: the same basis gives the same bytes, and what is
/// read explains to the same bits. docs/explainer-file.md has the form.
public final class ExplainerFile {

  public static final String FILE_NAME = "explainer.bin";

  /// No larger file is written or read.
  public static final int MAX_BYTES = 1 << 29;

  private static final byte[] MAGIC = "PRMEXPLN".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HASH = 32;
  private static final int HEADER = MAGIC.length + 2 + HASH + 8;

  private ExplainerFile() {}

  /// @throws DataInvalidException where the counts take more than [#MAX_BYTES]
  public static byte[] write(ExplainerBasis basis) {
    CompactWriter body = new CompactWriter();
    digest(basis.model(), body);
    CompactModel.write(basis.scorer(), body);
    rows(basis.cover(), body);
    rows(basis.background().map(ComparedRows::rows), body);
    basis.background().ifPresent(rows -> counts(rows.counts(), body));
    requireSize(body.size());
    byte[] bytes = body.toByteArray();
    return ByteBuffer.allocate(HEADER + bytes.length)
        .put(MAGIC)
        .putShort((short) VERSION)
        .put(Digest.sha256().digest(bytes))
        .putLong(bytes.length)
        .put(bytes)
        .array();
  }

  private static void counts(Background background, CompactWriter out) {
    switch (background) {
      case TreeBackground trees -> BackgroundBytes.write(trees, out, MAX_BYTES);
      case LinearBackground linear -> BackgroundBytes.write(linear, out);
      case StackedBackground stacked -> stacked.classes().forEach(one -> counts(one, out));
      case SampledBackground _, GaussianBackground _ ->
          throw new IllegalArgumentException("rows that are kept belong in no explainer.bin");
    }
  }

  static void requireSize(int bytes) {
    if (bytes > MAX_BYTES - HEADER || bytes < 0) {
      throw new DataInvalidException(
          FILE_NAME
              + " would take more than "
              + MAX_BYTES
              + " bytes: the trees are too deep for so large a background; give --background fewer"
              + " rows, or leave out --save-explainer");
    }
  }

  private static void rows(Optional<CountedRows> rows, CompactWriter out) {
    out.whole(rows.isPresent() ? 1 : 0);
    rows.ifPresent(counted -> {
      out.whole(counted.rows());
      digest(counted.digest(), out);
    });
  }

  private static void digest(Digest digest, CompactWriter out) {
    out.raw(HexFormat.of().parseHex(digest.hex()));
  }

  /// @param name how messages call the file
  /// @throws ModelInvalidException where the bytes are no explainer file, or were changed
  public static ExplainerBasis read(byte[] bytes, String name) {
    byte[] body = body(bytes, name);
    try {
      return basis(new CompactReader(body));
    } catch (ModelInvalidException e) {
      throw new ModelInvalidException(
          name
              + ": this "
              + FILE_NAME
              + " cannot be read: "
              + e.getMessage()
              + "; write it again with --save-explainer",
          e);
    }
  }

  private static byte[] body(byte[] bytes, String name) {
    if (bytes.length < HEADER || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new ModelInvalidException(
          name
              + ": this is no "
              + FILE_NAME
              + "; --explainer takes the file that shap-batch --save-explainer wrote");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).position(MAGIC.length);
    int version = header.getShort();
    if (version != VERSION) {
      throw new ModelInvalidException(
          name
              + ": version "
              + version
              + " of "
              + FILE_NAME
              + ", this program reads version "
              + VERSION
              + "; write it again with --save-explainer");
    }
    byte[] hash = new byte[HASH];
    header.get(hash);
    boolean isWhole = header.getLong() == bytes.length - HEADER;
    byte[] body = Arrays.copyOfRange(bytes, HEADER, bytes.length);
    if (!isWhole || !Arrays.equals(hash, Digest.sha256().digest(body))) {
      throw new ModelInvalidException(
          name + ": was cut off or changed: its bytes do not have the checksum they were given");
    }
    return body;
  }

  private static ExplainerBasis basis(CompactReader in) {
    Digest model = digest(in);
    Scorer scorer = CompactModel.read(in);
    Optional<CountedRows> cover = rows(in);
    Optional<ComparedRows> background = rows(in).map(rows -> compared(scorer, rows, in));
    in.requireEnd();
    return new ExplainerBasis(model, scorer, cover, background);
  }

  private static ComparedRows compared(Scorer scorer, CountedRows rows, CompactReader in) {
    Background counts =
        switch (scorer) {
          case TreeEnsemble trees -> BackgroundBytes.read(trees, rows.rows(), in);
          case LinearModel linear -> BackgroundBytes.read(linear, rows.rows(), in);
          case LinearClasses linear ->
              new StackedBackground(
                  linear.classes().stream()
                      .map(one -> BackgroundBytes.read(one, rows.rows(), in))
                      .toList());
          default -> throw CompactReader.broken();
        };
    return new ComparedRows(counts, rows.digest());
  }

  private static Optional<CountedRows> rows(CompactReader in) {
    if (in.oneOf(2) == 0) {
      return Optional.empty();
    }
    int rows = in.whole(Integer.MAX_VALUE);
    if (rows == 0) {
      throw CompactReader.broken();
    }
    return Optional.of(new CountedRows(rows, digest(in)));
  }

  private static Digest digest(CompactReader in) {
    return new Digest("sha256:" + HexFormat.of().formatHex(in.raw(HASH)));
  }
}
