package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Digest;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.model.ModelDirectory;
import org.primum.table.TableFiles;

/// A cohort of 2,000 synthetic patients, trained on and scored from the command line.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Path directory = Path.of("unset");
  private Path cohort = Path.of("unset");
  private int next;

  @BeforeAll
  void drawACohort(@TempDir Path shared) {
    directory = shared;
    cohort = directory.resolve("cohort.parquet");
    Cli cli = Cli.run("cohort", "--patients=2000", "--seed=3", "--output=" + cohort);
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  private Path fresh() {
    return directory.resolve("out-" + next++);
  }

  private Cli train(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--data=" + cohort,
                "--label=readmitted_30d",
                "--id=patient_id",
                "--sensitive=race,age_band",
                "--exclude=admission_month,sex,weight",
                "--output-dir=" + output));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Cli trainCsv(String csv, String... more) throws IOException {
    Path file = Files.writeString(fresh(), csv);
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--data=" + file, "--label=y", "--id=p", "--output-dir=" + fresh()));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"xgboost", "logistic-regression", "linear-sgd"})
  void sameSeedAndInputGiveTheSameBytes(String learner) throws IOException {
    Path one = fresh();
    Path two = fresh();
    assertThat(train(one, "--learner=" + learner).code()).isZero();
    assertThat(train(two, "--learner=" + learner).code()).isZero();
    assertThat(ModelDirectory.read(one.resolve("model")))
        .isEqualTo(ModelDirectory.read(two.resolve("model")));
    assertThat(Digest.of(one.resolve("scored.parquet")))
        .isEqualTo(Digest.of(two.resolve("scored.parquet")));
  }

  @Test
  void anotherSeedGivesAnotherModel() throws IOException {
    Path one = fresh();
    Path two = fresh();
    train(one, "--seed=1");
    train(two, "--seed=2");
    assertThat(ModelDirectory.read(one.resolve("model")))
        .isNotEqualTo(ModelDirectory.read(two.resolve("model")));
  }

  @Test
  void scoredRowsNameModelAndDataAndAreOfPatientsHeldOut() throws IOException {
    Path output = fresh();
    assertThat(train(output, "--alert-rate=0.2").code()).isZero();
    Table scored = TableFiles.open(output.resolve("scored.parquet"), "scored");
    assertThat(scored.schema().names())
        .containsExactly("patient_id", "label", "score", "prediction", "race", "age_band");
    String bytes =
        Files.readString(
            output.resolve("scored.parquet"), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(bytes)
        .contains("primum.model", ModelDirectory.read(output.resolve("model")).digest().value())
        .contains("primum.dataset", Digest.of(cohort).value());

    Path again = fresh();
    assertThat(score(output.resolve("model"), again).code()).isZero();
    Table all = TableFiles.open(again.resolve("scored.parquet"), "all");
    Set<String> held = new HashSet<>(column(scored, "patient_id"));
    List<String> everybody = column(all, "patient_id");
    List<String> scores = column(all, "score");
    List<String> ofHeld = new ArrayList<>();
    for (int row = 0; row < everybody.size(); row++) {
      if (held.contains(everybody.get(row))) {
        ofHeld.add(scores.get(row));
      }
    }
    assertThat(ofHeld).isEqualTo(column(scored, "score"));
    assertThat(held.size()).isBetween(400, 600);
  }

  private Cli score(Path model, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("score", "--model=" + model, "--data=" + cohort, "--output-dir=" + output));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static List<String> column(Table table, String name) throws IOException {
    List<String> values = new ArrayList<>();
    try (Batches batches = table.read(List.of(Selection.text(name)))) {
      for (Optional<Batch> b = batches.next(); b.isPresent(); b = batches.next()) {
        for (int row = 0; row < b.get().rows(); row++) {
          values.add(b.get().text(0).text(row));
        }
      }
    }
    return values;
  }

  @Test
  void weightsAreCarriedAlong() throws IOException {
    Path output = fresh();
    Cli cli =
        Cli.run(
            "train",
            "--data=" + cohort,
            "--label=readmitted_30d",
            "--id=patient_id",
            "--weight=weight",
            "--features=age,bnp,site",
            "--output-dir=" + output);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(TableFiles.open(output.resolve("scored.parquet"), "scored").schema().names())
        .containsExactly("patient_id", "label", "score", "prediction", "weight");
  }

  @Test
  void sensitiveColumnsAreNotFeaturesUnlessAsked() throws IOException {
    Path output = fresh();
    train(output);
    assertThat(features(output)).doesNotContain("race", "age_band", "patient_id", "readmitted_30d");
    Path asked = fresh();
    train(asked, "--sensitive-as-feature");
    assertThat(features(asked)).contains("race", "age_band");
  }

  private static List<String> features(Path output) throws IOException {
    JsonNode model = JSON.readTree(output.resolve("model/model.json").toFile());
    return model.get("features").findValuesAsText("name");
  }

  @Test
  void scoresAModelXgboostSavedItself() throws IOException {
    Path output = fresh();
    train(output);
    Path bare = Files.copy(output.resolve("model/xgboost.json"), fresh());
    Path scored = fresh();
    Cli cli =
        Cli.run(
            "score",
            "--model=" + bare,
            "--data=testdata/nhefs/nhefs.csv",
            "--output-dir=" + scored);
    assertThat(cli.code()).isEqualTo(11);
    assertThat(cli.err()).contains("no column 'age'".replace("age", "site"));
  }

  @Test
  void refusesAChangedModel() throws IOException {
    Path output = fresh();
    train(output);
    Path file = output.resolve("model/xgboost.json");
    Files.writeString(file, Files.readString(file).replaceFirst("0", "1"));
    Cli cli = score(output.resolve("model"), fresh());
    assertThat(cli.code()).isEqualTo(13);
    assertThat(cli.err()).contains("changed since it was trained");
  }

  @Test
  void rejectsWhatIsNoModel() throws IOException {
    Cli text = score(Files.writeString(fresh(), "not a model"), fresh());
    assertThat(text.code()).isEqualTo(12);
    Cli absent = score(directory.resolve("absent"), fresh());
    assertThat(absent.code()).isEqualTo(12);
    assertThat(absent.err()).contains("no such model");
    Cli empty = score(Files.createDirectory(fresh()), fresh());
    assertThat(empty.code()).isEqualTo(12);
  }

  @Test
  void warnsOfAFeatureThatIsTheLabel() throws IOException {
    StringBuilder csv = new StringBuilder("p,y,x,leak\n");
    for (int i = 0; i < 300; i++) {
      csv.append("P")
          .append(i)
          .append(',')
          .append(i % 3 == 0 ? 1 : 0)
          .append(',')
          .append(i * 7 % 13);
      csv.append(',').append(i % 3 == 0 ? 5.5 : 1.5).append('\n');
    }
    Cli cli = trainCsv(csv.toString());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("feature 'leak' alone tells the label almost without error");
  }

  /// The year of death of 318 of the 1,629 people of NHEFS: no value differs between those who have
  /// one, that there is one says it all.
  @Test
  void warnsOfAFeatureThatOnlyOneOutcomeHas() {
    Cli cli =
        Cli.run(
            "train",
            "--data=testdata/nhefs/nhefs.csv",
            "--label=death",
            "--id=seqn",
            "--features=yrdth,age,sbp",
            "--param=rounds=5",
            "--output-dir=" + fresh());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains("feature 'yrdth' alone tells the label almost without error")
        .doesNotContain("'age'", "'sbp'");
  }

  /// Each table is the header `p,y,x` and 40 patients with one fault.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p,y,x\\n | the table has no rows",
        "p,z,x\\nA,1,2\\n | no column 'y'",
        "p,y,x\\nA,0,1\\nB,0,2\\nC,0,3\\n | no row has the positive label '1'",
        "p,y,x\\nA,1,1\\nB,1,2\\nC,1,3\\n | positive in every row",
        "p,y,x\\nA,1,1\\nB,0,2\\nC,2,3\\n | more than two different values",
        "p,y,x\\nA,1,1\\nB,,2\\nC,0,3\\n | column 'y' has no value in row 2",
        "p,y,x\\nA,1,1\\n,0,2\\nC,0,3\\n | column 'p' has no value in row 2",
        "p,y\\nA,1\\nB,0\\nC,0\\n | no column is left to be a feature",
        "p,y,x\\nA,1,1\\nA,0,2\\nA,0,3\\n | cannot be split into training and holdout",
      })
  void rejectsBadData(String csv, String message) throws IOException {
    Cli cli = trainCsv(csv.strip().replace("\\n", "\n"));
    assertThat(cli.err()).contains(message.strip());
    assertThat(cli.code()).isEqualTo(11);
  }

  private static String forty(java.util.function.IntFunction<String> x) {
    StringBuilder csv = new StringBuilder("p,y,x\n");
    for (int i = 0; i < 400; i++) {
      csv.append("P")
          .append(i)
          .append(',')
          .append(i % 2)
          .append(',')
          .append(x.apply(i))
          .append('\n');
    }
    return csv.toString();
  }

  @Test
  void rejectsAColumnWithoutValuesAndTextThatIsNoCategory() throws IOException {
    Cli empty = trainCsv(forty(i -> ""));
    assertThat(empty.code()).isEqualTo(11);
    assertThat(empty.err()).contains("column 'x' has no value in any training row");
    Cli prose = trainCsv(forty(i -> "note " + i));
    assertThat(prose.code()).isEqualTo(11);
    assertThat(prose.err()).contains("text with more than 200 different values");
    assertThat(prose.err()).doesNotContain("note 1");
  }

  /// Eighty values each, none of which may be told.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"7,%d\" | numbers with a decimal comma (such as '12,5'",
        "\"1 0%d\" | numbers with a sign between thousands (such as '12 500'",
        "7.%d mmol/l | numbers with a unit (such as '12 mg'",
        "\"7,%d mg\" | numbers with a unit (such as '12 mg'",
      })
  void numbersWrittenAsTextAreNoCategories(String form, String message) throws IOException {
    Cli cli = trainCsv(forty(i -> form.strip().formatted(10 + i % 80)));

    assertThat(cli.code()).isEqualTo(11);
    assertThat(cli.err())
        .contains("column 'x' is text", message.strip(), "--categories=x")
        .doesNotContain(form.strip().replace("\"", "").formatted(11));
  }

  @Test
  void numbersWithSomeTextAmongThemAreNoCategories() throws IOException {
    Cli cli = trainCsv(forty(i -> i % 20 == 0 ? "below" : "7." + i % 80));

    assertThat(cli.code()).isEqualTo(11);
    assertThat(cli.err()).contains("numbers with some text among them").doesNotContain("below");
  }

  /// More different values than there may be categories, so that the number is what matters.
  @Test
  void manyNumbersWrittenAsTextAreToldAsSuch() throws IOException {
    assertThat(trainCsv(forty(i -> "\"7," + (100 + i) + "\"")).err())
        .contains("numbers with a sign between thousands", "--categories=x");
  }

  /// Lists of digits, codes with leading zeros, stages, ranges, and few doses.
  @ParameterizedTest
  @ValueSource(strings = {"0%d", "%d-99", "C%d.0", "%da/b c"})
  void codesAreCategoriesWithoutBeingSaidToBe(String form) throws IOException {
    Cli cli = trainCsv(forty(i -> form.formatted(10 + i % 80)));

    assertThat(cli.code()).as(cli.err()).isZero();
  }

  @Test
  void whatLooksLikeNumbersAreCategoriesWhereOneSaysSo() throws IOException {
    Path file = Files.writeString(fresh(), forty(i -> "\"250," + i % 80 + "\""));
    Path output = fresh();
    Cli cli =
        Cli.run(
            "train",
            "--data=" + file,
            "--label=y",
            "--id=p",
            "--categories=x",
            "--output-dir=" + output);

    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode feature = JSON.readTree(output.resolve("model/model.json").toFile()).at("/features/0");
    assertThat(feature.toString()).contains("categorical", "250,79");
  }

  /// A number of a ward names it, and adds up to nothing.
  @Test
  void numbersAreCategoriesWhereOneSaysSo() throws IOException {
    Path file = Files.writeString(fresh(), forty(i -> Integer.toString(i % 7)));
    Path output = fresh();
    Cli cli =
        Cli.run(
            "train",
            "--data=" + file,
            "--label=y",
            "--id=p",
            "--categories=x",
            "--output-dir=" + output);
    Cli scored =
        Cli.run(
            "score",
            "--model=" + output.resolve("model"),
            "--data=" + file,
            "--output-dir=" + fresh());

    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(scored.code()).as(scored.err()).isZero();
    assertThat(
            JSON.readTree(output.resolve("model/model.json").toFile()).at("/features/0").toString())
        .contains("categorical");
  }

  @Test
  void categoriesThatAreNoFeaturesAreRejected() throws IOException {
    Cli cli = trainCsv(forty(i -> "a"), "--categories=z");

    assertThat(cli.code()).isEqualTo(11);
    assertThat(cli.err()).contains("--categories names 'z', which is no feature here");
  }

  @Test
  void leavesNothingBehindOnBadInput() {
    Path output = fresh();
    Cli cli = train(output, "--positive=yes");
    assertThat(cli.code()).isEqualTo(11);
    assertThat(output).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--learner=forest | --learner: unknown 'forest'; one of xgboost, logistic-regression",
        "--param=nthread=4 | --param 'nthread' is not one of xgboost",
        "--param=max_depth=99 | --param max_depth: a whole number from 1 to 16",
        "--holdout=1 | --holdout must lie between 0 and 1",
        "--threshold=2 | --threshold must lie in [0, 1]",
        "--alert-rate=0 | --alert rate must lie between 0 and 1",
        "--features=age | --features and --exclude exclude each other",
      })
  void rejectsOptionsThatCannotBeFollowed(String option, String message) {
    Cli cli = train(fresh(), option.strip());
    assertThat(cli.err()).contains(message.strip());
    assertThat(cli.code()).isEqualTo(2);
  }

  @Test
  void refusesToOverwriteAnEarlierResult() {
    Path output = fresh();
    assertThat(train(output).code()).isZero();
    assertThat(train(output).code()).isEqualTo(2);
    assertThat(train(output, "--overwrite").code()).isZero();
  }

  /// Kamiran and Calders by the command: the mean score of the group with fewer recorded
  /// readmissions rises.
  @Test
  void reweighingRaisesTheScoresOfThoseWhoseRiskIsUnderstated() throws IOException {
    Path plain = fresh();
    Path reweighed = fresh();
    assertThat(train(plain).code()).isZero();
    assertThat(train(reweighed, "--reweigh=age_band").code()).isZero();
    assertThat(meanScoreOfOldest(reweighed)).isGreaterThan(meanScoreOfOldest(plain) + 0.01);
  }

  private static double meanScoreOfOldest(Path output) throws IOException {
    Table scored = TableFiles.open(output.resolve("scored.parquet"), "scored");
    List<String> bands = column(scored, "age_band");
    List<String> scores = column(scored, "score");
    double sum = 0;
    int count = 0;
    for (int row = 0; row < bands.size(); row++) {
      if (bands.get(row).equals("75+")) {
        sum += Double.parseDouble(scores.get(row));
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void theReportIsOneFileWithoutScripts() throws IOException {
    Path output = fresh();
    train(output);
    String html = Files.readString(output.resolve("report.html"));
    assertThat(html)
        .contains("What is not recorded, and of whom", "by age_band.", "age_band=75+", "<svg");
    assertThat(html).doesNotContain("<script", "src=\"http");
    try (Stream<Path> files = Files.walk(output)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> output.relativize(f).toString()))
          .contains(
              "verdict.json", "metrics.json", "manifest.json", "metrics.prom", "params/status");
    }
  }
}
