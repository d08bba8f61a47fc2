package org.primum.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.primum.privacy.noise.DiscreteGaussian;
import org.primum.privacy.noise.DiscreteLaplace;
import org.primum.privacy.noise.Rational;

/// Against testdata/privacy/sensitivity.json: exact rationals, brute-forced over all small pairs of
/// neighbouring datasets, beside opendp 0.16.0. Rows of statistics that dp-noise does not offer
/// (public n, variance, quantiles, clipped vectors) are left out.
final class SensitivityTest {

  @Test
  void agreesWithEveryBruteForcedRowOfAnOfferedStatistic() {
    int checked = 0;
    for (JsonNode row : Oracle.read("sensitivity.json").get("rows")) {
      Relation relation = relation(row);
      boolean exactlyK = row.get("unit").asText().contains("exactly");
      for (JsonNode example : row.get("examples")) {
        boolean unused = exactlyK || example.path("norm").asText().equals("Linf");
        Optional<Sensitivity> ours =
            unused ? Optional.empty() : derive(row.get("statistic").asText(), relation, example);
        if (ours.isPresent()) {
          assertThat(norm(ours.get(), example.path("norm").asText("L1")))
              .as(row + "")
              .isEqualTo(example.get("value").asText());
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(54);
  }

  private static Relation relation(JsonNode row) {
    return row.get("relation").asText().equals("replace-one")
        ? Relation.REPLACE_ONE
        : Relation.ADD_REMOVE;
  }

  private static Optional<Sensitivity> derive(String name, Relation relation, JsonNode example) {
    int k = example.path("k").asInt(1);
    return switch (name) {
      case "count of rows" -> Optional.of(Sensitivity.of(new Statistic.Rows(), relation, k));
      case "count of patients" ->
          Optional.of(Sensitivity.of(new Statistic.Patients(), relation, k));
      case "clamped sum" -> Optional.of(Sensitivity.of(sum(example), relation, k));
      case "histogram, disjoint cells", "confusion table per group (one cell per patient)" ->
          Optional.of(Sensitivity.of(new Statistic.Cells(4), relation, k));
      case "histogram, <=l0 cells, <=linf each" ->
          example.get("l0").asInt() == 1
              ? Optional.of(
                  Sensitivity.of(new Statistic.Cells(4), relation, example.get("linf").asInt()))
              : Optional.empty();
      case "mean of (x-mid), n private" -> Optional.of(centered(relation, example));
      default -> Optional.empty();
    };
  }

  private static Statistic sum(JsonNode example) {
    return new Statistic.ClampedSum(
        BigInteger.valueOf(example.get("L").asLong()),
        BigInteger.valueOf(example.get("U").asLong()));
  }

  /// [L, U] around its middle is [-(U-L)/2, (U-L)/2].
  private static Sensitivity centered(Relation relation, JsonNode example) {
    long half = (example.get("U").asLong() - example.get("L").asLong()) / 2;
    Statistic sum = new Statistic.ClampedSum(BigInteger.valueOf(-half), BigInteger.valueOf(half));
    return Sensitivity.of(sum, relation, example.get("k").asInt());
  }

  private static String norm(Sensitivity sensitivity, String norm) {
    return switch (norm) {
      case "L1" -> sensitivity.l1().toString();
      case "L2^2" -> sensitivity.l2Squared().toString();
      default -> throw new AssertionError(norm);
    };
  }

  /// Row "confusion table for overlapping attributes": one vector of 3 tables has L1 = 3, so a loss
  /// of 3 epsilon needs scale 1 / epsilon; three queries of epsilon each are the same noise and the
  /// same loss.
  @Test
  void tablesOfOverlappingAttributesPayEachForItself() {
    var each = new PrivacyLoss.Pure(new BigDecimal("0.5"));
    var table = Sensitivity.of(new Statistic.Cells(8), Relation.ADD_REMOVE, 1);
    var asVector = Rational.of(3).dividedBy(Rational.of(new BigDecimal("1.5")));
    assertThat(Mechanism.of(table, each).noise()).isEqualTo(new DiscreteLaplace(asVector));
  }

  /// privacyMaps of mechanisms.json, row 3: scale 10 at sensitivity 3 is epsilon 0.3, and sigma 10
  /// is rho 0.045.
  @Test
  void noiseIsExactlyWhatTheLossNeeds() {
    var three = new Sensitivity(BigInteger.valueOf(3), BigInteger.valueOf(9));
    assertThat(Mechanism.of(three, new PrivacyLoss.Pure(new BigDecimal("0.3"))).noise())
        .isEqualTo(new DiscreteLaplace(Rational.of(10)));
    var zcdp = new PrivacyLoss.ZeroConcentrated(new BigDecimal("0.045"));
    assertThat(((DiscreteGaussian) Mechanism.of(three, zcdp).noise()).sigma2())
        .isEqualTo(Rational.of(100));
  }

  @Test
  void aPublicAnswerNeedsNoNoiseAndIsNotOfferedSome() {
    var patients = Sensitivity.of(new Statistic.Patients(), Relation.REPLACE_ONE, 1);
    var loss = new PrivacyLoss.Pure(BigDecimal.ONE);
    assertThatThrownBy(() -> Mechanism.of(patients, loss)).hasMessageContaining("needs no budget");
  }
}
