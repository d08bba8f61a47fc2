package org.primum.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.primum.data.Digest;

/// The files of a model directory and the digest that binds their names and bytes.
///
/// The digest is SHA-256 over one line `<hex> <name>\n` a file (the hexadecimal SHA-256 of its
/// bytes, two blanks, its path with `/`), sorted by the UTF-8 bytes of the names: the `dirHash` of
/// [in-toto](https://github.com/in-toto/attestation/blob/main/spec/v1/digest_set.md), which Go
/// modules call H1. In a shell: `find . -type f -printf '%P\n' | LC_ALL=C sort | xargs sha256sum |
/// sha256sum`. Nothing is left out, so a file that was added is as visible as one that was changed.
///
/// @param entries sorted by the UTF-8 bytes of their names, at least one
public record ModelDirectory(List<Entry> entries) {

  /// Nobody's model has more files; a wrong path (a home folder) does.
  static final int MAX_FILES = 10_000;

  /// @param name path below the directory, with `/` between folders
  public record Entry(String name, long size, Digest digest) {}

  public ModelDirectory {
    entries = entries.stream().sorted(Comparator.comparing(Entry::name, UTF8_ORDER)).toList();
    if (entries.isEmpty()) {
      throw new ModelInvalidException("a model directory must hold at least one file");
    }
  }

  private static final Comparator<String> UTF8_ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  /// Reads and digests every file below the directory.
  ///
  /// @throws ModelInvalidException where the path is no directory, the directory is empty, or holds
  ///   a link, a device, or a name that could mean another file on another system
  public static ModelDirectory read(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new ModelInvalidException(directory + ": not a model directory");
    }
    List<Entry> entries = new ArrayList<>();
    for (Path file : regularFiles(directory)) {
      String name = name(directory, file);
      entries.add(new Entry(name, Files.size(file), Digest.of(file)));
    }
    if (entries.isEmpty()) {
      throw new ModelInvalidException(directory + ": the model directory is empty");
    }
    rejectTwins(directory, entries);
    return new ModelDirectory(entries);
  }

  /// The digest of the whole directory.
  public Digest digest() {
    MessageDigest sha256 = Digest.sha256();
    for (Entry entry : entries) {
      String line = entry.digest().hex() + "  " + entry.name() + "\n";
      sha256.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Digest.finish(sha256);
  }

  private static List<Path> regularFiles(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        directory.toRealPath(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile()) {
              throw new ModelInvalidException(
                  file + ": a model directory holds regular files only, no links or devices");
            }
            files.add(file);
            if (files.size() > MAX_FILES) {
              throw new ModelInvalidException(
                  directory + ": more than " + MAX_FILES + " files; is this the model directory?");
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static String name(Path directory, Path file) throws IOException {
    Path relative = directory.toRealPath().relativize(file);
    List<String> parts = new ArrayList<>();
    relative.forEach(part -> parts.add(part.toString()));
    String name = String.join("/", parts);
    boolean control = name.codePoints().anyMatch(Character::isISOControl);
    boolean foreign = name.contains("\\") || name.contains("\uFFFD");
    if (control || foreign || !Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
      throw new ModelInvalidException(
          directory
              + ": a file name holds a control character, a backslash, or text that is not"
              + " normalized Unicode (NFC); rename it");
    }
    return name;
  }

  /// Names that differ only by case are one file on some systems.
  private static void rejectTwins(Path directory, List<Entry> entries) {
    Map<String, String> folded = new HashMap<>();
    for (Entry entry : entries) {
      String other = folded.putIfAbsent(entry.name().toLowerCase(Locale.ROOT), entry.name());
      if (other != null) {
        throw new ModelInvalidException(
            directory + ": '" + other + "' and '" + entry.name() + "' differ only by case");
      }
    }
  }
}
