package org.primum.fairness.tally;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;

/// A [Tally] as bytes, `tally.bin`: the same tally gives the same bytes.
///
/// All numbers are big-endian. Header: the eight letters `PRMTALLY`, a version of two bytes, the
/// SHA-256 of the body, the body's length in eight bytes. Body: sections, each with a tag of four
/// letters and a length in four bytes. Version 3 has `LAYO` (the layout's texts, thresholds, and
/// which attributes scores are counted by), `CELL` (combinations in ascending order, nine [Sums]
/// each) and `SCOR` (whether scores are on the grid, and the scores of each group); then the
/// sections that only some policies need; last, where it is known, `ORIG` (the tables that were
/// counted). A section that a reader does not know is an error, so other outcomes can join under
/// tags of their own.
public final class TallyFile {

  private static final byte[] MAGIC = "PRMTALLY".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 3;
  private static final int HEADER = MAGIC.length + 2 + 32 + 8;
  private static final String LAYOUT = "LAYO";
  private static final String CELLS = "CELL";
  private static final String SCORES = "SCOR";
  private static final int MAX_TEXT = 1 << 16;
  private static final int MAX_ATTRIBUTES = 64;
  private static final int MAX_THRESHOLDS = 1 << 12;
  private static final int MAX_TABLES = 1 << 12;

  /// No sum of doubles is wider, nor of as many squares as rows fit into a `long`.
  private static final int MAX_BITS = 2200;

  private TallyFile() {}

  /// A tally that says nothing of the tables it counts; steps write a [CountedTally].
  public static byte[] write(Tally tally) {
    return write(tally, List.of());
  }

  public static byte[] write(CountedTally counted) {
    return write(counted.tally(), counted.tables());
  }

  private static byte[] write(Tally tally, List<CountedTable> tables) {
    try {
      ByteArrayOutputStream body = body(tally);
      if (!tables.isEmpty()) {
        section(body, OriginSection.TAG, OriginSection.write(tables));
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(file);
      out.write(MAGIC);
      out.writeShort(VERSION);
      out.write(Digest.sha256().digest(body.toByteArray()));
      out.writeLong(body.size());
      body.writeTo(out);
      return file.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
  }

  private static ByteArrayOutputStream body(Tally tally) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    section(body, LAYOUT, layout(tally.layout()));
    section(body, CELLS, cells(tally.cells()));
    section(body, SCORES, ScoreSection.write(tally));
    for (TallySection more : TallySection.OPTIONAL) {
      if (more.isNeeded(tally)) {
        section(body, more.tag(), more.write(tally));
      }
    }
    return body;
  }

  private static void section(ByteArrayOutputStream body, String tag, byte[] bytes)
      throws IOException {
    DataOutputStream out = new DataOutputStream(body);
    out.write(tag.getBytes(StandardCharsets.US_ASCII));
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] layout(Tally.Layout layout) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    writeText(out, layout.decision());
    out.writeInt(layout.thresholds().size());
    for (double threshold : layout.thresholds()) {
      out.writeDouble(threshold);
    }
    out.writeInt(layout.attributes().size());
    for (Tally.Dimension attribute : layout.attributes()) {
      writeText(out, attribute.name());
      writeText(out, attribute.definition());
    }
    out.writeInt(layout.scored().size());
    for (List<Integer> table : layout.scored()) {
      out.writeLong(table.stream().mapToLong(place -> 1L << place).sum());
    }
    return bytes.toByteArray();
  }

  private static byte[] cells(SortedMap<List<String>, GroupTally> cells) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(cells.size());
    for (Map.Entry<List<String>, GroupTally> cell : cells.entrySet()) {
      for (String value : cell.getKey()) {
        writeText(out, value);
      }
      for (Sums sums : cell.getValue().counts().cells()) {
        out.writeLong(sums.n());
        writeSum(out, sums.weight());
        writeSum(out, sums.squaredWeight());
        writeSum(out, sums.score());
        writeSum(out, sums.squaredScore());
        writeSum(out, sums.logLoss());
      }
    }
    return bytes.toByteArray();
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// The exponent of the lowest bit, and the bits above it.
  static void writeSum(DataOutputStream out, ExactSum sum) throws IOException {
    int zeros = Math.max(0, sum.units().getLowestSetBit());
    byte[] bits = sum.units().shiftRight(zeros).toByteArray();
    out.writeShort(zeros);
    out.writeShort(bits.length);
    out.write(bits);
  }

