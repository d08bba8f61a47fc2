package org.primum.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.DataInvalidException;
import org.primum.document.Manifest;
import org.primum.platform.Progress;
import org.primum.store.Location;
import org.primum.store.Stores;

/// Names of files come from buckets and manifests; none may lead out of its directory. Inputs are
/// named by their digests in the order in which they were asked for.
final class StepContextTest {

  private static final Path DIRECTORY = Path.of("/tmp/scratch/model");

  @Test
  void aNameBelowTheDirectoryIsAFileInIt() {
    assertThat(StepContext.below(DIRECTORY, "trees/0.bin"))
        .isEqualTo(DIRECTORY.resolve("trees/0.bin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../b", "a/../../b", "/etc/passwd", "", ".", "../model-two/x"})
  void aNameThatLeadsOutOfTheDirectoryIsNoFileInIt(String name) {
    assertThatThrownBy(() -> StepContext.below(DIRECTORY, name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// SHA-256 of `abc`: FIPS 180-4, example 1.
  @Test
  void whatIsReadBeforeItsDigestIsKnownKeepsItsPlaceInTheManifest(@TempDir Path folder)
      throws IOException {
    Path data = Files.writeString(folder.resolve("data.csv"), "abc");
    Path model = Files.writeString(folder.resolve("model.json"), "{}");
    StepContext context = context(folder);

    StepContext.Reading reading = context.reading("data", at(data));
    context.fetch("model", at(model));

    assertThat(reading.path()).isEqualTo(data);
    assertThat(context.inputs()).hasSize(1);
    assertThat(reading.whole().digest().value())
        .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(context.inputs().stream().map(Manifest.Artifact::name))
        .containsExactly("data", "model");
  }

  @Test
  void aFileThatIsNotThereIsRefusedBeforeAnythingIsRead(@TempDir Path folder) throws IOException {
    StepContext context = context(folder);
    assertThatThrownBy(() -> context.reading("data", at(folder.resolve("none.csv"))))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("--data=")
        .hasMessageContaining("no such file");
  }

  private static Location at(Path path) {
    return Location.parse(path.toString());
  }

  private static StepContext context(Path folder) throws IOException {
    return new StepContext(
        "0.1.0",
        Instant.EPOCH,
        new Stores(Map.of()),
        Files.createDirectory(folder.resolve("staging")),
        Files.createDirectory(folder.resolve("scratch")),
        Progress.none(),
        _ -> {});
  }
}
