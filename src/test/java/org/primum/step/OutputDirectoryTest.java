package org.primum.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.platform.TerminationMessage;
import org.primum.store.Location;
import org.primum.store.Stores;

final class OutputDirectoryTest {

  @TempDir Path root;

  @Test
  void showsNothingBeforeItIsCommittedAndEverythingAfter() throws Exception {
    try (OutputDirectory output = open("out", false)) {
      write(output, "verdict.json", "v");
      write(output, "params/status", "PASS");
      assertThat(root.resolve("out")).doesNotExist();
      output.commit();
    }

    assertThat(root.resolve("out/params/status")).hasContent("PASS");
    assertThat(names(root)).containsExactly("out");
  }

  @Test
  void leavesNothingBehindWhenTheStepFails() throws Exception {
    try (OutputDirectory output = open("out", false)) {
      write(output, "verdict.json", "v");
    }

    assertThat(names(root)).isEmpty();
  }

  @Test
  void refusesAnEarlierResult() throws Exception {
    commit("out", false, "first");

    assertThatThrownBy(() -> open("out", false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("holds an earlier result")
        .hasMessageContaining("--overwrite");
    assertThat(root.resolve("out/verdict.json")).hasContent("first");
  }

  @Test
  void replacesAnEarlierResultWhenAskedAndKeepsForeignFiles() throws Exception {
    commit("out", false, "first");
    Files.writeString(root.resolve("out/notes.txt"), "mine");
    commit("out", true, "second");

    assertThat(root.resolve("out/verdict.json")).hasContent("second");
    assertThat(root.resolve("out/notes.txt")).hasContent("mine");
    assertThat(names(root)).containsExactly("out");
  }

  @Test
  void writesIntoAnEmptyDirectoryThatIsThere() throws Exception {
    Files.createDirectory(root.resolve("out"));
    commit("out", false, "v");

    assertThat(root.resolve("out/verdict.json")).hasContent("v");
  }

  @Test
  void writesBesideFilesThatAreNoResult() throws Exception {
    Files.createDirectory(root.resolve("out"));
    Files.writeString(root.resolve("out/lost+found"), "x");
    commit("out", false, "v");

    assertThat(names(root.resolve("out"))).containsExactly("lost+found", "verdict.json");
  }

  @Test
  void writesOverWhatAnInterruptedRunLeft() throws Exception {
    Files.createDirectory(root.resolve("out"));
    Files.writeString(root.resolve("out/manifest.json"), "interrupted");
    try (OutputDirectory output = open("out", false)) {
      write(output, "manifest.json", "m");
      write(output, "verdict.json", "v");
      output.commit();
    }

    assertThat(root.resolve("out/manifest.json")).hasContent("m");
    assertThat(root.resolve("out/verdict.json")).hasContent("v");
  }

  @Test
  void rejectsAFileWhereADirectoryBelongs() throws Exception {
    Files.writeString(root.resolve("out"), "a file");

    assertThatThrownBy(() -> open("out", false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("a file is there");
  }

  private void commit(String name, boolean overwrite, String verdict) throws IOException {
    try (OutputDirectory output = open(name, overwrite)) {
      write(output, "verdict.json", verdict);
      output.commit();
    }
  }

  private OutputDirectory open(String name, boolean overwrite) throws IOException {
    try (Cancellation cancellation =
        Cancellation.announcedIn(new TerminationMessage(Map.of("PRIMUM_TERMINATION_LOG", "")))) {
      Location target = Location.parse(root.resolve(name).toString());
      return OutputDirectory.open(target, overwrite, new Stores(Map.of()), cancellation);
    }
  }

  private static void write(OutputDirectory output, String name, String text) throws IOException {
    Path path = output.staging().resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
