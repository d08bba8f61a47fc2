package org.primum.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.primum.privacy.noise.DiscreteGaussian;
import org.primum.privacy.noise.DiscreteLaplace;
import org.primum.privacy.noise.IntegerNoise;
import org.primum.privacy.noise.Rational;

/// Against testdata/privacy/mechanisms.json (mpmath 1.4.1, 60 digits).
final class AccuracyTest {

  private static final JsonNode MECHANISMS = Oracle.read("mechanisms.json");

  /// 30 rows: scales 0.5 to 100 and more, alpha 0.5 to 1e-6.
  @Test
  void theSmallestTailIsTheOneOfTheDiscreteDistribution() {
    for (JsonNode row : MECHANISMS.get("accuracy")) {
      var scale = new BigDecimal(row.get("scale").asText());
      double alpha = row.get("alpha").asDouble();
      holds(row, "discreteLaplace", new DiscreteLaplace(Rational.of(scale)), alpha);
      var sigma2 = Rational.of(scale.multiply(scale));
      holds(row, "discreteGaussian", new DiscreteGaussian(sigma2), alpha);
    }
    assertThat(MECHANISMS.get("accuracy")).hasSize(30);
  }

  private static void holds(JsonNode row, String mechanism, IntegerNoise noise, double alpha) {
    var expected = new BigInteger(row.get(mechanism).get("smallestKwithP(|X|>=k)<=alpha").asText());
    assertThat(Accuracy.smallestTail(noise, alpha)).as(row.toString()).isEqualTo(expected);
    assertThat(Accuracy.tail(noise, expected.doubleValue()))
        .isCloseTo(row.get(mechanism).get("P(|X|>=k)").asDouble(), within(1e-12));
  }

  /// `tailAtLeast` is one-sided, P(X >= k).
  @Test
  void tailsAreRightFromTheNarrowestToTheWidestNoise() {
    for (JsonNode row : MECHANISMS.get("distributions")) {
      IntegerNoise noise =
          row.has("scale")
              ? new DiscreteLaplace(Rational.of(new BigDecimal(row.get("scale").asText())))
              : new DiscreteGaussian(Rational.of(new BigDecimal(row.get("sigma2").asText())));
      for (Map.Entry<String, JsonNode> tail : row.get("tailAtLeast").properties()) {
        double expected = 2 * tail.getValue().asDouble();
        assertThat(Accuracy.tail(noise, Double.parseDouble(tail.getKey())))
            .as(row.get("id").asText() + " at " + tail.getKey())
            .isCloseTo(expected, within(1e-9 * expected));
      }
    }
  }

  /// P(|X| >= 4) = 0.0268 and P(|X| >= 3) = 0.0728 for scale 1 (row 1, 0.05): the interval of 95 %
  /// is the noisy count and three to each side.
  @Test
  void theHalfWidthIsOneLessThanTheTail() {
    assertThat(Accuracy.halfWidth(new DiscreteLaplace(Rational.of(1)), 0.95)).isEqualTo(3);
  }
}
