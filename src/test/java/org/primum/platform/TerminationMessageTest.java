package org.primum.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TerminationMessageTest {

  @TempDir Path directory;

  @Test
  void writesOneLine() throws Exception {
    assertThat(write("GATE_FAILED: two\nlines\tand a tab\u0007 ")).isTrue();

    assertThat(Files.readString(file())).isEqualTo("GATE_FAILED: two lines and a tab");
  }

  @Test
  void cutsBetweenCharactersAtTheLimitOfBytes() throws Exception {
    write("é".repeat(2000));

    byte[] bytes = Files.readAllBytes(file());
    assertThat(bytes).hasSize(TerminationMessage.LIMIT);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("é".repeat(512));
  }

  @Test
  void tellsNobodyWhereTheFileCannotBeWritten() {
    assertThat(
            new TerminationMessage(Map.of("PRIMUM_TERMINATION_LOG", "/no/such/directory/log"))
                .write("x"))
        .isFalse();
  }

  private boolean write(String message) {
    return new TerminationMessage(Map.of("PRIMUM_TERMINATION_LOG", file().toString()))
        .write(message);
  }

  private Path file() {
    return directory.resolve("termination-log");
  }
}