  /// Reads what [#write] wrote.
  ///
  /// @param name how messages call it
  /// @throws DataInvalidException where it is not a tally, is damaged, or is of another version
  public static Tally read(byte[] bytes, String name) {
    return contents(bytes, name).tally();
  }

  /// Reads what [#write] wrote of a tally whose tables are known.
  ///
  /// @param name how messages call it
  /// @throws DataInvalidException as [#read], and where it does not say which tables it counts
  public static CountedTally readCounted(byte[] bytes, String name) {
    Contents contents = contents(bytes, name);
    if (contents.tables().isEmpty()) {
      throw new DataInvalidException(
          name + ": a tally that does not say which tables it counts; make it with fairness-tally");
    }
    try {
      return new CountedTally(contents.tally(), contents.tables());
    } catch (IllegalArgumentException e) {
      throw new DataInvalidException(name + ": a damaged tally; make it again", e);
    }
  }

  /// @param tables empty where the file says nothing of them
  private record Contents(Tally tally, List<CountedTable> tables) {}

  private static Contents contents(byte[] bytes, String name) {
    try {
      return parse(body(bytes, name), name);
    } catch (EOFException | CharacterCodingException | IllegalArgumentException e) {
      throw new DataInvalidException(name + ": a damaged tally; make it again", e);
    } catch (IOException e) {
      throw new IllegalStateException("memory gives every byte", e);
    }
  }

  private static byte[] body(byte[] bytes, String name) throws IOException {
    boolean tally =
        bytes.length >= HEADER && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    if (!tally) {
      throw new DataInvalidException(
          name + ": not a tally; fairness-tally and fairness-audit write tally.bin");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.skipNBytes(MAGIC.length);
    int version = in.readUnsignedShort();
    if (version != VERSION) {
      throw new DataInvalidException(
          "%s: a tally of version %d; this primum reads %d: count the rows again with fairness-tally"
              .formatted(name, version, VERSION));
    }
    byte[] digest = in.readNBytes(32);
    long length = in.readLong();
    byte[] body = Arrays.copyOfRange(bytes, HEADER, bytes.length);
    if (length != body.length || !MessageDigest.isEqual(digest, Digest.sha256().digest(body))) {
      throw new DataInvalidException(name + ": a damaged tally, its digest does not match");
    }
    return body;
  }

  private static Contents parse(byte[] body, String name) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
    Tally.Layout layout = readLayout(open(in, LAYOUT, name));
    SortedMap<List<String>, GroupTally> cells =
        readCells(open(in, CELLS, name), layout.attributes().size());
    DataInputStream scores = open(in, SCORES, name);
    Tally tally = ScoreSection.read(scores, layout, cells);
    end(scores);
    for (TallySection more : TallySection.OPTIONAL) {
      if (isNext(in, more.tag())) {
        DataInputStream section = open(in, more.tag(), name);
        tally = more.read(section, tally);
        end(section);
      }
    }
    List<CountedTable> tables = List.of();
    if (isNext(in, OriginSection.TAG)) {
      DataInputStream section = open(in, OriginSection.TAG, name);
      tables = OriginSection.read(section);
      end(section);
    }
    if (in.available() > 0) {
      throw new DataInvalidException(
          name + ": a tally with a section this primum does not know; use a newer one");
    }
    return new Contents(tally, tables);
  }

  private static boolean isNext(DataInputStream in, String tag) throws IOException {
    if (in.available() == 0) {
      return false;
    }
    in.mark(tag.length());
    String next = new String(in.readNBytes(tag.length()), StandardCharsets.US_ASCII);
    in.reset();
    return next.equals(tag);
  }

