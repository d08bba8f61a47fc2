package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.document.Schemas;

/// What engines hand to their exit handlers, as their sources write it: Argo marshals the failed
/// nodes and passes the text through Go's `strconv.Quote` (workflow/controller/operator.go).
final class RecordCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String FAILURES =
      """
      [{"displayName":"gate","message":"main: Error (exit code 20): GATE_FAILED: \\"tpr\\" é \\u0007",\
      "templateName":"gate","phase":"Failed","podName":"release-x-gate-1","finishedAt":"2026-11-22T06:00:00Z"},\
      {"displayName":"release","message":"","templateName":"release","phase":"Failed",\
      "podName":"release-x","finishedAt":null}]\
      """;

  @TempDir Path root;
  private final Map<String, String> environment =
      new TreeMap<>(
          Map.of(
              "PRIMUM_RUN_ID", "0f3c-run",
              "ARGO_WORKFLOW_NAME", "release-x",
              "ARGO_NODE_ID", "release-x-77",
              "ARGO_TEMPLATE", "canary-of-the-template",
              "AWS_SECRET_ACCESS_KEY", "canary-of-the-store"));
  private int runs;

  @Test
  void keepsWhatFailedAndWhyOnceADay() throws IOException {
    Cli record = record("--status=Failed", "--failures=" + FAILURES, "--workflow=release-x");
    assertThat(record.err()).contains("release-x ended as failed at gate, one of 2");
    assertThat(record.code()).isZero();
    Path kept = kept();
    assertThat(root.relativize(kept).toString()).matches("log/\\d{4}/\\d\\d/\\d\\d/0f3c-run.json");
    JsonNode run = JSON.readTree(kept.toFile());
    assertThat(Schemas.violations(run, "run-record")).isEmpty();
    assertThat(run.get("status").asText()).isEqualTo("FAILED");
    assertThat(run.get("run").asText()).isEqualTo("0f3c-run");
    assertThat(run.get("workflow").asText()).isEqualTo("release-x");
    JsonNode gate = run.get("failures").get(0);
    assertThat(gate.get("displayName").asText()).isEqualTo("gate");
    assertThat(gate.get("message").asText())
        .isEqualTo("main: Error (exit code 20): GATE_FAILED: \"tpr\" é \u0007");
    assertThat(gate.get("podName").asText()).isEqualTo("release-x-gate-1");
    assertThat(run.get("failures").get(1).get("finishedAt").isNull()).isTrue();
    assertThat(run.get("engine").get("ARGO_NODE_ID").asText()).isEqualTo("release-x-77");
    assertThat(last("record.json")).hasSameBinaryContentAs(kept);
    assertThat(last("params/record")).hasContent(kept.toString());
    assertThat(Files.readString(kept) + Files.readString(last("manifest.json")))
        .doesNotContain("canary");
  }

  /// As Go prints it: quotation marks and backslashes escaped, and `\\a`, `\\v`, `\\x` and `\\U`,
  /// which JSON does not have.
  static Stream<Arguments> quoted() {
    String node = "\"[{\\\"displayName\\\":\\\"gate\\\",\\\"message\\\":\\\"%s\\\"}]\"";
    return Stream.of(
        Arguments.of(node.formatted("a\\\\nb"), "a\nb"),
        Arguments.of(node.formatted("\\u00e9 \\U0001f600"), "é 😀"),
        Arguments.of(node.formatted("\\\\\\\"tpr\\\\\\\""), "\"tpr\""),
        Arguments.of(node.formatted("\\x7f"), "\u007f"));
  }

  @ParameterizedTest
  @MethodSource("quoted")
  void takesWhatArgoQuotes(String quoted, String message) throws IOException {
    Cli record = record("--status=Failed", "--failures=" + quoted);
    assertThat(record.err()).contains("PASS");
    assertThat(failure().get("message").asText()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "\"null\"", "[]", "\"[]\"", "\"\""})
  void nothingFailedInARunThatSucceeded(String failures) throws IOException {
    Cli record = record("--status=Succeeded", "--failures=" + failures);
    assertThat(record.code()).isZero();
    assertThat(JSON.readTree(kept().toFile()).get("failures")).isEmpty();
    assertThat(JSON.readTree(kept().toFile()).get("workflow").isNull()).isTrue();
  }

  @Test
  void takesTheFinalStatusOfKubeflowWithItsState() throws IOException {
    String status =
        """
        {"state":"FAILED","pipelineJobResourceName":"projects/p/jobs/1","pipelineTaskName":"exit-handler-1",\
        "error":{"code":9,"message":"The DAG failed because some tasks failed: [gate]."}}\
        """;
    assertThat(record("--failures=" + status).code()).isZero();
    JsonNode run = JSON.readTree(kept().toFile());
    assertThat(run.get("status").asText()).isEqualTo("FAILED");
    assertThat(failure().get("displayName").asText()).isEqualTo("exit-handler-1");
    assertThat(failure().get("message").asText()).contains("[gate]");
  }

  @ParameterizedTest
  @CsvSource({
    "Succeeded,SUCCEEDED",
    "Error,ERROR",
    "SUCCEEDED,SUCCEEDED",
    "CANCELLED,CANCELLED",
    "CANCELED,CANCELLED",
    "failed,FAILED"
  })
  void theWordsOfBothEnginesAreKnown(String word, String recorded) throws IOException {
    record("--status=" + word);
    assertThat(JSON.readTree(kept().toFile()).get("status").asText()).isEqualTo(recorded);
  }

  @Test
  void theSameOnceMoreIsNoErrorAndChangesNothing() throws IOException {
    record("--status=Failed", "--failures=" + FAILURES);
    String before = Files.readString(kept());
    environment.put("ARGO_NODE_ID", "release-x-78");
    Cli again = record("--status=Failed", "--failures=" + FAILURES);
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("Recorded before");
    assertThat(kept()).hasContent(before);
  }

  @Test
  void aRunThatEndsOnceMoreHasARecordBesideTheFirst() throws IOException {
    record("--status=Failed", "--failures=" + FAILURES);
    Path first = kept();
    String before = Files.readString(first);
    assertThat(record("--status=Succeeded").code()).isZero();
    assertThat(first).hasContent(before);
    Path second =
        first.resolveSibling(String.valueOf(first.getFileName()).replace(".json", "-2.json"));
    assertThat(second).content().contains("SUCCEEDED");
    assertThat(record("--status=Succeeded").err()).contains("Recorded before");
    Files.writeString(first, "damaged");
    assertThat(record("--status=Failed", "--failures=" + FAILURES).code()).isZero();
    assertThat(first).as("what somebody damaged is left for him").hasContent("damaged");
  }

  @Test
  void aRunThatNeverStopsEndingIsAConflictAndChangesNothing() throws IOException {
    for (int ending = 1; ending <= 20; ending++) {
      assertThat(record("--status=Failed", "--failures=" + failureOf("try " + ending)).code())
          .isZero();
    }
    Cli again = record("--status=Failed", "--failures=" + failureOf("try 21"));
    assertThat(again.code()).isEqualTo(24);
    assertThat(again.err()).contains("ended too often today");
    try (var kept = Files.walk(root.resolve("log"))) {
      assertThat(kept.filter(file -> file.toString().endsWith(".json"))).hasSize(20);
    }
  }

  private static String failureOf(String message) {
    return "[{\"displayName\":\"gate\",\"message\":\"" + message + "\"}]";
  }

  /// Argo lists failed nodes in any order, and the first try to record among them.
  @Test
  void aTryThatFindsTheFirstAmongTheFailuresSaysTheSame() throws IOException {
    String gate = "{\"displayName\":\"gate\",\"templateName\":\"gate\",\"podName\":\"a\"}";
    String noise = "{\"displayName\":\"dp-noise\",\"templateName\":\"dp-noise\"}";
    String own = "{\"displayName\":\"record(0)\",\"templateName\":\"record\"}";
    record("--status=Failed", "--failures=[" + gate + "," + noise + "]");
    Cli again = record("--status=Failed", "--failures=[" + own + "," + noise + "," + gate + "]");
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("Recorded before");
  }

  @Test
  void aRetryAfterMidnightFindsTheRecordOfTheDayBefore() throws IOException {
    record("--status=Failed", "--failures=" + FAILURES);
    Path today = kept();
    var day = java.time.LocalDate.now(java.time.ZoneOffset.UTC).minusDays(1);
    Path yesterday =
        root.resolve("log").resolve(day.toString().replace('-', '/')).resolve(today.getFileName());
    Files.createDirectories(yesterday.getParent());
    Files.move(today, yesterday);
    assertThat(record("--status=Failed", "--failures=" + FAILURES).code()).isZero();
    assertThat(kept()).isEqualTo(yesterday);
  }

  @Test
  void aLongMessageIsCut() throws IOException {
    String message = "😀".repeat(5000);
    record(
        "--status=Failed", "--failures=[{\"displayName\":\"x\",\"message\":\"" + message + "\"}]");
    String kept = failure().get("message").asText();
    assertThat(kept.codePointCount(0, kept.length())).isEqualTo(1024);
    assertThat(kept).startsWith("😀").endsWith("…");
  }

  @Test
  void aRunWhoseIdIsNoPlainNameIsKeptUnderItsDigest() throws IOException {
    environment.put("PRIMUM_RUN_ID", "../../etc/passwd");
    assertThat(record("--status=Succeeded").code()).isZero();
    assertThat(kept().getFileName().toString()).matches("sha256-[0-9a-f]{64}\\.json");
    assertThat(JSON.readTree(kept().toFile()).get("run").asText()).isEqualTo("../../etc/passwd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{workflow.failures}}",
        "[{",
        "[1]",
        "3",
        "{}",
        "\"[{\\\"a",
        "\"\\q\"",
        "[{\"message\":3}]",
        "\"\\x4\"",
        "\"\\UFFFFFFFF\"",
        "text"
      })
  void whatIsNoListOfFailuresIsAUsageError(String failures) throws IOException {
    Cli record = record("--status=Failed", "--failures=" + failures);
    assertThat(record.code()).isEqualTo(2);
    assertThat(record.err()).contains("--failures: ").contains("{{workflow.failures}}");
    assertThat(root.resolve("log")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Running", "{{workflow.status}}", "ok"})
  void whatIsNoEndingIsAUsageError(String status) throws IOException {
    Cli record = record("--status=" + status);
    assertThat(record.code()).isEqualTo(2);
    assertThat(record.err()).contains("--status: ");
  }

  private Cli record(String... more) {
    runs++;
    List<String> arguments = new ArrayList<>(List.of("record", "--log=" + root.resolve("log")));
    arguments.addAll(List.of(more));
    arguments.add("--output-dir=" + root.resolve("out-" + runs));
    return Cli.run(environment, arguments.toArray(String[]::new));
  }

  private JsonNode failure() throws IOException {
    return JSON.readTree(kept().toFile()).get("failures").get(0);
  }

  /// The one record of the log.
  private Path kept() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("log"))) {
      List<Path> records = files.filter(f -> f.toString().endsWith(".json")).toList();
      assertThat(records).hasSize(1);
      return records.getFirst();
    }
  }

  private Path last(String file) {
    return root.resolve("out-" + runs).resolve(file);
  }
}
