package org.primum.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/// Writes where the launcher looks: beside, then renamed, so that a step that is killed leaves
/// nothing half.
final class KfpFiles {

  private KfpFiles() {}

  static void write(Path file, String text) throws IOException {
    Path temporary = beside(file);
    Files.writeString(temporary, text, StandardCharsets.UTF_8);
    replace(temporary, file);
  }

  /// Copies a file or a directory; what is not there is not copied.
  static void copy(Path source, Path target) throws IOException {
    if (Files.exists(source)) {
      Path temporary = beside(target);
      deleteTree(temporary);
      copyTree(source, temporary);
      replace(temporary, target);
    }
  }

  private static Path beside(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return file.resolveSibling("." + file.getFileName() + ".tmp");
  }

  private static void replace(Path temporary, Path target) throws IOException {
    if (Files.isDirectory(target)) {
      deleteTree(target);
    }
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copyTree(Path source, Path target) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(target.resolve(source.relativize(path).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                path,
                path.equals(source) ? target : target.resolve(source.relativize(path).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path path, @org.jspecify.annotations.Nullable IOException e) throws IOException {
            Files.delete(path);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
