package org.primum.table;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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
