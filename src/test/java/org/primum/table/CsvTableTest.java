package org.primum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.primum.data.ColumnType;
import org.primum.data.DataInvalidException;
import org.primum.data.Digest;
import org.primum.data.Selection;
import org.primum.data.Table;

/// CSV as people and other tools write it, a few rows each.
final class CsvTableTest {

  @TempDir Path folder;

  @Test
  void quotesCommasAndLineEndsWithinFieldsAreText() throws IOException {
    Table table = open("a,b\n\"x,y\",\"he said \"\"no\"\"\"\n\"two\nlines\",plain\"inch\n");
    assertThat(Tables.texts(table, List.of("a", "b")))
        .containsExactly(List.of("x,y", "he said \"no\""), List.of("two\nlines", "plain\"inch"));
  }

  @Test
  void windowsLineEndsByteOrderMarkAndAMissingLastLineEndAreFine() throws IOException {
    Table table = open("\uFEFFage,sex\r\n61,F\r\n,M");
    assertThat(table.schema().names()).containsExactly("age", "sex");
    assertThat(Tables.texts(table, List.of("sex", "age")))
        .containsExactly(List.of("F", "61"), List.of("M", "-"));
  }

  @Test
  void tabsAreToldByTheHeader() throws IOException {
    Table table = open("a\tb, c\td\n1\t2,5\t3\n");
    assertThat(Tables.texts(table, List.of("a", "b, c", "d")))
        .containsExactly(List.of("1", "2,5", "3"));
  }

  @Test
  void theContentTellsTheFormatAndNotTheName() throws IOException {
    Path file = folder.resolve("really-csv.parquet");
    Files.writeString(file, "a\n1\n");
    assertThat(Tables.numbers(TableFiles.open(file, "t"), "a")).containsExactly(1.0);
  }

