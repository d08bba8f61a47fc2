package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {

  @Test
  void takesAnEmptyValueForNotGiven() throws Exception {
    assertThat(Arguments.prepare(List.of("train", "--seed=", "--data=x", "--label=a=")))
        .containsExactly("train", "--data=x", "--label=a=");
  }

  @Test
  void readsTheArgumentsArgoPutIntoFilesAndNoOthers() throws Exception {
    Path file = Path.of("/tmp/argo_arg_" + ThreadLocalRandom.current().nextInt(1 << 30) + ".txt");
    Files.writeString(file, "--policy=a b\n");
    try {
      assertThat(Arguments.prepare(List.of("@" + file, "@/etc/hostname", "--x=@/etc/hostname")))
          .containsExactly("--policy=a b", "@/etc/hostname", "--x=@/etc/hostname");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void masksSecretsForTheManifest() {
    assertThat(Arguments.masked(List.of("--api-token=abc", "--data=x", "--s3-secret-key=y")))
        .containsExactly("--api-token=***", "--data=x", "--s3-secret-key=***");
  }
}
