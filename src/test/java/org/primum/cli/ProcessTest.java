package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.model.ShapFixture;
import org.primum.platform.served.ModelServer;

/// Commands as processes of their own: what a signal, a kill and a full disk leave behind.
@Tag("slow")
final class ProcessTest {

  private static final int SIGTERM_EXIT = 143;
  private static final String CANCELLED =
      "CANCELLED: stopped on SIGTERM; nothing was written to the output";

  @TempDir static Path shared;
  @TempDir Path directory;

  @BeforeAll
  static void drawACohort() {
    Cli cohort =
        Cli.run("cohort", "--patients=4000", "--output=" + shared.resolve("c.csv"), "--format=csv");
    assertThat(cohort.code()).as(cohort.err()).isZero();
  }

  @Test
  void endsWith143OnSigtermAndLeavesNothing() throws Exception {
    Process process = start(List.of(), cohort("5000000"));
    await(process, () -> !isEmpty(directory));

    process.toHandle().destroy();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    String output = text(process);
    assertThat(process.exitValue()).as(output).isEqualTo(SIGTERM_EXIT);
    assertThat(output).doesNotContain("bug");
    assertThat(directory).isEmptyDirectory();
    assertThat(shared.resolve("termination-log")).hasContent(CANCELLED);
  }

  @Test
  void endsAStepWith143OnSigtermAndLeavesNothing() throws Exception {
    Process process = start(List.of(), train("--param=rounds=2000"));
    await(process, () -> !isEmpty(directory));

    process.toHandle().destroy();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    String output = text(process);
    assertThat(process.exitValue()).as(output).isEqualTo(SIGTERM_EXIT);
    assertThat(output).doesNotContain("bug");
    assertThat(directory).isEmptyDirectory();
    assertThat(shared.resolve("termination-log")).hasContent(CANCELLED);
  }

  @Test
  void leavesNoResultWhenItIsKilledAndRunsAgainAfterwards() throws Exception {
    Process process = start(List.of(), train("--param=rounds=2000"));
    await(process, () -> !isEmpty(directory));

    process.toHandle().destroyForcibly();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(directory.resolve("out")).doesNotExist();
    Cli again = Cli.run(train("--param=rounds=5").toArray(String[]::new));
    assertThat(again.code()).as(again.err()).isZero();
  }

  /// Killed when the first pieces are kept; what comes of the second try is what comes of one.
  @Test
  void explanationsGoOnFromWhereTheyWereKilled() throws Exception {
    Path rows = shared.resolve("rows.parquet");
    Cli.run("cohort", "--patients=60000", "--output=" + rows);
    Cli.run(train("--param=rounds=400").toArray(String[]::new));
    List<String> explain = new ArrayList<>();
    explain.add("shap-batch");
    explain.add("--model=" + directory.resolve("out/model"));
    explain.add("--data=" + rows);
    explain.add("--precision=float64");
    Path pieces = directory.resolve("pieces");
    List<String> resumed = new ArrayList<>(explain);
    resumed.add("--resume=" + pieces);
    resumed.add("--output-dir=" + directory.resolve("again"));
    explain.add("--output-dir=" + directory.resolve("whole"));

    Process process = start(List.of(), resumed);
    await(process, () -> kept(pieces) > 1);
    process.toHandle().destroyForcibly();
    process.waitFor();
    assertThat(directory.resolve("again")).doesNotExist();
    long kept = kept(pieces);
    Cli again = Cli.run(resumed.toArray(String[]::new));
    Cli whole = Cli.run(explain.toArray(String[]::new));

    assertThat(kept).isPositive();
    assertThat(again.err()).contains("PASS").contains("were explained before and kept");
    assertThat(whole.err()).contains("PASS");
    for (String file : List.of("shap.parquet", "summary.json", "shard.json")) {
      assertThat(directory.resolve("again").resolve(file))
          .hasSameBinaryContentAs(directory.resolve("whole").resolve(file));
    }
    assertThat(kept(pieces)).isZero();
  }

