package org.primum.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ZcdpConversionTest {

  /// testdata/privacy/accounting.json, rows zcdp: mpmath 1.4.1, opendp 0.16.0 agrees to 2 ulp.
  @Test
  void epsilonIsTheOptimalOneAndNeverBelowIt() {
    int checked = 0;
    for (JsonNode row : Oracle.read("accounting.json").get("zcdp")) {
      double rho = row.get("rho").asDouble();
      for (Map.Entry<String, JsonNode> tight : row.get("tight").properties()) {
        double expected = tight.getValue().asDouble();
        double ours = ZcdpConversion.epsilon(rho, Double.parseDouble(tight.getKey()));
        assertThat(ours).isBetween(expected, expected * (1 + 1e-10) + 1e-12);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(33);
  }

  @Test
  void rejectsRhoAndDeltaOutsideTheirRanges() {
    for (double rho : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> ZcdpConversion.epsilon(rho, 1e-6)).hasMessageContaining("rho");
    }
    for (double delta : new double[] {0, 1, -1, 2, Double.NaN}) {
      assertThatThrownBy(() -> ZcdpConversion.epsilon(1, delta)).hasMessageContaining("delta");
    }
  }
}