  private static DataInputStream open(DataInputStream in, String tag, String name)
      throws IOException {
    byte[] found = new byte[4];
    in.readFully(found);
    if (!new String(found, StandardCharsets.US_ASCII).equals(tag)) {
      throw new DataInvalidException(name + ": a tally without its section " + tag);
    }
    int length = count(in.readInt(), in.available());
    return new DataInputStream(new ByteArrayInputStream(in.readNBytes(length)));
  }

  private static Tally.Layout readLayout(DataInputStream in) throws IOException {
    String decision = readText(in);
    List<Double> thresholds = new ArrayList<>();
    int cuts = count(in.readInt(), MAX_THRESHOLDS);
    for (int i = 0; i < cuts; i++) {
      thresholds.add(ScoreSection.probability(in.readDouble()));
    }
    int count = count(in.readInt(), MAX_ATTRIBUTES);
    List<Tally.Dimension> attributes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      attributes.add(new Tally.Dimension(readText(in), readText(in)));
    }
    List<List<Integer>> scored = new ArrayList<>();
    int tables = count(in.readInt(), MAX_TABLES);
    for (int i = 0; i < tables; i++) {
      scored.add(places(in.readLong(), count));
    }
    end(in);
    return new Tally.Layout(decision, thresholds, attributes, scored);
  }

  /// The positions of attributes, one bit each.
  private static List<Integer> places(long bits, int attributes) {
    if (bits == 0 || Long.SIZE - Long.numberOfLeadingZeros(bits) > attributes) {
      throw new IllegalArgumentException("scores by attributes that do not exist");
    }
    return IntStream.range(0, attributes).filter(i -> (bits >>> i & 1) == 1).boxed().toList();
  }

  private static SortedMap<List<String>, GroupTally> readCells(DataInputStream in, int attributes)
      throws IOException {
    int count = count(in.readInt(), Tally.MAX_CELLS);
    SortedMap<List<String>, GroupTally> cells = new TreeMap<>(Tally.ORDER);
    for (int i = 0; i < count; i++) {
      List<String> key = new ArrayList<>();
      for (int a = 0; a < attributes; a++) {
        key.add(readText(in));
      }
      if (!cells.isEmpty() && Tally.ORDER.compare(cells.lastKey(), key) >= 0) {
        throw new IllegalArgumentException("cells out of order");
      }
      cells.put(List.copyOf(key), GroupTally.of(readCounts(in)));
    }
    end(in);
    return cells;
  }

  private static Counts readCounts(DataInputStream in) throws IOException {
    List<Sums> sums = new ArrayList<>();
    for (int i = 0; i < Counts.CELLS; i++) {
      sums.add(
          new Sums(in.readLong(), readSum(in), readSum(in), readSum(in), readSum(in), readSum(in)));
    }
    return new Counts(sums);
  }

  static ExactSum readSum(DataInputStream in) throws IOException {
    int zeros = count(in.readUnsignedShort(), MAX_BITS);
    byte[] bits = new byte[count(in.readUnsignedShort(), MAX_BITS / 8 + 1)];
    in.readFully(bits);
    BigInteger head = new BigInteger(bits);
    boolean canonical = head.signum() == 0 ? zeros == 0 : head.testBit(0);
    if (!canonical || head.toByteArray().length != bits.length) {
      throw new IllegalArgumentException("a sum in another form than it is written in");
    }
    return new ExactSum(head.shiftLeft(zeros));
  }

  static String readText(DataInputStream in) throws IOException {
    byte[] bytes = new byte[count(in.readInt(), MAX_TEXT)];
    in.readFully(bytes);
    return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
  }

  private static int count(int count, int limit) {
    if (count < 0 || count > limit) {
      throw new IllegalArgumentException("a length of " + count + ", at most " + limit);
    }
    return count;
  }

  private static void end(DataInputStream in) throws IOException {
    if (in.available() > 0) {
      throw new IllegalArgumentException("bytes behind the end of a section");
    }
  }
}
