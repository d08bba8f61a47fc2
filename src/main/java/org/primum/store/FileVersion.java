package org.primum.store;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.primum.data.Digest;

/// What a file's version is: the digest of its bytes where it is small, as pointers and ledger
/// entries are; else its file number, time and size, since digesting gigabytes for each look would
/// be worse than it is worth.
///
/// @param size in bytes
/// @param text opaque to callers
record FileVersion(long size, String text) {

  private static final int DIGESTED = 1 << 20;

  static FileVersion of(Path file) throws IOException {
    try (Opened opened = open(file)) {
      return opened.version();
    }
  }

  /// Sets the file's time to the clock's full resolution; the kernel's own stamp may be some
  /// milliseconds coarse, in which three writes fit.
  static void stamp(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  /// Opens the file as one version: a rename meanwhile does not mix two.
  static Opened open(Path file) throws IOException {
    String before = outside(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      String after = outside(file);
      while (!after.equals(before)) {
        channel.close();
        before = after;
        channel = FileChannel.open(file, StandardOpenOption.READ);
        after = outside(file);
      }
      return opened(channel, after);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Opened opened(FileChannel channel, String outside) throws IOException {
    long size = channel.size();
    if (size > DIGESTED) {
      return new Opened(channel, new FileVersion(size, outside), new byte[0]);
    }
    byte[] bytes = Channels.newInputStream(channel).readNBytes(DIGESTED + 1);
    return new Opened(channel, new FileVersion(bytes.length, Digest.of(bytes).value()), bytes);
  }

  private static String outside(Path file) throws IOException {
    BasicFileAttributes attributes = attributesOf(file);
    if (!attributes.isRegularFile()) {
      throw new NoSuchFileException(file.toString(), null, "it is not a regular file");
    }
    Instant time = attributes.lastModifiedTime().toInstant();
    return attributes.size() + "-" + time + "-" + attributes.fileKey();
  }

  private static BasicFileAttributes attributesOf(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (AccessDeniedException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      for (Path above = file.getParent(); above != null; above = above.getParent()) {
        if (Files.isRegularFile(above)) {
          throw new NoSuchFileException(file.toString(), null, above + " is a file");
        }
      }
      throw e;
    }
  }

  /// An open file of a known version.
  static final class Opened implements Closeable {
    private final FileChannel channel;
    private final FileVersion version;
    private final byte[] digested;

    private Opened(FileChannel channel, FileVersion version, byte[] digested) {
      this.channel = channel;
      this.version = version;
      this.digested = digested;
    }

    FileVersion version() {
      return version;
    }

    /// The very bytes the version speaks of, where it is a digest.
    byte[] bytes() throws IOException {
      try (InputStream in = stream(0, version.size())) {
        return in.readAllBytes();
      }
    }

    /// The stream owns the file from now on.
    InputStream stream(long offset, long length) throws IOException {
      if (digested.length == version.size()) {
        channel.close();
        return new ByteArrayInputStream(digested, (int) offset, (int) length);
      }
      channel.position(offset);
      return new ExactInputStream(Channels.newInputStream(channel), length, "the file");
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
