package org.primum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A directory of two files, `b.txt` holding "b\n" and `a/c.txt` holding "c\n".
final class ModelDirectoryTest {

  @TempDir Path directory;

  /// coreutils 9.1: `find . -type f -printf '%P\n' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
  @Test
  void digestIsWhatSha256sumSays() throws IOException {
    write();
    assertThat(ModelDirectory.read(directory).digest().hex())
        .isEqualTo("ea1e7bbd90b146aa889137804d57d8a6852f47e515032a715779f28accaf6fae");
  }

  @Test
  void digestChangesWithANameABytesOrAnAddedFile() throws IOException {
    write();
    var before = ModelDirectory.read(directory).digest();
    Files.move(directory.resolve("b.txt"), directory.resolve("d.txt"));
    var renamed = ModelDirectory.read(directory).digest();
    Files.writeString(directory.resolve("d.txt"), "x");
    var changed = ModelDirectory.read(directory).digest();
    Files.writeString(directory.resolve(".hidden"), "");
    var added = ModelDirectory.read(directory).digest();
    assertThat(java.util.Set.of(before, renamed, changed, added)).hasSize(4);
  }

  @Test
  void sortsByBytesNotByFolders() throws IOException {
    Files.createDirectories(directory.resolve("a"));
    Files.writeString(directory.resolve("a/b"), "");
    Files.writeString(directory.resolve("a-b"), "");
    Files.writeString(directory.resolve("a.txt"), "");
    assertThat(ModelDirectory.read(directory).entries())
        .extracting(ModelDirectory.Entry::name)
        .containsExactly("a-b", "a.txt", "a/b");
  }

  @Test
  void rejectsALink() throws IOException {
    write();
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("b.txt"));
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("regular files only");
  }

  @Test
  void rejectsAFolderThatIsALink() throws IOException {
    write();
    Files.createSymbolicLink(directory.resolve("folder"), directory.resolve("a"));
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("regular files only");
  }

  @Test
  void rejectsNamesThatDifferOnlyByCase() throws IOException {
    write();
    Files.writeString(directory.resolve("B.txt"), "");
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("differ only by case");
  }

  @Test
  void rejectsABackslashAndALineBreakInAName() throws IOException {
    for (String name : new String[] {"a\\b", "a\nb"}) {
      Path file = Files.writeString(directory.resolve(name), "");
      assertThatThrownBy(() -> ModelDirectory.read(directory))
          .isInstanceOf(ModelInvalidException.class)
          .hasMessageContaining("rename it");
      Files.delete(file);
    }
  }

  @Test
  void rejectsWhatIsNoDirectoryOrEmpty() {
    assertThatThrownBy(() -> ModelDirectory.read(directory.resolve("none")))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("not a model directory");
    assertThatThrownBy(() -> ModelDirectory.read(directory))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("empty");
  }

  private void write() throws IOException {
    Files.createDirectories(directory.resolve("a"));
    Files.writeString(directory.resolve("b.txt"), "b\n");
    Files.writeString(directory.resolve("a/c.txt"), "c\n");
  }
}
