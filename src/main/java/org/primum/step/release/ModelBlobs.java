package org.primum.step.release;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.primum.data.Digest;
import org.primum.document.CandidateDocument;
import org.primum.document.Source;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.model.ModelDirectory;
import org.primum.platform.Progress;
import org.primum.store.ObjectStore;
import org.primum.store.ObjectStore.Content;
import org.primum.store.ObjectStore.WriteResult;

/// The bytes of models in a registry: each file a blob that is named by its digest, created once,
/// never changed; and for each model the list of its files, written after all of them.
final class ModelBlobs {

  /// Ten thousand files with long names stay below this, in bytes.
  private static final int LIMIT = 16 << 20;

  private final ObjectStore store;
  private final String candidates;

  /// @param candidates the folder of the lists, ending with `/`
  ModelBlobs(ObjectStore store, String candidates) {
    this.store = store;
    this.candidates = candidates;
  }

  /// Keeps the bytes under their digest.
  Digest keep(byte[] bytes) throws IOException {
    Digest digest = Digest.of(bytes);
    create(digest, Content.of(bytes));
    return digest;
  }

  /// Copies every file of the model, then its list. What is there already is read and held against
  /// its digest.
  ///
  /// @throws ProvenanceInvalidException where a blob of the registry is damaged, or a file changed
  ///   since the model was read
  void publish(ModelDirectory model, Path directory, Progress progress) throws IOException {
    progress.start("copying", model.entries().size());
    for (ModelDirectory.Entry entry : model.entries()) {
      create(entry.digest(), new Checked(directory.resolve(entry.name()), entry));
      progress.advance(1);
    }
    byte[] list = CandidateDocument.write(model);
    String key = listKey(model.digest());
    if (store.create(key, Content.of(list)) instanceof WriteResult.Conflict) {
      list(model.digest());
    }
  }

  /// Reads every byte of the model and holds it against the digests.
  ///
  /// @throws ProvenanceInvalidException where one is missing or differs
  void verify(Digest model, Progress progress) throws IOException {
    ModelDirectory files = list(model);
    progress.start("verifying", files.entries().size());
    for (ModelDirectory.Entry entry : files.entries()) {
      verify(entry.digest());
      progress.advance(1);
    }
  }

  private ModelDirectory list(Digest model) throws IOException {
    String key = listKey(model);
    Optional<ObjectStore.Read> read = store.read(key, LIMIT);
    if (read.isEmpty()) {
      throw damaged(key, "is missing");
    }
    return CandidateDocument.read(new Source(store.name() + "/" + key, read.get().bytes()), model);
  }

  private void create(Digest digest, Content content) throws IOException {
    String key = key(digest);
    if (store.stat(key).isPresent() || store.create(key, content) instanceof WriteResult.Conflict) {
      verify(digest);
    }
  }

  private void verify(Digest digest) throws IOException {
    String key = key(digest);
    try (InputStream in = store.open(key)) {
      if (!Digest.of(in).equals(digest)) {
        throw damaged(key, "does not hold the bytes it is named by");
      }
    } catch (NoSuchFileException _) {
      throw damaged(key, "is missing");
    }
  }

  private ProvenanceInvalidException damaged(String key, String how) {
    return new ProvenanceInvalidException(
        "%s/%s %s: the registry is damaged; restore the object from a copy"
            .formatted(store.name(), key, how));
  }

  private String listKey(Digest model) {
    return candidates + model.hex() + ".json";
  }

  private static String key(Digest digest) {
    String hex = digest.hex();
    return "blobs/sha256/" + hex.substring(0, 2) + "/" + hex;
  }

  /// A file that has to hold, to its last byte, what was digested before.
  private record Checked(Path file, ModelDirectory.Entry entry) implements Content {
    @Override
    public long size() {
      return entry.size();
    }

    @Override
    public InputStream open() throws IOException {
      return new CheckedStream(Files.newInputStream(file), file, entry);
    }
  }

  /// Refuses the last byte where the digest is wrong, so that no writer can finish.
  private static final class CheckedStream extends FilterInputStream {
    private final MessageDigest sha256 = Digest.sha256();
    private final Path file;
    private final ModelDirectory.Entry entry;
    private long count;

    CheckedStream(InputStream in, Path file, ModelDirectory.Entry entry) {
      super(in);
      this.file = file;
      this.entry = entry;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int got = super.read(into, offset, length);
      if (got < 0) {
        check(count == entry.size());
      } else if (got > 0) {
        sha256.update(into, offset, got);
        count += got;
        check(count < entry.size() || isWhole());
      }
      return got;
    }

    private boolean isWhole() {
      return count == entry.size() && Digest.finish(sha256).equals(entry.digest());
    }

    private void check(boolean holds) {
      if (!holds) {
        throw new ProvenanceInvalidException(
            file + " changed while it was copied; stop whatever writes it and run the step again");
      }
    }
  }
}
