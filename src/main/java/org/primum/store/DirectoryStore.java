package org.primum.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A directory as an object store: the embedded default, and what a shared volume is.
///
/// An object is written beside its place, forced to the disk, and only then given its name: by a
/// hard link where it must be new (the file system decides the race), by a rename under a lock
/// where it replaces. A killed process leaves at most a file `.primum-….tmp`, which nobody sees.
/// Links are followed only while they stay inside the directory. Safe between threads and
/// processes; on a network file system as far as its locks and links are.
public final class DirectoryStore implements ObjectStore {

  private final Path root;
  private final String name;

  /// @param root made at the first write
  /// @param name how messages call the store
  public DirectoryStore(Path root, String name) {
    this.root = root.toAbsolutePath().normalize();
    this.name = name;
  }

  @Override
  public Optional<Stat> stat(String key) throws IOException {
    Path file = locate(key);
    try {
      FileVersion version = FileVersion.of(file);
      return Optional.of(new Stat(key, version.size(), version.text()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Read> read(String key, int limit) throws IOException {
    Path file = locate(key);
    try (FileVersion.Opened opened = FileVersion.open(file)) {
      if (opened.version().size() > limit) {
        throw new IOException(
            file + " has " + opened.version().size() + " bytes, more than the " + limit + " read");
      }
      byte[] bytes = opened.bytes();
      return Optional.of(new Read(bytes, opened.version().text()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(String key) throws IOException {
    Path file = locate(key);
    FileVersion.Opened opened = FileVersion.open(file);
    return opened.stream(0, opened.version().size());
  }

  @Override
  public InputStream open(String key, String version, long offset, long length) throws IOException {
    Path file = locate(key);
    FileVersion.Opened opened = FileVersion.open(file);
    try {
      if (!opened.version().text().equals(version)) {
        throw new IOException(file + " was written anew while it was read; start again");
      }
      ByteRange.check(file.toString(), opened.version().size(), offset, length);
      return opened.stream(offset, length);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public WriteResult create(String key, Content content) throws IOException {
    Path file = locate(key);
    requireNoDirectory(file);
    if (Files.exists(file)) {
      return new WriteResult.Conflict();
    }
    Path temporary = write(file, content);
    try {
      String version = FileVersion.of(temporary).text();
      linkOrMove(temporary, file);
      force(directoryOf(file));
      return new WriteResult.Written(version);
    } catch (FileAlreadyExistsException e) {
      return new WriteResult.Conflict();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public WriteResult replace(String key, Content content, String version) throws IOException {
    Path file = locate(key);
    if (stat(key).filter(now -> now.version().equals(version)).isEmpty()) {
      return new WriteResult.Conflict();
    }
    Path temporary = write(file, content);
    try (DirectoryLock _ = DirectoryLock.of(directoryOf(file))) {
      if (stat(key).filter(now -> now.version().equals(version)).isEmpty()) {
        return new WriteResult.Conflict();
      }
      return new WriteResult.Written(move(temporary, file));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void put(String key, Content content) throws IOException {
    Path file = locate(key);
    requireNoDirectory(file);
    Path temporary = write(file, content);
    try (DirectoryLock _ = DirectoryLock.of(directoryOf(file))) {
      move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Path file = locate(key);
    if (Files.notExists(file)) {
      return;
    }
    requireNoDirectory(file);
    try (DirectoryLock _ = DirectoryLock.of(directoryOf(file))) {
      Files.deleteIfExists(file);
      force(directoryOf(file));
    }
  }

  @Override
  public List<Stat> list(String prefix) throws IOException {
    ObjectKey.checkPrefix(prefix);
    Path from = inside(root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1)));
    List<String> keys = Files.isDirectory(from) ? keysBelow(from, prefix) : List.of();
    List<Stat> found = new ArrayList<>();
    for (String key : keys.stream().sorted(ObjectKey.BY_UTF8).toList()) {
      stat(key).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /// A local file system always decides who was first; what can fail is the writing itself.
  @Override
  public void probeConditionalWrites() throws IOException {
    ConditionalWriteProbe.run(this);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return name;
  }

  private static void requireNoDirectory(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory, so no object can have this name");
    }
  }

  private Path locate(String key) throws IOException {
    ObjectKey.check(key);
    return inside(root.resolve(key));
  }

  /// Compares real paths, from the nearest parent that exists, so that no link leads out.
  private Path inside(Path path) throws IOException {
    Path existing = path;
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && !existing.equals(root)) {
      existing = directoryOf(existing);
    }
    if (Files.isSymbolicLink(existing) && !Files.exists(existing)) {
      throw new IOException(existing + " is a link to nowhere; remove it");
    }
    if (Files.exists(root) && !existing.toRealPath().startsWith(root.toRealPath())) {
      throw new IOException(existing + " is a link that leads out of " + root + "; it is not used");
    }
    return path;
  }

  private List<String> keysBelow(Path from, String prefix) throws IOException {
    List<String> keys = new ArrayList<>();
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String key = keyOf(file);
            if (key.startsWith(prefix) && ObjectKey.isKey(key) && isObject(file)) {
              keys.add(key);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return keys;
  }

  private String keyOf(Path file) {
    return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  private boolean isObject(Path file) throws IOException {
    return Files.isRegularFile(file)
        && (!Files.isSymbolicLink(file) || file.toRealPath().startsWith(root.toRealPath()));
  }

  /// The content in a file of its own beside the target, forced to the disk.
  private Path write(Path file, Content content) throws IOException {
    Path directory = directoryOf(file);
    Path temporary = directory.resolve(ObjectKey.RESERVED + UUID.randomUUID() + ".tmp");
    try {
      makeDirectories(directory);
      writeTo(temporary, content);
      return temporary;
    } catch (IOException e) {
      discard(temporary, e);
      throw new IOException("cannot write " + file + ", which is left as it was: " + reason(e), e);
    } catch (RuntimeException | Error e) {
      discard(temporary, e);
      throw e;
    }
  }

  private static void discard(Path temporary, Throwable fault) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  private static void writeTo(Path temporary, Content content) throws IOException {
    try (InputStream in = content.open();
        FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = in.transferTo(Channels.newOutputStream(channel));
      if (size != content.size()) {
        throw new EOFException("its source has " + size + " bytes, not " + content.size());
      }
      channel.force(true);
    }
    FileVersion.stamp(temporary);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      default -> String.valueOf(e.getMessage());
    };
  }

  private void linkOrMove(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      moveWhereNone(temporary, file);
    }
  }

  /// For file systems without hard links.
  private void moveWhereNone(Path temporary, Path file) throws IOException {
    try (DirectoryLock _ = DirectoryLock.of(directoryOf(file))) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      move(temporary, file);
    }
  }

  private String move(Path temporary, Path file) throws IOException {
    String version = FileVersion.of(temporary).text();
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("the file system of " + file + " cannot rename atomically", e);
    }
    force(directoryOf(file));
    return version;
  }

  /// Each new directory's name is forced to the disk too.
  private static void makeDirectories(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      makeDirectories(directoryOf(directory));
      try {
        Files.createDirectory(directory);
      } catch (FileAlreadyExistsException e) {
        // another writer was quicker
      }
      force(directoryOf(directory));
    }
    if (!Files.isDirectory(directory)) {
      throw new IOException(directory + " is a file, so nothing can lie below it");
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path directoryOf(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }
}
