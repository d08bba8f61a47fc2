package org.primum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Digest;
import org.primum.document.Schemas;
import org.primum.model.LibraryModels;
import org.primum.model.ShapFixture;
import org.primum.table.TableFiles;

/// What `shap-batch` reads and keeps beside model and data: `explainer.bin`, recomputed cover, the
/// pieces of a run that was killed; and its threads.
final class ShapFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> RESULTS = List.of("shap.parquet", "summary.json", "shard.json");

  @TempDir Path folder;
  private final ShapFixture binary = new ShapFixture("a_xgb_binary");

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "float64"})
  void anExplainerFileGivesTheBytesOfTheRunThatWroteIt(String precision) throws Exception {
    String background = "--background=" + binary.file("background.csv");
    String digits = "--precision=" + precision;
    Cli one = explain("one", background, "--save-explainer", digits);
    Cli two = explain("two", "--explainer=" + folder.resolve("one/explainer.bin"), digits);

    assertThat(one.err()).contains("PASS");
    assertThat(two.err()).contains("PASS");
    requireSameResults("one", "two");
    assertThat(folder.resolve("two/explainer.bin")).doesNotExist();
    assertThat(roles("two"))
        .contains("explainer " + Digest.of(folder.resolve("one/explainer.bin")))
        .noneMatch(role -> role.startsWith("background"));
  }

  @Test
  void anExplainerFileWithoutBackgroundIsPathDependent() throws Exception {
    explain("one", "--save-explainer=true");
    explain("two", "--explainer=" + folder.resolve("one/explainer.bin"));

    requireSameResults("one", "two");
    assertThat(TableFiles.open(folder.resolve("two/shap.parquet"), "shap").metadata())
        .containsEntry("primum.mode", "path-dependent")
        .containsEntry("primum.cover", "hessian");
  }

  @Test
  void shardsByExplainerFileAndByBackgroundMerge() {
    String background = "--background=" + binary.file("background.csv");
    explain("one", background, "--save-explainer");
    explain("p0", background, "--shard=0/2");
    explain("p1", "--explainer=" + folder.resolve("one/explainer.bin"), "--shard=1/2");

    assertThat(merge("p0", "p1").err()).contains("PASS");
    requireSameResults("one", "merged");
  }

  @Test
  void anExplainerFileOfAnotherModelIsRefused() {
    explain("one", "--save-explainer");
    ShapFixture other = new ShapFixture("b_xgb_regression");
    Cli run =
        Cli.run(
            "shap-batch",
            "--model=" + other.file("model.json"),
            "--data=" + other.file("rows.csv"),
            "--features=" + String.join(",", other.featureNames()),
            "--explainer=" + folder.resolve("one/explainer.bin"),
            "--output-dir=" + folder.resolve("two"));

    assertThat(run.code()).isEqualTo(13);
    assertThat(run.err()).contains("explainer.bin: explains the model sha256:");
    assertThat(folder.resolve("two")).doesNotExist();
  }

  @Test
  void aFileThatIsNoExplainerIsRefused() throws Exception {
    Cli rows = explain("a", "--explainer=" + binary.file("rows.csv"));
    assertThat(rows.code()).isEqualTo(12);
    assertThat(rows.err()).contains("this is no explainer.bin");
    assertThat(explain("b", "--explainer=" + folder.resolve("absent")).code()).isEqualTo(12);

    explain("one", "--save-explainer");
    byte[] bytes = Files.readAllBytes(folder.resolve("one/explainer.bin"));
    bytes[bytes.length - 1] ^= 4;
    Path changed = Files.write(folder.resolve("changed.bin"), bytes);
    Cli damaged = explain("c", "--explainer=" + changed);
    assertThat(damaged.code()).isEqualTo(12);
    assertThat(damaged.err()).contains("changed.bin: was cut off or changed");
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    String table = binary.file("background.csv").toString();
    refuse("leave one of them out", "--explainer=" + table, "--background=" + table);
    refuse("leave one of them out", "--explainer=" + table, "--cover-from=" + table);
    refuse("leave one of them out", "--cover-from=" + table, "--background=" + table);
    refuse("--threads must be from 1", "--threads=0");
    explain("one", "--save-explainer");
    refuse(
        "--mode=path-dependent fits",
        "--mode=interventional",
        "--explainer=" + folder.resolve("one/explainer.bin"));
    explain("two", "--save-explainer", "--background=" + table);
    refuse(
        "leave out --explainer",
        "--mode=path-dependent",
        "--explainer=" + folder.resolve("two/explainer.bin"));
  }

  private void refuse(String sentence, String... more) {
    Cli run = explain("refused", more);
    assertThat(run.err()).contains(sentence);
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void recomputedCoverIsNamedInEveryOutput() throws Exception {
    Path training = LibraryModels.FOLDER.resolve("cancer-training.csv");
    String digest = Digest.of(training).value();

    assertThat(onnx("none").code()).isEqualTo(12);
    assertThat(onnx("none").err()).contains("--cover-from");
    assertThat(onnx("out", "--cover-from=" + training, "--save-explainer").err()).contains("PASS");

    assertThat(TableFiles.open(folder.resolve("out/shap.parquet"), "shap").metadata())
        .containsEntry("primum.mode", "path-dependent")
        .containsEntry("primum.cover", "recomputed")
        .containsEntry("primum.cover.from", digest)
        .containsEntry("primum.cover.rows", "569");
    for (String name : List.of("summary", "shard")) {
      JsonNode document = JSON.readTree(folder.resolve("out/" + name + ".json").toFile());
      assertThat(Schemas.violations(document, "shap-" + name)).isEmpty();
      assertThat(document.path("coverFrom").path("rows").intValue()).isEqualTo(569);
      assertThat(document.path("coverFrom").path("digest").asText()).isEqualTo(digest);
    }
    assertThat(roles("out")).contains("cover-from " + digest);
    onnx("again", "--explainer=" + folder.resolve("out/explainer.bin"));
    requireSameResults("out", "again");
  }

  @Test
  void shardsWithOtherCoverAreNotMerged() throws Exception {
    Path training = LibraryModels.FOLDER.resolve("cancer-training.csv");
    List<String> lines = Files.readAllLines(training);
    Path fewer = Files.write(folder.resolve("fewer.csv"), lines.subList(0, 300));
    onnx("one", "--cover-from=" + training);
    onnx("p0", "--cover-from=" + training, "--shard=0/2");
    onnx("p1", "--cover-from=" + training, "--shard=1/2");
    onnx("other", "--cover-from=" + fewer, "--shard=1/2");

    assertThat(merge("p0", "other").code()).isEqualTo(13);
    assertThat(merge("p0", "p1").err()).contains("PASS");
    requireSameResults("one", "merged");
  }

  @Test
  void coverIsCountedOnTreesFromRowsOnly() throws Exception {
    String header = Files.readAllLines(binary.file("rows.csv")).getFirst();
    Path empty = Files.writeString(folder.resolve("empty.csv"), header + "\n");
    assertThat(explain("a", "--cover-from=" + empty).code()).isEqualTo(11);

    ShapFixture linear = new ShapFixture("i_linear_logistic");
    Cli run =
        Cli.run(
            "shap-batch",
            "--model=" + linear.file("model.json"),
            "--data=" + linear.file("rows.csv"),
            "--cover-from=" + linear.file("rows.csv"),
            "--output-dir=" + folder.resolve("linear"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("this model has none");
  }

  /// The last file that the step writes has no place, so that it fails when all rows are explained.
  @Test
  void piecesOfAnUnfinishedRunAreKeptAndNotComputedAgain() throws Exception {
    explain("whole");
    Path pieces = folder.resolve("pieces");
    Cli stopped = explain(brokenOutput(), "--resume=" + pieces);
    assertThat(stopped.code()).isNotZero();
    List<Path> kept = files(pieces);
    assertThat(kept).isNotEmpty();

    Cli resumed = explain("resumed", "--resume=" + pieces);

    assertThat(resumed.err()).contains("resumed: 60 rows were explained before and kept");
    requireSameResults("whole", "resumed");
    assertThat(files(pieces)).isEmpty();
  }

  private String brokenOutput() throws IOException {
    Files.createDirectories(folder.resolve("broken"));
    Files.writeString(folder.resolve("broken/params"), "a file where a directory has to be");
    return "broken";
  }

  @Test
  void aDamagedPieceIsExplainedAgain() throws Exception {
    explain("whole");
    Path pieces = folder.resolve("pieces");
    explain(brokenOutput(), "--resume=" + pieces);
    Path piece = files(pieces).getFirst();
    byte[] bytes = Files.readAllBytes(piece);
    bytes[bytes.length / 2] ^= 1;
    Files.write(piece, bytes);

    Cli resumed = explain("resumed", "--resume=" + pieces);

    assertThat(resumed.err()).contains("is damaged").doesNotContain("resumed:");
    requireSameResults("whole", "resumed");
  }

  /// Its pieces are found by what they depend on: others are not taken, and not touched.
  @Test
  void anotherRunStartsAnew() throws Exception {
    Path pieces = folder.resolve("pieces");
    explain(brokenOutput(), "--resume=" + pieces);
    List<Path> kept = files(pieces);
    String background = "--background=" + binary.file("background.csv");

    assertThat(explain("a", "--resume=" + pieces, background).err()).doesNotContain("resumed:");
    assertThat(explain("b", "--resume=" + pieces, "--precision=float64").err())
        .doesNotContain("resumed:");
    assertThat(files(pieces)).isEqualTo(kept);
  }

  @Test
  void threadsChangeNoByte() {
    explain("one");
    for (String threads : List.of("1", "3", "16")) {
      explain("of-" + threads, "--threads=" + threads);
      requireSameResults("one", "of-" + threads);
    }
    assertThat(explain("bad", "--threads=2", "--background=" + folder.resolve("absent")).code())
        .isEqualTo(11);
  }

  private Cli onnx(String out, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("shap-batch");
    arguments.add("--model=" + LibraryModels.FOLDER.resolve("boosting-binary.onnx"));
    arguments.add("--data=" + LibraryModels.FOLDER.resolve("cancer.csv"));
    arguments.add("--output-dir=" + folder.resolve(out));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Cli explain(String out, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("shap-batch");
    arguments.add("--model=" + binary.file("model.json"));
    arguments.add("--data=" + binary.file("rows.csv"));
    arguments.add("--id=row_id");
    arguments.add("--output-dir=" + folder.resolve(out));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Cli merge(String... parts) {
    List<String> shards = new ArrayList<>();
    for (String part : parts) {
      shards.add(folder.resolve(part).toString());
    }
    return Cli.run(
        "shap-merge",
        "--shards=" + String.join(",", shards),
        "--output-dir=" + folder.resolve("merged"),
        "--overwrite");
  }

  private void requireSameResults(String one, String two) {
    for (String file : RESULTS) {
      assertThat(folder.resolve(two).resolve(file))
          .hasSameBinaryContentAs(folder.resolve(one).resolve(file));
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (var walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("pieces-"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private List<String> roles(String out) throws IOException {
    List<String> roles = new ArrayList<>();
    JSON.readTree(folder.resolve(out + "/manifest.json").toFile())
        .path("inputs")
        .forEach(
            input -> roles.add(input.path("name").asText() + " " + input.path("digest").asText()));
    return roles;
  }
}