  /// A model that is served, killed when the first piece is kept: the second try asks the server
  /// for the rest only, and standard errors and interactions are those of one run.
  @Test
  void estimatesOfAServedModelGoOnFromWhereTheyWereKilled() throws Exception {
    var fixture = new ShapFixture("i_linear_logistic");
    List<String> rows = new ArrayList<>(Files.readAllLines(fixture.file("rows.csv")));
    while (rows.size() < 301) {
      rows.add(rows.get(1 + rows.size() % 60));
    }
    Path table = Files.write(shared.resolve("served.csv"), rows);
    try (var server = new ModelServer(ModelServer.serving(fixture.model("model.json")))) {
      List<String> explain = new ArrayList<>();
      explain.add("shap-batch");
      explain.add("--model=" + server.url("/v2/models/risk"));
      explain.add("--data=" + table);
      explain.add("--id=row_id");
      explain.add("--background=" + fixture.file("background.csv"));
      explain.add("--background-rows=4");
      explain.add("--interactions=top:2");
      Path pieces = directory.resolve("pieces");
      List<String> resumed = new ArrayList<>(explain);
      resumed.add("--resume=" + pieces);
      resumed.add("--output-dir=" + directory.resolve("again"));
      explain.add("--output-dir=" + directory.resolve("whole"));

      Process process = start(List.of(), resumed);
      await(process, () -> kept(pieces) > 0);
      process.toHandle().destroyForcibly();
      process.waitFor();
      assertThat(directory.resolve("again")).doesNotExist();
      long kept = kept(pieces);
      int before = server.requests().size();
      Cli again = Cli.run(resumed.toArray(String[]::new));
      int rest = server.requests().size() - before;
      Cli whole = Cli.run(explain.toArray(String[]::new));

      assertThat(kept).isPositive();
      assertThat(again.err()).contains("PASS").contains("were explained before and kept");
      assertThat(whole.err()).contains("PASS");
      assertThat(rest).isLessThan(server.requests().size() - before - rest);
      for (String file :
          List.of("shap.parquet", "interactions.parquet", "summary.json", "shard.json")) {
        assertThat(directory.resolve("again").resolve(file))
            .hasSameBinaryContentAs(directory.resolve("whole").resolve(file));
      }
      assertThat(kept(pieces)).isZero();
    }
  }

  private static long kept(Path pieces) {
    if (!Files.isDirectory(pieces)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(pieces)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void saysThatTheMemoryIsShortAndLeavesNothing() throws Exception {
    Path wide = shared.resolve("wide.csv");
    try (BufferedWriter rows = Files.newBufferedWriter(wide)) {
      rows.write("label,score,note\n");
      for (int i = 0; i < 400; i++) {
        rows.write("1,0.5," + i + "x".repeat(200_000) + "\n");
      }
    }
    Path policy = shared.resolve("policy.yaml");
    Files.writeString(
        policy,
        """
        apiVersion: primum.dev/v1alpha1
        kind: FairnessPolicy
        metadata: {name: wide, revision: 1}
        data: {label: {column: label, positive: 1}, score: {column: score}, decision: {threshold: 0.3}}
        attributes: [{name: note, column: note}]
        rules: [{id: r, metric: tpr, min: 0.5, over: note}]
        """);
    List<String> arguments =
        List.of(
            "fairness-audit",
            "--data=" + wide,
            "--policy=" + policy,
            "--output-dir=" + directory.resolve("out"));

    // Eighty megabytes of distinct groups do not fit.
    Process process = start(List.of(), arguments, "-Xmx48m");

    String output = text(process);
    assertThat(process.waitFor()).as(output).isEqualTo(3);
    assertThat(shared.resolve("termination-log")).content().startsWith("OUT_OF_MEMORY: ");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void saysThatTheDiskIsFullAndLeavesNothing() throws Exception {
    List<String> mounting = new ArrayList<>(List.of("unshare"));
    if (!"root".equals(System.getProperty("user.name"))) {
      mounting.add("--map-root-user");
    }
    mounting.addAll(
        List.of(
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=1m none \"$0\" && \"$@\"; code=$?; ls -A \"$0\"; exit $code"));
    mounting.add(directory.toString());

    Process process = start(mounting, cohort("200000"));

    String output = text(process);
    assertThat(process.waitFor()).as(output).isEqualTo(75);
    assertThat(output).contains("No space left on device").contains("free space");
    assertThat(output.strip()).endsWith("larger volume");
  }

  private List<String> cohort(String patients) {
    return List.of(
        "cohort", "--patients=" + patients, "--output=" + directory.resolve("cohort.parquet"));
  }

  private List<String> train(String parameter) {
    return List.of(
        "train",
        "--data=" + shared.resolve("c.csv"),
        "--label=readmitted_30d",
        "--id=patient_id",
        "--sensitive=sex",
        "--learner=xgboost",
        parameter,
        "--output-dir=" + directory.resolve("out"));
  }

  private static Process start(List<String> prefix, List<String> arguments, String... machine)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(machine));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Primum.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .put("PRIMUM_TERMINATION_LOG", shared.resolve("termination-log").toString());
    return builder.start();
  }

  private static void await(Process process, BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as("ended too early").isFalse();
    }
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
