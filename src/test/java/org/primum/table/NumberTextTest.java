package org.primum.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.table.NumberText.Kind;

/// The platform's own parser is the judge of values, a list by hand that of forms.
final class NumberTextTest {

  private final NumberText number = new NumberText();

  @Property(tries = 20_000)
  void everyDoubleReadsBackToItself(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    assertThat(number.parse(Double.toString(value))).isEqualTo(Kind.NUMBER);
    assertThat((Object) number.value()).isEqualTo(value);
  }

  @Property(tries = 20_000)
  void decimalsAreTheNearestDouble(@ForAll long digits, @ForAll short exponent) {
    for (String text :
        new String[] {
          digits % 1_000_000 + "." + Math.abs(digits % 977),
          digits + "e" + exponent % 30,
          digits % 100_000 + "E" + exponent % 400,
          "." + Math.abs(digits % 1_000_003)
        }) {
      assertThat(number.parse(text)).isIn(Kind.NUMBER, Kind.PADDED);
      assertThat(number.value()).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @Property(tries = 50_000)
  void scoresAndWeightsOf17DigitsAreTheNearestDouble(
      @ForAll @LongRange(min = 1) long digits, @ForAll @IntRange(max = 42) int places) {
    String text = Long.toString(digits % 100_000_000_000_000_000L);
    String small = "0." + "0".repeat(places) + text;
    assertThat(number.parse(small)).isEqualTo(Kind.NUMBER);
    assertThat(number.value()).as(small).isEqualTo(Double.parseDouble(small));
  }

  /// Odd whole numbers of 54 bits lie half way between two doubles; more of them by powers of two.
  @Property(tries = 20_000)
  void halfWaysGoToTheEvenDouble(
      @ForAll @LongRange(min = 1L << 52, max = (1L << 53) - 1) long half,
      @ForAll @IntRange(max = 5) int twos) {
    BigInteger whole = BigInteger.valueOf(2 * half + 1).shiftLeft(twos);
    for (String text :
        new String[] {
          whole.toString(),
          new BigDecimal(whole).movePointLeft(1).toPlainString(), // a tie only by chance
          new BigDecimal(BigInteger.valueOf(2 * half + 1)).divide(BigDecimal.TWO).toPlainString()
        }) {
      assertThat(number.parse(text)).isEqualTo(Kind.NUMBER);
      assertThat(number.value()).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @Test
  void theKindAloneLeavesTheValue() {
    byte[] text = "12 3.5 x 07".getBytes(StandardCharsets.US_ASCII);
    number.parse("42");
    assertThat(number.kind(text, 3, 3)).isEqualTo(Kind.NUMBER);
    assertThat(number.kind(text, 7, 1)).isEqualTo(Kind.TEXT);
    assertThat(number.kind(text, 9, 2)).isEqualTo(Kind.PADDED);
    assertThat(number.value()).isEqualTo(42);
    assertThat(number.parse(text, 3, 3)).isEqualTo(Kind.NUMBER);
    assertThat(number.value()).isEqualTo(3.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+5",
        "5.",
        ".5",
        " 7 ",
        "1e5",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "0.0"
      })
  void theseAreNumbers(String text) {
    assertThat(number.parse(text)).isEqualTo(Kind.NUMBER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1f",
        "1d",
        "0x10",
        "1_000",
        "1,5",
        ".",
        "-",
        "e5",
        "1e",
        "1e+",
        "--1",
        "1 2",
        "NA",
        "٣",
        "1.2.3",
        "null",
        "infinite"
      })
  void theseAreText(String text) {
    assertThat(number.parse(text)).isEqualTo(Kind.TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void theseAreBlank(String text) {
    assertThat(number.parse(text)).isEqualTo(Kind.BLANK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"007", "-01", "00", "01.5"})
  void leadingZerosAreTold(String text) {
    assertThat(number.parse(text)).isEqualTo(Kind.PADDED);
    assertThat(number.value()).isEqualTo(Double.parseDouble(text));
  }
}
