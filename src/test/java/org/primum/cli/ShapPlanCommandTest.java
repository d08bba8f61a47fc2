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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Batch;
import org.primum.data.ColumnType;
import org.primum.data.Field;
import org.primum.data.Schema;
import org.primum.data.TextColumn;
import org.primum.model.ShapFixture;
import org.primum.step.explanation.Shard;
import org.primum.table.TableFiles;
import org.primum.table.TableFormat;

/// Tables of one column whose rows are counted by hand.
final class ShapPlanCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void cutsARowCountIntoShardsThatShapBatchTakes() throws IOException {
    Cli plan = plan(csv(100), "--shards=4");
    assertThat(plan.code()).isZero();
    assertThat(parameter("shards")).isEqualTo("[\"0/4\",\"1/4\",\"2/4\",\"3/4\"]");
    assertThat(parameter("rows")).isEqualTo("100");
    assertThat(parameter("status")).isEqualTo("PASS");
    assertThat(plan.out()).contains("100").contains("4");
  }

  @Test
  void thereAreEightUnlessSomebodySaysOtherwise() throws IOException {
    plan(csv(100));
    assertThat(shards()).hasSize(8);
    plan(csv(100), "--shards=", "--overwrite=true");
    assertThat(shards()).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({"3,8,3", "1,8,1", "8,8,8", "1000,1,1", "2000,1024,1024", "0,8,1"})
  void thereAreNeverMoreThanRowsAndAtLeastOne(int rows, int asked, int planned) throws IOException {
    plan(csv(rows), "--shards=" + asked);
    assertThat(parameter("rows")).isEqualTo(Integer.toString(rows));
    assertThat(shards()).hasSize(planned);
    long next = 0;
    for (String shard : shards()) {
      assertThat(Shard.parse(shard).firstRow(rows)).isEqualTo(next);
      next = Shard.parse(shard).endRow(rows);
      assertThat(rows == 0 || next > Shard.parse(shard).firstRow(rows)).isTrue();
    }
    assertThat(next).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1025", "8.5", "eight", "99999999999"})
  void anotherNumberOfShardsIsAUsageError(String shards) throws IOException {
    Cli plan = plan(csv(3), "--shards=" + shards);
    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.err()).contains("--shards");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /// A quoted line break is no row, and an empty line at the end is none.
  @Test
  void countsTheRowsOfACsvAsTheyAreRead() throws IOException {
    Path table = folder.resolve("notes.csv");
    Files.writeString(table, "id,note\n1,\"one\ntwo\"\n2,three\n\n");
    plan(table);
    assertThat(parameter("rows")).isEqualTo("2");
  }

  @Test
  void countsTheRowsOfParquetAcrossBatches() throws IOException {
    Path table = folder.resolve("table.parquet");
    Schema schema = new Schema(List.of(new Field("x", ColumnType.TEXT)));
    try (var sink = TableFiles.create(table, TableFormat.PARQUET, schema, Map.of())) {
      for (int i = 0; i < 3; i++) {
        int rows = 30_000;
        var column = new TextColumn(new String[] {"a"}, new int[rows], rows);
        sink.write(new Batch((long) i * rows, rows, List.of(column)));
      }
    }
    plan(table);
    assertThat(parameter("rows")).isEqualTo("90000");
    assertThat(shards()).hasSize(8);
  }

  @Test
  void whatIsNoTableIsBadData() throws IOException {
    Path cut = folder.resolve("cut.csv");
    Files.writeString(cut, "id,x\n1,2\n3\n");
    assertThat(plan(cut).code()).isEqualTo(11);
    assertThat(plan(folder.resolve("nowhere.csv")).code()).isEqualTo(11);
    Path parquet = folder.resolve("cut.parquet");
    Files.writeString(parquet, "PAR1 and no footer");
    assertThat(plan(parquet).code()).isEqualTo(11);
  }

  @Test
  void aPlanThatIsFollowedGivesTheBytesOfOneRun() throws IOException {
    ShapFixture fixture = new ShapFixture("a_xgb_binary");
    plan(fixture.file("rows.csv"), "--shards=3");
    List<String> parts = new ArrayList<>();
    for (String shard : shards()) {
      Path part = folder.resolve("part-" + shard.charAt(0));
      explain(fixture, shard, part);
      parts.add(part.toString());
    }
    explain(fixture, "0/1", folder.resolve("whole"));
    Cli merge =
        Cli.run(
            "shap-merge",
            "--shards=" + String.join(",", parts),
            "--output-dir=" + folder.resolve("merged"));
    assertThat(merge.code()).isZero();
    assertThat(folder.resolve("merged/shap.parquet"))
        .hasSameBinaryContentAs(folder.resolve("whole/shap.parquet"));
  }

  private static void explain(ShapFixture fixture, String shard, Path out) {
    Cli batch =
        Cli.run(
            "shap-batch",
            "--model=" + fixture.file("model.json"),
            "--data=" + fixture.file("rows.csv"),
            "--features=" + String.join(",", fixture.featureNames()),
            "--shard=" + shard,
            "--output-dir=" + out);
    assertThat(batch.code()).as(batch.err()).isZero();
  }

  private Cli plan(Path data, String... more) {
    List<String> arguments = new ArrayList<>(List.of("shap-plan", "--data=" + data));
    arguments.addAll(List.of(more));
    arguments.add("--output-dir=" + folder.resolve("out"));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private Path csv(int rows) throws IOException {
    Path table = folder.resolve("table-" + rows + ".csv");
    String lines = IntStream.range(0, rows).mapToObj(i -> i + "\n").collect(Collectors.joining());
    return Files.writeString(table, "id\n" + lines);
  }

  private String parameter(String name) throws IOException {
    return Files.readString(folder.resolve("out/params").resolve(name));
  }

  private List<String> shards() throws IOException {
    List<String> shards = new ArrayList<>();
    for (JsonNode shard : JSON.readTree(parameter("shards"))) {
      shards.add(shard.asText());
    }
    return shards;
  }
}
