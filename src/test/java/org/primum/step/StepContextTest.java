package org.primum.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of files come from buckets and manifests; none may lead out of its directory.
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
}
