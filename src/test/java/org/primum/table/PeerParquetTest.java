package org.primum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;
import org.primum.data.Selection;
import org.primum.data.Table;

/// Files that pyarrow, DuckDB and Polars wrote (testdata/parquet/README.md). Row k, from 0, holds
/// what make.py says; most columns have no value where k mod 7 is 3.
final class PeerParquetTest {

  private static final int ROWS = 1000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snappy-v1",
        "zstd-v2",
        "gzip-v1",
        "plain-v1",
        "delta-v1",
        "delta-v2",
        "split",
        "fixed",
        "fallback"
      })
  void everyEncodingGivesTheSameValues(String file) throws IOException {
    Table table = open(file + ".parquet");
    var soft = new SoftAssertions();
    checkCommon(soft, table);
    check(soft, table, "half", k -> plain(k / 4.0));
    check(soft, table, "nothing", _ -> "-");
    soft.assertAll();
  }

  /// Polars writes with encoders of its own, in Rust; without halves and columns of nothing.
  @Test
  void readsWhatPolarsWrites() throws IOException {
    var soft = new SoftAssertions();
    checkCommon(soft, open("polars.parquet"));
    soft.assertAll();
  }

  private static void checkCommon(SoftAssertions soft, Table table) throws IOException {
    check(soft, table, "id", k -> Long.toString((1L << 53) + 1 + k));
    check(soft, table, "small", holed(k -> Integer.toString(k - 500)));
    check(
        soft,
        table,
        "unsigned",
        holed(k -> new BigInteger("18446744073709551615").subtract(BigInteger.valueOf(k)) + ""));
    check(soft, table, "double", holed(k -> plain(k / 8.0 - 3)));
    check(soft, table, "single", holed(k -> plain(k / 10.0)));
    check(soft, table, "truth", holed(k -> Boolean.toString(k % 3 == 0)));
    check(soft, table, "text", holed(k -> "gröup,\"" + k % 5 + "\"\n"));
    check(soft, table, "number_text", holed(k -> k % 4 == 0 ? "NaN" : " " + k + ".5 "));
    check(soft, table, "day", holed(k -> LocalDate.of(2020, 2, 28).plusDays(k) + ""));
    check(
        soft,
        table,
        "instant",
        holed(k -> LocalDateTime.of(2020, 1, 1, 0, 0).plusNanos(1_500_000_000L * k) + "Z"));
    check(
        soft,
        table,
        "local",
        holed(k -> LocalDateTime.of(1969, 12, 31, 23, 59).plusSeconds(k) + ""));
    check(soft, table, "clock", holed(k -> LocalTime.of(12, 0, k % 60) + ""));
    check(soft, table, "decimal", holed(k -> plain((k - 500) / 100.0)));
    check(
        soft,
        table,
        "wide_decimal",
        holed(k -> stripped(new BigDecimal(BigInteger.TEN.pow(20).add(BigInteger.valueOf(k)), 3))));
    check(soft, table, "required", k -> Integer.toString(k % 10));
    check(soft, table, "label", k -> String.format("patient-%05d", k));
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy-v1", "zstd-v2", "delta-v1", "split", "fixed"})
  void numbersAreTheSameWhateverTheyAreStoredAs(String file) throws IOException {
    Table table = open(file + ".parquet");
    var soft = new SoftAssertions();
    numbers(soft, table, "id", k -> (double) ((1L << 53) + 1 + k));
    numbers(soft, table, "small", k -> k % 7 == 3 ? null : k - 500.0);
    numbers(soft, table, "unsigned", k -> k % 7 == 3 ? null : 0x1p64 - k);
    numbers(soft, table, "double", k -> k % 7 == 3 ? null : k / 8.0 - 3);
    numbers(soft, table, "single", k -> k % 7 == 3 ? null : (double) (float) (k / 10.0));
    numbers(soft, table, "truth", k -> k % 7 == 3 ? null : k % 3 == 0 ? 1.0 : 0.0);
    numbers(soft, table, "number_text", k -> k % 7 == 3 ? null : k % 4 == 0 ? Double.NaN : k + 0.5);
    numbers(soft, table, "decimal", k -> k % 7 == 3 ? null : (k - 500) / 100.0);
    numbers(soft, table, "half", k -> k / 4.0);
    numbers(soft, table, "nothing", _ -> null);
    soft.assertAll();
  }

  @Test
  void theSchemaHasEveryColumnInFileOrder() throws IOException {
    Table table = open("zstd-v2.parquet");
    assertThat(table.schema().names())
        .startsWith("id", "small", "unsigned", "double")
        .endsWith("nothing", "required", "label");
    assertThat(table.schema().require("truth", "t").type()).isEqualTo(ColumnType.NUMBER);
    assertThat(table.schema().require("wide_decimal", "t").type()).isEqualTo(ColumnType.NUMBER);
    assertThat(table.schema().require("day", "t").type()).isEqualTo(ColumnType.TEXT);
    assertThat(table.metadata()).containsEntry("purpose", "test").containsEntry("ünï", "cödé");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb.parquet", "duckdb-v2.parquet"})
  void readsWhatDuckDbWrites(String file) throws IOException {
    Table table = open(file);
    List<List<String>> rows =
        Tables.texts(table, List.of("id", "category", "text", "value", "truth", "identifier"));
    assertThat(rows).hasSize(3000);
    for (int k = 0; k < 3000; k++) {
      assertThat(rows.get(k))
          .containsExactly(
              Integer.toString(k),
              k % 7 == 3 ? "-" : Integer.toString(k % 5),
              k % 7 == 3 ? "-" : "group " + k % 3,
              plain(k / 8.0),
              Boolean.toString(k % 2 == 0),
              "00112233-4455-6677-8899-aabbccddeeff");
    }
  }

  @Test
  void nestedColumnsAreListedAndRefusedAndTheOthersRead() throws IOException {
    Table table = open("nested.parquet");
    assertThat(table.schema().names()).containsExactly("id", "list", "record", "map", "after");
    assertThat(Tables.texts(table, List.of("after", "id")))
        .containsExactly(List.of("x", "1"), List.of("-", "2"), List.of("z", "3"));
    for (String name : List.of("list", "record", "map")) {
      assertThatThrownBy(() -> table.read(List.of(Selection.text(name))))
          .isInstanceOf(DataInvalidException.class)
          .hasMessageContaining("nested.parquet: column '" + name + "'")
          .hasMessageContaining("flatten");
    }
  }

  @Test
  void timesOfOldSparkAreRefusedByName() throws IOException {
    Table table = open("int96.parquet");
    assertThat(Tables.texts(table, List.of("x"))).containsExactly(List.of("1.5"));
    assertThatThrownBy(() -> table.read(List.of(Selection.text("when"))))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("INT96");
  }

  @Test
  void anEmptyTableHasASchemaAndNoBatches() throws IOException {
    Table table = open("empty.parquet");
    assertThat(table.schema().names()).containsExactly("x", "s");
    assertThat(Tables.texts(table, List.of("x", "s"))).isEmpty();
  }

  @Test
  void textAmongNumbersIsNamedByColumnAndRowAndNotByValue() throws IOException {
    Table table = open("text-among-numbers.parquet");
    assertThatThrownBy(() -> Tables.numbers(table, "x"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage("text-among-numbers.parquet: column 'x', row 2: text where a number belongs");
  }

  @Test
  void aDateIsNotANumber() throws IOException {
    Table table = open("zstd-v2.parquet");
    assertThatThrownBy(() -> table.read(List.of(Selection.number("day"))))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("column 'day' holds dates");
  }

  @Test
  void bytesThatAreNotTextAreNamedByRow() throws IOException {
    Table table = open("not-utf8.parquet");
    assertThatThrownBy(() -> Tables.texts(table, List.of("x")))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage("not-utf8.parquet: column 'x', row 2: text that is not UTF-8");
  }

  @Test
  void aNameThatOccursTwiceIsRefused() {
    assertThatThrownBy(() -> open("twice.parquet"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage("twice.parquet: column 'x' occurs twice");
  }

  @Test
  void aCompressionThatIsNotReadIsRefusedWithAWayOut() throws IOException {
    Table table = open("lz4.parquet");
    assertThatThrownBy(() -> Tables.texts(table, List.of("x")))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("write it with zstd, snappy, gzip or none");
  }

  private static Table open(String file) throws IOException {
    return TableFiles.open(Path.of("testdata/parquet", file), file);
  }

  private static IntFunction<String> holed(IntFunction<String> value) {
    return k -> k % 7 == 3 ? "-" : value.apply(k);
  }

  private static String plain(double value) {
    return stripped(BigDecimal.valueOf(value));
  }

  private static String stripped(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static void check(
      SoftAssertions soft, Table table, String column, IntFunction<String> expected)
      throws IOException {
    List<String> wanted = new ArrayList<>();
    for (int k = 0; k < ROWS; k++) {
      wanted.add(expected.apply(k));
    }
    List<String> got = Tables.texts(table, List.of(column)).stream().map(List::getFirst).toList();
    soft.assertThat(got).as(column).isEqualTo(wanted);
  }

  private static void numbers(
      SoftAssertions soft, Table table, String column, IntFunction<Double> expected)
      throws IOException {
    List<Double> wanted = new ArrayList<>();
    for (int k = 0; k < ROWS; k++) {
      wanted.add(expected.apply(k));
    }
    soft.assertThat(Tables.numbers(table, column)).as(column).isEqualTo(wanted);
  }
}