  @Test
  void compressedTextIsExpanded() throws IOException {
    Path file = folder.resolve("t.csv.gz");
    Files.write(file, gzip("\uFEFFa,b\n1,x\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(Tables.texts(TableFiles.open(file, "t"), List.of("a", "b")))
        .containsExactly(List.of("1", "x"));
  }

  @Test
  void aCutOffCompressedFileIsBadInput() throws IOException {
    byte[] whole = gzip("a,b\n1,x\n".repeat(5000).getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("t.csv.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> Tables.texts(TableFiles.open(file, "t"), List.of("a")))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage("t: the gzip file is cut off or damaged");
  }

  @Test
  void aColumnIsNumericWhereEveryValueIsANumber() throws IOException {
    Table table =
        open(
            """
            n,e,blank,code,mixed,truth
            1,1e-3,,007,3,true
            -2.5,+.5E+2, ,123,x,false
            NaN,Infinity,,9,4,true
            """);
    assertThat(table.schema().fields().stream().map(f -> f.type()))
        .containsExactly(
            ColumnType.NUMBER,
            ColumnType.NUMBER,
            ColumnType.NUMBER,
            ColumnType.TEXT,
            ColumnType.TEXT,
            ColumnType.TEXT);
    assertThat(Tables.numbers(table, "e")).containsExactly(0.001, 50.0, Double.POSITIVE_INFINITY);
    assertThat(Tables.numbers(table, "blank")).containsExactly(null, null, null);
    assertThat(Tables.numbers(table, "code")).containsExactly(7.0, 123.0, 9.0);
  }

  @Test
  void aLateTextMakesTheColumnText() throws IOException {
    String rows = "5\n".repeat(100_000);
    assertThat(open("a\n" + rows).schema().fields().getFirst().type()).isEqualTo(ColumnType.NUMBER);
    assertThat(open("a\n" + rows + "five\n").schema().fields().getFirst().type())
        .isEqualTo(ColumnType.TEXT);
  }

  @Test
  void aNumberAskedAsTextComesInItsShortestForm() throws IOException {
    Table table = open("a,b,c\n1.0,007,12345678901234567890\n0.50,010,1\n1e3,1.0,-2\n ,x,\n");
    assertThat(Tables.texts(table, List.of("a", "b", "c")))
        .containsExactly(
            List.of("1", "007", "12345678901234567890"),
            List.of("0.5", "010", "1"),
            List.of("1000", "1.0", "-2"),
            List.of("-", "x", "-"));
  }

  @Test
  void longFilesComeInBatchesThatJoin() throws IOException {
    var text = new StringBuilder("k,t\n");
    for (int k = 0; k < 100_000; k++) {
      text.append(k).append(",g").append(k % 3).append('\n');
    }
    List<List<String>> rows = Tables.texts(open(text.toString()), List.of("t", "k"));
    assertThat(rows).hasSize(100_000);
    assertThat(rows.get(99_999)).containsExactly("g0", "99999");
    assertThat(rows.get(32_768)).containsExactly("g2", "32768");
  }

  @Test
  void aHeaderAloneIsAnEmptyTable() throws IOException {
    Table table = open("a,b\n");
    assertThat(table.schema().names()).containsExactly("a", "b");
    assertThat(Tables.texts(table, List.of("a", "b"))).isEmpty();
  }

  @Test
  void emptyLinesAreMissingValuesOfTheOnlyColumnAndNothingAtTheEnd() throws IOException {
    assertThat(Tables.texts(open("a\nx\n\n\"\"\ny\n"), List.of("a")))
        .containsExactly(List.of("x"), List.of("-"), List.of("-"), List.of("y"));
    assertThat(Tables.texts(open("a,b\nx,y\n\n\n"), List.of("a"))).containsExactly(List.of("x"));
  }

  @Test
  void theSameColumnCanBeSelectedTwice() throws IOException {
    Table table = open("a\n1.50\n");
    assertThat(Tables.rows(table, List.of(Selection.number("a"), Selection.text("a"))))
        .containsExactly(List.of("1.5", "1.5"));
  }

  @Test
  void theDigestIsThatOfTheBytes() throws IOException {
    assertThat(open("a\n1\n").digest()).isEqualTo(Digest.of("a\n1\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b\\n1,2\\n3| t: row 2: has 1 fields where the header has 2",
        "a,b\\n1,2,3\\n| t: row 1: has 3 fields",
        "a,b\\n1,\"2\\n3,4\\n| t: row 1: a quote is opened and not closed",
        "a,b\\n1,\"2\"x\\n| t: row 1: text after a closing quote",
        "a,b\\n1,2\\n\\n3,4\\n| t: row 3: follows an empty line",
        "a,b\\n1,2\\r3,4\\n| t: row 1: a carriage return without a line feed",
        "a,b\\n1,\\0\\n| t: row 1: a NUL byte",
        "a,b\\n1,\"\\0\"\\n| t: row 1: a NUL byte",
        "a,a\\n1,2\\n| t: header: column 'a' occurs twice",
        ",a\\n1,2\\n| t: header: column 1 has no name",
        "\\n1\\n| t: header: no column names",
        "a,b\\n1,x\\n2,\\xff\\n| t: row 2: bytes that are not UTF-8",
        "a,b\\n1,x\\n2,\\xc3| t: row 2: bytes that are not UTF-8",
      })
  void whatIsNotCsvIsRejectedWithItsRow(String text, String message) throws IOException {
    String raw =
        text.replace("\\n", "\n")
            .replace("\\r", "\r")
            .replace("\\0", "\0")
            .replace("\\xff", "ÿ")
            .replace("\\xc3", "Ã");
    Path file = folder.resolve("t.csv");
    Files.write(file, raw.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Tables.texts(TableFiles.open(file, "t"), List.of("b")))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> TableFiles.open(file, "t").schema())
        .isInstanceOf(DataInvalidException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void textAmongNumbersIsNamedByColumnAndRowAndNotByValue() throws IOException {
    Table table = open("age,x\n61,1\nsixty-two,1\n");
    assertThatThrownBy(() -> Tables.numbers(table, "age"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage("t: column 'age', row 2: text where a number belongs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7.35 mmol/l | a unit beside a number; write the number alone, with a decimal point",
        "12% | a unit beside a number; write the number alone, with a decimal point",
        "1 200 | a sign between the thousands of a number; write the digits alone",
        "1'200.5 | a sign between the thousands of a number; write the digits alone",
        "<5 | text where a number belongs",
      })
  void aNumberWrittenAsTextIsToldByWhatIsBesideIt(String value, String told) throws IOException {
    Table table = open("age,x\n61,1\n" + value + ",1\n");
    assertThatThrownBy(() -> Tables.numbers(table, "age"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage("t: column 'age', row 2: " + told);
  }

  /// As spreadsheets write it where the comma is in numbers: they have to be written with a point.
  @Test
  void theHeaderTellsSemicolonsFromCommas() throws IOException {
    Table table = open("\"age; years\";risk, %;sex\n61;0.5;F\n");
    assertThat(table.schema().names()).containsExactly("age; years", "risk, %", "sex");
    assertThat(Tables.rows(table, List.of(Selection.number("risk, %"), Selection.text("sex"))))
        .containsExactly(List.of("0.5", "F"));
    Table commas = open("age;risk\n61;0.5\n62;0,7\n");
    assertThatThrownBy(() -> Tables.numbers(commas, "risk"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage(
            "t: column 'risk', row 2: a comma in a number; write decimals with a point, and"
                + " thousands without a sign");
  }

  @Test
  void aMissingColumnIsNamedBesideThoseThatAreThere() throws IOException {
    Table table = open("age,sex\n61,F\n");
    assertThatThrownBy(() -> table.read(List.of(Selection.number("Age"))))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage("t: no column 'Age'; it has age, sex");
  }

  @Test
  void aHugeFieldIsRejectedBeforeItIsKept() throws IOException {
    String big = "x".repeat((1 << 20) + 1);
    for (String field : List.of(big, "\"" + big + "\"", "\"" + big)) {
      assertThatThrownBy(() -> open("a,b\n1,2\n3," + field + "\n").schema())
          .isInstanceOf(DataInvalidException.class)
          .hasMessage("t: row 2: a field longer than 1048576 bytes");
    }
    String most = "y".repeat(1 << 20);
    assertThat(Tables.texts(open("a\n" + most + "\n"), List.of("a")).getFirst().getFirst())
        .isEqualTo(most);
  }

  @Test
  void tooManyColumnsAreRejected() {
    assertThatThrownBy(() -> open("c,".repeat(10_000) + "c\n"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage("t: header: more than 10000 columns");
  }

  @Test
  void filesThatAreNotTablesAreToldApart() throws IOException {
    assertThatThrownBy(() -> open(""))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("the file is empty");
    assertThatThrownBy(() -> open("PK\3\4..."))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("spreadsheet");
    assertThatThrownBy(() -> TableFiles.open(folder.resolve("none"), "s3://b/none"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessage("s3://b/none: there is no such file");
    assertThatThrownBy(() -> TableFiles.open(folder, "t"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("is a directory");
    Path wide = folder.resolve("wide.csv");
    Files.write(wide, "a,b\n".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> TableFiles.open(wide, "t"))
        .isInstanceOf(DataInvalidException.class)
        .hasMessageContaining("UTF-8");
  }

  private Table open(String text) throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, text);
    return TableFiles.open(file, "t");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
