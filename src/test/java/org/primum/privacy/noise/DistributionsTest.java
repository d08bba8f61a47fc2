package org.primum.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.primum.privacy.Oracle;

/// Draws against the probabilities, bins and critical values of testdata/privacy/mechanisms.json
/// (mpmath 1.4.1, 60 digits). Seeded, so each test passes or fails for ever; under a new seed a
/// right sampler fails with probability 1e-6 a test.
@Tag("statistical")
final class DistributionsTest {

  private static final int DRAWS = 300_000;
  private static final JsonNode MECHANISMS = Oracle.read("mechanisms.json");

  @TestFactory
  Stream<DynamicTest> drawsFollowTheExactProbabilities() {
    return elements(MECHANISMS.get("distributions"))
        .map(row -> dynamicTest(row.get("id").asText(), () -> agrees(row)));
  }

  private static void agrees(JsonNode row) {
    var bits = new InsecureTestBits(20260806);
    IntegerNoise noise = noise(row);
    if (row.get("minBinP").asDouble() * DRAWS >= 5) {
      assertThat(chiSquare(row, () -> noise.draw(bits))).isLessThan(critical(row));
    } else {
      // sigma2 = 0.04: P(noise is not 0) = 3.7e-6, so 1.1 of 300,000 are expected and more than 12
      // come with probability 1e-9 (Poisson).
      assertThat(Stream.generate(() -> noise.draw(bits)).limit(DRAWS).filter(x -> x.signum() != 0))
          .hasSizeLessThanOrEqualTo(12);
    }
  }

  private static IntegerNoise noise(JsonNode row) {
    return row.get("mechanism").asText().equals("discrete-laplace")
        ? new DiscreteLaplace(Rational.of(new BigDecimal(row.get("scale").asText())))
        : new DiscreteGaussian(Rational.of(new BigDecimal(row.get("sigma2").asText())));
  }

  @Test
  void theLongAndTheBigIntegerPathAreOneDistribution() {
    var bits = new InsecureTestBits(7);
    JsonNode laplace = row("discrete-laplace-scale0.5");
    Supplier<BigInteger> half = () -> DiscreteLaplace.large(BigInteger.ONE, BigInteger.TWO, bits);
    assertThat(chiSquare(laplace, half)).isLessThan(critical(laplace));
    JsonNode gaussian = row("discrete-gaussian-sigma22.25");
    var noise = new DiscreteGaussian(Rational.of(new BigDecimal("2.25")));
    assertThat(chiSquare(gaussian, () -> noise.drawLarge(bits))).isLessThan(critical(gaussian));
  }

  /// A mutation the test has to see: sigma2 a tenth too small.
  @Test
  void aTenthLessNoiseIsSeen() {
    var bits = new InsecureTestBits(7);
    var noise = new DiscreteGaussian(Rational.of(new BigDecimal("0.9")));
    JsonNode row = row("discrete-gaussian-sigma21");
    assertThat(chiSquare(row, () -> noise.draw(bits))).isGreaterThan(critical(row));
  }

  @TestFactory
  Stream<DynamicTest> coinsShowTrueWithProbabilityExpMinusX() {
    return MECHANISMS.get("primitives").get("bernoulliExpMinus").properties().stream()
        .map(entry ->
            dynamicTest(
                entry.getKey(),
                () -> coin(new BigDecimal(entry.getKey()), entry.getValue().asDouble())));
  }

  private static void coin(BigDecimal x, double probability) {
    var bits = new InsecureTestBits(3);
    var exponent = Rational.of(x);
    long shown = 0;
    for (int i = 0; i < DRAWS; i++) {
      shown += BernoulliExp.draw(exponent, bits) ? 1 : 0;
    }
    double slack = 4.9 * Math.sqrt(DRAWS * probability * (1 - probability));
    assertThat(Math.abs(shown - DRAWS * probability)).isLessThanOrEqualTo(slack);
  }

  @Test
  void rejectsScalesThatAreNotAboveZero() {
    assertThatThrownBy(() -> new DiscreteLaplace(Rational.ZERO))
        .hasMessage("a noise scale must be above zero, got 0");
    assertThatThrownBy(() -> new DiscreteGaussian(Rational.of(-1)))
        .hasMessage("sigma2 must be above zero, got -1");
    var bits = new InsecureTestBits(1);
    assertThatThrownBy(() -> BernoulliExp.draw(Rational.of(-1), bits))
        .hasMessageContaining("x >= 0");
  }

  private static JsonNode row(String id) {
    return elements(MECHANISMS.get("distributions"))
        .filter(row -> row.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static double critical(JsonNode row) {
    return row.get("chi2").get("crit1e-6").asDouble();
  }

  private static double chiSquare(JsonNode row, Supplier<BigInteger> draw) {
    JsonNode bins = row.get("bins");
    BigInteger[] upper = new BigInteger[bins.size() - 1];
    for (int i = 0; i < upper.length; i++) {
      upper[i] = new BigInteger(bins.get(i).get("hi").asText());
    }
    long[] counts = new long[bins.size()];
    for (int i = 0; i < DRAWS; i++) {
      counts[bin(upper, draw.get())]++;
    }
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = bins.get(i).get("p").asDouble() * DRAWS;
      sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    return sum;
  }

  private static int bin(BigInteger[] upper, BigInteger value) {
    int bin = 0;
    while (bin < upper.length && value.compareTo(upper[bin]) > 0) {
      bin++;
    }
    return bin;
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
