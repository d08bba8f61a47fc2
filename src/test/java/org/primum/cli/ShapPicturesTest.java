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
            "Predictions from low to high",
            "male, side by side",
            "male, what sets them apart",
            "means of at least 11 rows");
    assertThat(folder.resolve("out/pictures")).doesNotExist();
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
        .contains("shards carry no values of the rows", "Predictions from low to high");
  }

  @Test
  void aFewRowsHaveNoMeansToShow() throws Exception {
    List<String> rows = Files.readAllLines(binary.file("rows.csv")).subList(0, 4);
    Path file = Files.write(folder.resolve("few.csv"), rows);
    assertThat(explain(file, "few", "--pictures=svg,png").code()).isZero();
    assertThat(report("few")).doesNotContain("Predictions from low to high", "NaN");
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
