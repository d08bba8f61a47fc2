package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every page of a small release train, as the demo tells it: what holds for all of them.
@Tag("slow")
final class ReportPagesTest {

  private static final Path DEMO = Path.of("pipelines/local");
  private static final Pattern SVG = Pattern.compile("<svg[^>]*>");
  private static final Pattern BADGE = Pattern.compile("class=\"badge\"");
  private static final Pattern COLOR =
      Pattern.compile(
          "(fill|stroke|color)(=\"|:)\\s*(#|rgb|hsl|black|white|red|green|blue|gr[ae]y)");

  private static final Map<String, String> PAGES = new TreeMap<>();

  @TempDir static Path root;

  @BeforeAll
  static void runTheTrain() {
    run(0, "cohort", "--patients=6000", "--seed=1", "--output=" + at("cohort.parquet"));
    train("model", "--reweigh=age_band");
    train("plain");
    audit("audit");
    step("shap", 0, "shap-batch", model("model"), "--data=" + at("cohort.parquet"), "--shard=1/8");
    release("privacy", 0);
    release("privacy-again", 0);
    release("exhausted", 22);
    List<String> evidence =
        List.of(
            "--policy=" + DEMO.resolve("release-policy.yaml"),
            "--evidence=" + at("model"),
            "--evidence=" + at("audit"),
            "--evidence=" + at("shap"),
            "--evidence=" + at("privacy"));
    step("gate", 0, evidence, "gate", model("model"));
    step("foreign", 21, evidence, "gate", model("plain"));
    step("promote", 0, evidence, "promote", model("model"), "--name=m", "--registry=" + at("r"));
    step("rollback", 21, "rollback", "--name=m", "--registry=" + at("r"), "--reason=a drill");
  }

  @Test
  void needNothingRemoteAndRunNothing() {
    PAGES.forEach((name, page) -> {
      String own = page.replace("http://www.w3.org/2000/svg", "");
      assertThat(own)
          .as(name)
          .doesNotContain("<script", "http:", "https:", "src=", "href=", "@import", "url(")
          .doesNotContainPattern(" on[a-z]+=\"");
    });
  }

  @Test
  void nameEveryPicture() {
    PAGES.forEach((name, page) ->
        SVG.matcher(page)
            .results()
            .forEach(
                svg -> assertThat(svg.group()).as(name).contains("role=\"img\"", "aria-label=\"")));
    assertThat(PAGES.get("audit")).contains("<svg");
  }

  /// Light, dark and print are one picture each only where all colors are the style sheet's.
  @Test
  void drawInTheColorsOfTheStyleSheet() {
    PAGES.forEach((name, page) -> {
      String body = page.substring(page.indexOf("<body>"));
      assertThat(COLOR.matcher(body.replaceAll("var\\([^)]*\\)", "")).results()).as(name).isEmpty();
    });
  }

  @Test
  void sayTheVerdictFirst() {
    PAGES.forEach((name, page) ->
        assertThat(page.indexOf("<h1>")).as(name).isBetween(1, page.indexOf("<h2>")));
    assertThat(PAGES.get("promote")).contains("<h1>Promoted</h1>");
    assertThat(PAGES.get("rollback")).contains("<h1>Not rolled back</h1>");
    assertThat(PAGES.get("exhausted")).contains("<h1>Refused</h1>", "nothing was spent");
  }

  @Test
  void speakOfRowsByThePolicysWord() {
    assertThat(PAGES.get("audit"))
        .contains("are readmitted patients", "rows in the data", "who is found (true positive rate")
        .doesNotContain("label = 1", " 0 have no label");
  }

  /// Four required steps are four lines; their findings stand in the table.
  @Test
  void tellAGateByItsEvidence() {
    assertThat(BADGE.matcher(PAGES.getOrDefault("gate", "")).results()).hasSize(4);
    assertThat(PAGES.get("gate"))
        .contains("decided again and hold", "fairness-audit:missed-by-age");
    assertThat(PAGES.get("foreign"))
        .contains("foreign; it speaks of model ", "not known")
        .contains("Every rule, with its number and its limit");
  }

  @Test
  void sayInWordsWhatNoiseDid() {
    assertThat(PAGES.get("privacy"))
        .contains("<h1>Released</h1>")
        .contains("by-age: counts for each age_band. In 95 of 100 releases noise moves a number")
        .contains("It cost epsilon 0.5.");
  }

  private static void train(String name, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(
        List.of(
            "--data=" + at("cohort.parquet"),
            "--label=readmitted_30d",
            "--id=patient_id",
            "--sensitive=race,sex,age_band",
            "--exclude=admission_month,weight",
            "--learner=logistic-regression",
            "--alert-rate=0.2",
            "--holdout=0.3"));
    step(name, 0, options, "train");
  }

  /// The demo's policy with limits and minima that so small a cohort meets.
  private static void audit(String name) {
    edit(
        "fairness-policy.yaml",
        policy ->
            policy
                    .replace("min: -0.10", "min: -0.95")
                    .replace("max: 0.10", "max: 0.95")
                    .replace(
                        "{n: 100, positives: 30, negatives: 30}",
                        "{n: 1, positives: 1, negatives: 1}")
                + "suppress: {below: 0}\n");
    step(
        name,
        0,
        "fairness-audit",
        "--data=" + at("model/scored.parquet"),
        "--policy=" + at("fairness-policy.yaml"),
        model("model"));
  }

  private static void release(String name, int code) {
    step(
        name,
        code,
        "dp-noise",
        "--data=" + at("model/scored.parquet"),
        "--release=" + DEMO.resolve("privacy-release.yaml"),
        "--budget=" + DEMO.resolve("privacy-budget.yaml"),
        "--ledger=" + at("ledger"));
  }

  private static void edit(String file, UnaryOperator<String> change) {
    try {
      Files.writeString(root.resolve(file), change.apply(Files.readString(DEMO.resolve(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void step(String name, int code, String... arguments) {
    step(name, code, List.of(arguments).subList(1, arguments.length), arguments[0]);
  }

  /// Runs a step into a directory of its name, and keeps its page.
  private static void step(
      String name, int code, List<String> options, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(options);
    arguments.addAll(List.of(more));
    arguments.add("--output-dir=" + at(name));
    run(code, arguments.toArray(String[]::new));
    try {
      PAGES.put(name, Files.readString(root.resolve(name).resolve("report.html")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(int code, String... arguments) {
    Cli run = Cli.run(arguments);
    assertThat(run.code()).as(String.join(" ", arguments) + "\n" + run.err()).isEqualTo(code);
  }

  private static String model(String name) {
    return "--model=" + at(name) + "/model";
  }

  private static Path at(String file) {
    return root.resolve(file);
  }
}
