package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.primum.data.Batch;
import org.primum.data.Batches;
import org.primum.data.Selection;
import org.primum.data.Table;
import org.primum.table.TableFiles;

/// A booster of two numbers, x and z, trained on 400 patients, as our directory and as the bare
/// file XGBoost itself would have saved.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScoreCommandTest {

  private Path directory = Path.of("unset");
  private Path model = Path.of("unset");
  private int next;

  @BeforeAll
  void train(@TempDir Path shared) throws IOException {
    directory = shared;
    StringBuilder csv = new StringBuilder("p,y,x,z,g\n");
    for (int i = 0; i < 400; i++) {
      csv.append("P")
          .append(i)
          .append(',')
          .append(i % 7 < 3 ? 1 : 0)
          .append(',')
          .append(i % 7 + i % 5);
      csv.append(',')
          .append(i % 11 == 0 ? "" : i % 13)
          .append(',')
          .append(i % 2 == 0 ? "a" : "b")
          .append('\n');
    }
    Path data = Files.writeString(fresh(), csv.toString());
    Path output = fresh();
    Cli cli =
        Cli.run(
            "train",
            "--data=" + data,
            "--label=y",
            "--id=p",
            "--sensitive=g",
            "--param=rounds=10",
            "--output-dir=" + output);
    assertThat(cli.code()).as(cli.err()).isZero();
    model = output.resolve("model");
  }

  private Path fresh() {
    return directory.resolve("f" + next++);
  }

  private Cli score(Path of, String csv, Path output, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("score", "--model=" + of));
    arguments.add("--data=" + Files.writeString(fresh(), csv));
    arguments.add("--output-dir=" + output);
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static List<String> column(Path output, String name) throws IOException {
    Table table = TableFiles.open(output.resolve("scored.parquet"), "scored");
    List<String> values = new ArrayList<>();
    try (Batches batches = table.read(List.of(Selection.text(name)))) {
      for (Optional<Batch> b = batches.next(); b.isPresent(); b = batches.next()) {
        for (int row = 0; row < b.get().rows(); row++) {
          values.add(b.get().text(0).isMissing(row) ? "" : b.get().text(0).text(row));
        }
      }
    }
    return values;
  }

  @Test
  void aBareFileScoresLikeOurDirectory() throws IOException {
    Path bare = Files.copy(model.resolve("xgboost.json"), fresh());
    Path one = fresh();
    Path two = fresh();
    String csv = "p,y,x,z,g\nA,1,3,4,a\nB,0,8,,b\nC,1,,1,a\n";
    assertThat(score(model, csv, one).code()).isZero();
    Cli cli = score(bare, csv, two, "--id=p", "--label=y", "--sensitive=g", "--threshold=0.4");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(column(two, "score")).isEqualTo(column(one, "score"));
    assertThat(column(two, "p")).containsExactly("A", "B", "C");
    assertThat(column(two, "label")).containsExactly("1", "0", "1");
    assertThat(column(two, "g")).containsExactly("a", "b", "a");
  }

  @Test
  void withoutIdRowsAreNumberedAndWithoutLabelOnlyScoresAreDescribed() throws IOException {
    Path output = fresh();
    Cli cli = score(model, "x,z\n3,4\n8,\n", output);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(TableFiles.open(output.resolve("scored.parquet"), "scored").schema().names())
        .containsExactly("row", "score", "prediction");
    assertThat(column(output, "row")).containsExactly("0", "1");
    assertThat(cli.out()).contains("mean_score", "selection_rate").doesNotContain("auroc");
  }

  @Test
  void anOutcomeNotKnownYetStaysMissing() throws IOException {
    Path output = fresh();
    assertThat(score(model, "p,y,x,z\nA,1,3,4\nB,,8,1\nC,0,2,2\n", output).code()).isZero();
    assertThat(column(output, "label")).containsExactly("1", "", "0");
  }

  @Test
  void rejectsTextWhereANumberBelongs() throws IOException {
    Cli cli = score(model, "p,x,z\nA,3,4\nB,high,1\n", fresh());
    assertThat(cli.code()).isEqualTo(11);
    assertThat(cli.err()).contains("'x'").doesNotContain("high");
  }

  @Test
  void rejectsInfiniteValuesLabelsOutsideTheirSetAndEmptyTables() throws IOException {
    Cli infinite = score(model, "p,x,z\nA,Infinity,4\n", fresh());
    assertThat(infinite.code()).isEqualTo(11);
    Cli label = score(model, "p,y,x,z\nA,1,3,4\nB,0,3,4\nC,2,3,4\n", fresh());
    assertThat(label.code()).isEqualTo(11);
    assertThat(label.err()).contains("label 'y' has more than one value beside the positive '1'");
    Cli empty = score(model, "p,x,z\n", fresh());
    assertThat(empty.code()).isEqualTo(11);
    assertThat(empty.err()).contains("no rows");
  }

  @Test
  void rejectsAFeatureThatIsMissingAndAWrongFeatureList() throws IOException {
    Cli missing = score(model, "p,x\nA,3\n", fresh());
    assertThat(missing.code()).isEqualTo(11);
    assertThat(missing.err()).contains("no column 'z'");
    Path bare = Files.copy(model.resolve("xgboost.json"), fresh());
    Cli wrong = score(bare, "p,x,z\nA,3,4\n", fresh(), "--features=z,x");
    assertThat(wrong.code()).isEqualTo(12);
  }

  @Test
  void refusesToCarryAColumnWhoseNameIsTaken() throws IOException {
    Cli cli = score(model, "p,score,x,z\nA,a,3,4\n", fresh(), "--sensitive=score");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("the name is taken there");
  }
}
