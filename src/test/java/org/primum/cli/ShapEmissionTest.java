package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.document.Schemas;
import org.primum.table.TableFiles;

/// A logistic model with log-odds -1 + 2 lactate + 0.5 age + 0.25 stay, all features with mean 0,
/// and two patients: (1, 1, -1) has Shapley values 2, 0.5, -0.25 and margin 1.25; (0.1, -1, 1) has
/// 0.2, -0.5, 0.25 and margin -1.05.
final class ShapEmissionTest {

  @TempDir Path folder;
  private Path model;
  private Path data;

  @BeforeEach
  void world() throws IOException {
    model =
        Files.writeString(
            folder.resolve("model.json"),
            """
            {"format": "simple-linear-json/1", "tool": "by hand", "link": "logit",
             "coef": [2, 0.5, 0.25], "intercept": -1, "background_mean": [0, 0, 0],
             "feature_names": ["lactate", "age", "stay"]}
            """);
    data =
        Files.writeString(
            folder.resolve("rows.csv"), "id,lactate,age,stay\np1,1,1,-1\np2,0.1,-1,1\n");
  }

  @Test
  void onlyTheLargestStayAndTheRestAddsUp() throws Exception {
    assertThat(explain("out", "--emit=top:1").code()).isZero();
    Batch rows = numbers("out", "phi.lactate", "phi.age", "phi.stay", "phi_rest", "margin");

    assertThat(rows.number(0).value(0)).isEqualTo(2);
    assertThat(rows.number(1).isMissing(0)).isTrue();
    assertThat(rows.number(2).isMissing(0)).isTrue();
    assertThat(rows.number(3).value(0)).isEqualTo(0.25);
    assertThat(rows.number(0).isMissing(1)).isTrue();
    assertThat(rows.number(1).value(1)).isEqualTo(-0.5);
    assertThat(rows.number(3).value(1)).isCloseTo(0.45, within(1e-15));
    assertThat(-1 + rows.number(1).value(1) + rows.number(3).value(1))
        .isCloseTo(rows.number(4).value(1), within(1e-15));
    assertThat(table("out").metadata().get("primum.emission")).startsWith("top=1 clip=Infinity");
    assertThat(Files.readString(folder.resolve("out/report.html"))).contains("only a part");
  }

  /// Clipped at 1 and rounded to one decimal: 1, 0.5 and -0.2 (halves go to the even digit) make
  /// 0.3 where the margin is 1.25: 0.95 / 1.25 are missing.
  @Test
  void whatClippingAndRoundingTakeIsSaidInEveryRow() throws Exception {
    assertThat(explain("out", "--clip=1", "--round=1").code()).isZero();
    Batch rows = numbers("out", "phi.lactate", "phi.age", "phi.stay", "additivity_error");

    assertThat(rows.number(0).value(0)).isEqualTo(1);
    assertThat(rows.number(1).value(0)).isEqualTo(0.5);
    assertThat(rows.number(2).value(0)).isEqualTo(-0.2);
    assertThat(rows.number(3).value(0)).isCloseTo(0.95 / 1.25, within(1e-12));
    assertThat(
            new ObjectMapper()
                .readTree(folder.resolve("out/summary.json").toFile())
                .at("/additivity/max")
                .doubleValue())
        .isLessThan(1e-12);
  }

  @Test
  void theProbabilityIsThatOfTheMargin() throws Exception {
    explain("out");

    assertThat(numbers("out", "probability").number(0).value(0))
        .isCloseTo(1 / (1 + Math.exp(-1.25)), within(1e-15));
    assertThat(table("out").schema().find("phi_rest")).isEmpty();
    assertThat(table("out").schema().find("top_features")).isEmpty();
    assertThat(table("out").metadata()).doesNotContainKey("primum.emission");
  }

  @Test
  void leadingFeaturesAreNamedInWords() throws Exception {
    explain("out", "--top-features=2");
    Batch rows = read("out", List.of(Selection.text("top_features")));

    assertThat(rows.text(0).text(0)).isEqualTo("lactate:+2.000;age:+0.5000");
    assertThat(rows.text(0).text(1)).isEqualTo("age:-0.5000;stay:+0.2500");
  }

  @Test
  void ownValuesAreWrittenOnlyWhenAsked() throws Exception {
    explain("none");
    explain("top", "--emit=top:1", "--emit-values=top");
    explain("all", "--emit-values=all");
    Batch top = numbers("top", "value.lactate", "value.age");
    Batch all = numbers("all", "value.lactate", "value.age");

    assertThat(table("none").schema().names()).noneMatch(name -> name.startsWith("value."));
    assertThat(top.number(0).value(0)).isEqualTo(1);
    assertThat(top.number(0).isMissing(1)).isTrue();
    assertThat(top.number(1).isMissing(0)).isTrue();
    assertThat(all.number(0).value(1)).isEqualTo(0.1);
  }

  @Test
  void shardsMergeToTheBytesOfOneRunWhateverIsWithheld() throws Exception {
    String[] options = {
      "--emit=top:2", "--clip=1.5", "--round=2", "--top-features=1", "--emit-values=top"
    };
    explain("one", options);
    explain("p0", with(options, "--shard=0/2"));
    explain("p1", with(options, "--shard=1/2"));

    assertThat(merge("p1", "p0").err()).contains("PASS");
    for (String file : List.of("shap.parquet", "summary.json", "shard.json")) {
      assertThat(folder.resolve("merged").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
    assertThat(
            Schemas.violations(
                new ObjectMapper().readTree(folder.resolve("one/shard.json").toFile()),
                "shap-shard"))
        .isEmpty();
  }

  @Test
  void rowsOfWhichSomethingElseWasWithheldAreNotMerged() throws Exception {
    explain("p0", "--emit=top:1", "--shard=0/2");
    explain("p1", "--emit=top:1", "--shard=1/2");
    explain("q1", "--emit=top:2", "--shard=1/2");

    assertThat(merge("p0", "q1").code()).isEqualTo(13);
    Files.copy(
        folder.resolve("q1/shap.parquet"),
        folder.resolve("p1/shap.parquet"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(merge("p0", "p1").code()).isEqualTo(13);
  }

  @Test
  void partsThatAreNoneAreUsageErrors() {
    for (String option :
        List.of(
            "--emit=top:0",
            "--emit=some",
            "--clip=0",
            "--round=-1",
            "--round=13",
            "--top-features=-1",
            "--emit-values=top")) {
      assertThat(explain("out", option).code()).as(option).isEqualTo(2);
    }
  }

  private static String[] with(String[] options, String more) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(more);
    return all.toArray(String[]::new);
  }

  private Cli merge(String... parts) {
    List<String> shards = new ArrayList<>();
    for (String part : parts) {
      shards.add(folder.resolve(part).toString());
    }
    return Cli.run(
        "shap-merge",
        "--shards=" + String.join(",", shards),
        "--overwrite",
        "--output-dir=" + folder.resolve("merged"));
  }

  private Cli explain(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "shap-batch",
                "--model=" + model,
                "--data=" + data,
                "--id=id",
                "--output-dir=" + folder.resolve(out)));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Table table(String out) throws IOException {
    return TableFiles.open(folder.resolve(out).resolve("shap.parquet"), "shap");
  }

  private Batch numbers(String out, String... columns) throws IOException {
    return read(out, java.util.Arrays.stream(columns).map(Selection::number).toList());
  }

  private Batch read(String out, List<Selection> columns) throws IOException {
    try (Batches batches = table(out).read(columns)) {
      return batches.next().orElseThrow();
    }
  }
}
