package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.model.ShapFixture;

/// The pictures of shap-batch, over the sixty rows of testdata/shap.
final class ShapPicturesTest {

  @TempDir Path folder;
  private final ShapFixture binary = new ShapFixture("a_xgb_binary");

  private Cli explain(String out, String... more) {
    return explain(binary.file("rows.csv"), out, more);
  }

  private Cli explain(Path rows, String out, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("shap-batch");
    arguments.add("--model=" + binary.file("model.json"));
    arguments.add("--data=" + rows);
    arguments.add("--id=row_id");
    arguments.add("--output-dir=" + folder.resolve(out));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private String report(String out) throws IOException {
    return Files.readString(folder.resolve(out).resolve("report.html"));
  }

  private List<String> pictures(String out) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(out).resolve("pictures"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theReportShowsEffectsByValueAndPredictionsAndGroups() throws Exception {
    assertThat(explain("out", "--sensitive=male", "--min-cohort=0").code()).isZero();
    assertThat(report("out"))
        .contains(
            "How the effect depends on the value",
            "Rows explained alike",
            "male, side by side",
            "male, what sets them apart",
            "Rows in bands of at least 11");
    assertThat(folder.resolve("out/pictures")).doesNotExist();
  }

  @Test
  void aLargerSmallestCohortIsThatOfThePicturesToo() throws Exception {
    assertThat(explain("out", "--min-cohort=15").code()).isZero();
    assertThat(report("out")).contains("Rows in bands of at least 15,").doesNotContain("least 11");
  }

  @Test
  void picturesAreFilesOfTheSameBytesEachTime() throws Exception {
    assertThat(explain("one", "--pictures=svg,png", "--sensitive=male", "--min-cohort=0").code())
        .isZero();
    assertThat(explain("two", "--pictures=png,svg", "--sensitive=male", "--min-cohort=0").code())
        .isZero();
    List<String> files = pictures("one");
    assertThat(files)
        .contains(
            "importance.svg",
            "importance.png",
            "beeswarm.png",
            "predictions.svg",
            "groups-1-male.png",
            "difference-1-male.svg")
        .anyMatch(name -> name.startsWith("dependence-1-"))
        .isEqualTo(pictures("two"));
    for (String file : files) {
      assertThat(folder.resolve("one/pictures").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("two/pictures").resolve(file));
    }
    assertThat(Files.readString(folder.resolve("one/manifest.json"))).contains("pictures/");
    assertThat(explain("svg", "--pictures=svg").code()).isZero();
    assertThat(pictures("svg")).allMatch(name -> name.endsWith(".svg"));
  }

  /// One of the sixty doses is 4711: no page may say so unless it is asked to.
  @Test
  void aPatientsValueIsShownOnlyWhereThatIsAskedFor() throws Exception {
    List<String> rows = new ArrayList<>(Files.readAllLines(binary.file("rows.csv")));
    List<String> doses = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = rows.get(i).split(",", -1);
      if (i > 0) {
        cells[6] = i == 17 ? "4711" : i % 2 == 0 ? "1" : "3";
      }
      doses.add(String.join(",", cells));
    }
    Path file = Files.write(folder.resolve("doses.csv"), doses);
    assertThat(explain(file, "ranks").code()).isZero();
    assertThat(explain(file, "values", "--picture-values=values").code()).isZero();
    assertThat(report("ranks")).contains("dose").doesNotContain("4711");
    assertThat(report("values")).contains("Rows by their own values, as asked for.");
    assertThat(report("values")).contains(">4711<");
  }

  @Test
  void mergedShardsSayWhatTheyCannotDraw() throws Exception {
    explain("a", "--shard=0/2");
    explain("b", "--shard=1/2");
    Cli merge =
        Cli.run(
            "shap-merge",
            "--shards=" + folder.resolve("a") + "," + folder.resolve("b"),
            "--output-dir=" + folder.resolve("merged"));
    assertThat(merge.code()).isZero();
    assertThat(report("merged"))
        .contains("shards carry no values of the rows", "Rows explained alike");
  }

  private static String section(String report, String heading) {
    int from = report.indexOf("<h2>" + heading);
    assertThat(from).isPositive();
    return report.substring(from, report.indexOf("</section>", from));
  }

  /// Rows and pairs are those of one run, and so are their pictures.
  @Test
  void mergedShardsDrawTheSameRowsAndTheSameMatrix() throws Exception {
    explain("whole", "--interactions=top:3");
    explain("a", "--shard=0/2", "--interactions=top:3");
    explain("b", "--shard=1/2", "--interactions=top:3");
    Cli merge =
        Cli.run(
            "shap-merge",
            "--shards=" + folder.resolve("b") + "," + folder.resolve("a"),
            "--output-dir=" + folder.resolve("merged"));
    assertThat(merge.code()).isZero();
    assertThat(section(report("merged"), "Rows explained alike"))
        .isEqualTo(section(report("whole"), "Rows explained alike"));
    assertThat(matrix("merged")).isEqualTo(matrix("whole"));
  }

  private String matrix(String out) throws IOException {
    String section = section(report(out), "Which features act together");
    int from = section.indexOf("<svg");
    return section.substring(from, section.indexOf("</svg>", from));
  }

  /// Interactions are drawn as a matrix with main effects, as bars, and by the strongest pair; of
  /// named pairs nobody knows what a feature does alone.
  @Test
  void interactionsHavePictures() throws Exception {
    explain("all", "--interactions=full", "--pictures=svg");
    assertThat(pictures("all"))
        .contains("interactions.svg", "interaction-pairs.svg")
        .anyMatch(name -> name.matches("interaction-.+-.+\\.svg"));
    assertThat(matrix("all")).contains("two together", "one alone", "1 stands for");
    explain("some", "--interactions=pairs:age_z*bmi_z");
    assertThat(matrix("some")).contains("two together").doesNotContain("one alone");
  }

  @Test
  void aFewRowsHaveNoMeansToShow() throws Exception {
    List<String> rows = Files.readAllLines(binary.file("rows.csv")).subList(0, 4);
    Path file = Files.write(folder.resolve("few.csv"), rows);
    assertThat(explain(file, "few", "--pictures=svg,png").code()).isZero();
    assertThat(report("few")).doesNotContain("Rows explained alike", "NaN");
  }

  @Test
  void aMistypedFormIsAMistakeInTheCommand() {
    Cli run = explain("out", "--pictures=gif");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().toLowerCase(Locale.ROOT)).contains("--pictures", "svg");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(explain("out", "--picture-values=all").code()).isEqualTo(2);
  }
}
