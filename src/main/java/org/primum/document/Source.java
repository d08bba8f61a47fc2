package org.primum.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.primum.data.Digest;
import org.primum.gate.ConfigInvalidException;

/// The bytes of a document and how messages call it.
public final class Source {

  /// No document people write by hand comes near this, in bytes.
  public static final int LIMIT = 1 << 20;

  private final String name;
  private final byte[] bytes;

  public Source(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes.clone();
  }

  /// Reads a file of at most [#LIMIT] bytes.
  public static Source of(Path file, String name) throws IOException {
    return of(file, name, LIMIT);
  }

  /// Reads a file of at most `limit` bytes.
  ///
  /// @throws ConfigInvalidException where it is larger
  public static Source of(Path file, String name, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new ConfigInvalidException(
            name + ": larger than " + limit + " bytes; is this the right file?");
      }
      return new Source(name, bytes);
    }
  }

  public String name() {
    return name;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public Digest digest() {
    return Digest.of(bytes);
  }
}
