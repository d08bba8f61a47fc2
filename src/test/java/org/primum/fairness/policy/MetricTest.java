package org.primum.fairness.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.gate.ConfigInvalidException;

/// The catalogue: names that other tools use for the same number, and texts that are all there.
final class MetricTest {

  @Test
  void noNameMeansTwoMetrics() {
    List<String> names =
        Arrays.stream(Metric.values())
            .flatMap(metric -> Stream.concat(Stream.of(metric.id()), metric.aliases().stream()))
            .toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void everyTextIsThereAndEveryRangeRunsUpward(Metric metric) {
    assertThat(
            List.of(
                metric.id(),
                metric.meaning(),
                metric.formula(),
                metric.denominator(),
                metric.undefined(),
                metric.source()))
        .allSatisfy(text -> assertThat(text).isNotBlank());
    assertThat(metric.id()).matches("[a-z][a-z0-9_]*");
    assertThat(metric.low()).isLessThan(metric.high());
  }

  @ParameterizedTest
  @CsvSource({
    "recall, tpr",
    "sensitivity, tpr",
    "specificity, tnr",
    "miss_rate, fnr",
    "precision, ppv",
    "prevalence, base_rate",
    "pprev, selection_rate",
    "ppr, predicted_positive_share",
    "roc_auc, auroc",
    "auc, auroc",
    "average_precision, auprc",
    "matthews_corrcoef, mcc",
    "kappa, cohen_kappa",
    "number_needed_to_alert, nnt_alert",
    "mean_residual, bias"
  })
  void namesOfOtherToolsAreEchoedAsOurs(String name, String id) {
    assertThat(MetricRef.parse(name).orElseThrow().id()).isEqualTo(id);
  }

  @Test
  void theNumberBehindTheNameIsKept() {
    assertThat(MetricRef.parse("need_gap@0.97").orElseThrow().id()).isEqualTo("need_at@0.97");
    assertThat(MetricRef.parse("net_benefit@0.2").orElseThrow().at()).isEqualTo(0.2);
    assertThat(MetricRef.parse("no_such_metric")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"need_at", "tpr@0.5", "access_share@1", "net_benefit@0", "ece@x"})
  void aNumberThatIsMissingOrTooMuchIsRefused(String name) {
    assertThatThrownBy(() -> MetricRef.parse(name)).isInstanceOf(ConfigInvalidException.class);
  }

  @Test
  void onlyWhatIsMadeOfScoresNeedsThem() {
    assertThat(Arrays.stream(Metric.values()).filter(Metric::needsScore))
        .contains(Metric.AUROC, Metric.O_E, Metric.NET_BENEFIT, Metric.NEED_AT)
        .doesNotContain(Metric.NNT_ALERT, Metric.TPR, Metric.MAE, Metric.KL);
  }
}
