package org.primum.store;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Objects by key, with the conditional writes that pointers and ledgers need. Keys are
/// `/`-separated, without a leading slash. All methods retry transient faults themselves (bounded,
/// jittered, at most two minutes) and then throw [TransientStoreException].
public interface ObjectStore extends Closeable {

  /// @param size in bytes
  /// @param version changes whenever the object's bytes are written; opaque
  record Stat(String key, long size, String version) {}

  /// A source of bytes of known size that can be opened again for a retry.
  interface Content {
    long size() throws IOException;

    InputStream open() throws IOException;

    /// The bytes must not change meanwhile.
    static Content of(byte[] bytes) {
      return new Content() {
        @Override
        public long size() {
          return bytes.length;
        }

        @Override
        public InputStream open() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }

    /// In UTF-8.
    static Content of(String text) {
      return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Content of(Path file) {
      return new Content() {
        @Override
        public long size() throws IOException {
          return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
          return Files.newInputStream(file);
        }
      };
    }
  }

  /// How a conditional write ended.
  sealed interface WriteResult {
    record Written(String version) implements WriteResult {}

    /// The condition did not hold: somebody else wrote. A lost answer looks like this too: the
    /// caller re-reads and recognises its own bytes.
    record Conflict() implements WriteResult {}
  }

  /// An object's bytes with the version they had.
  final class Read {
    private final byte[] bytes;
    private final String version;

    public Read(byte[] bytes, String version) {
      this.bytes = bytes;
      this.version = version;
    }

    /// Not to be changed.
    public byte[] bytes() {
      return bytes;
    }

    public String version() {
      return version;
    }
  }

  Optional<Stat> stat(String key) throws IOException;

  /// The whole object, for small ones.
  ///
  /// @param limit refuses a larger object with [IOException]
  Optional<Read> read(String key, int limit) throws IOException;

  /// Streams the object.
  ///
  /// @throws java.nio.file.NoSuchFileException where there is none
  InputStream open(String key) throws IOException;

  /// Streams `length` bytes from `offset`; fails if the object is no longer of that version, or has
  /// no such range.
  ///
  /// @throws java.nio.file.NoSuchFileException where there is none
  InputStream open(String key, String version, long offset, long length) throws IOException;

  /// Writes the object only where there is none (`If-None-Match: *`). Never leaves it half written.
  WriteResult create(String key, Content content) throws IOException;

  /// Writes the object only over the given version (`If-Match`).
  WriteResult replace(String key, Content content, String version) throws IOException;

  /// Writes the object whatever is there. For outputs a user asked to overwrite, never for
  /// pointers.
  void put(String key, Content content) throws IOException;

  /// All objects whose keys start with the prefix, sorted by the keys' UTF-8 bytes. The prefix is
  /// plain text, as in S3: end it with `/` to mean a folder.
  List<Stat> list(String prefix) throws IOException;

  /// Does nothing where there is none.
  void delete(String key) throws IOException;

  /// Asks the store whether it honors conditional writes: writes a key of its own twice with
  /// `create`, and removes it. A step that moves a pointer or appends to a ledger asks first.
  ///
  /// @throws org.primum.gate.ConfigInvalidException where it does not
  void probeConditionalWrites() throws IOException;

  /// How messages call it, e.g. `s3://bucket/prefix` or a path.
  String name();
}
