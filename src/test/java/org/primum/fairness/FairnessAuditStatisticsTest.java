package org.primum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.fairness.metric.Estimate;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.statistics.Proportion;
import org.primum.fairness.statistics.ProportionIntervals;
import org.primum.gate.Interval.Bounds;
import org.primum.gate.Status;

/// What the decisions promise on average, on cohorts drawn from populations whose truth is known
/// ([Cohorts]). All draws are seeded, so a result never changes. The probabilities say how unlucky
/// a right implementation would have to be with another seed: all tests of this class together
/// would fail with probability below .03. Larger runs, by `make simulate`, are in
/// docs/fairness-simulations.md.
@Tag("statistical")
final class FairnessAuditStatisticsTest {

  private static final int COHORTS = 2000;

  /// Of 2,000 cohorts that each fail with probability .05 more than 6.5 % fail with probability
  /// below .001 (normal bound, 3.1 standard deviations of .0049).
  private static final double FIVE_PERCENT = .065;

  /// Two rules at the limit 0, where a false alarm is likeliest: fourteen comparisons of eight
  /// groups, those of enough patients judged. Twelve cells, each below .001.
  @ParameterizedTest
  @CsvSource({
    "exclude-harm, 2000, .1", "exclude-harm, 20000, .1", "exclude-harm, 200000, .1",
    "exclude-harm, 2000, .4", "exclude-harm, 20000, .4", "exclude-harm, 200000, .4",
    "show-safe, 2000, .1", "show-safe, 20000, .1", "show-safe, 200000, .1",
    "show-safe, 2000, .4", "show-safe, 20000, .4", "show-safe, 200000, .4"
  })
  void accusesAFairModelInAtMostFivePercent(String decide, int n, double baseRate) {
    FairnessPolicy policy =
        Simulation.us(
            "metric: tpr, compare: difference, min: 0, decide: " + decide,
            "metric: fpr, compare: difference, max: 0, decide: " + decide);
    Cohorts fair = Cohorts.us(n, baseRate, .70, .10);
    assertThat(Simulation.of(policy, fair, COHORTS, n + 17).failed()).isLessThan(FIVE_PERCENT);
  }

  /// The same at rates close to 0 and 1, where counts are skewed and Newcombe's interval accuses a
  /// fair model in 5.6 and 7.6 % ([CoverageTest]). Three cells, each below .001.
  @ParameterizedTest
  @CsvSource({".95, .02, 20000", ".98, .01, 20000", ".95, .02, 200000"})
  void soItDoesWhereRatesAreCloseToZeroAndOne(double tpr, double fpr, int n) {
    FairnessPolicy policy =
        Simulation.us(
            "metric: tpr, compare: difference, min: 0, decide: exclude-harm",
            "metric: fpr, compare: difference, max: 0, decide: exclude-harm");
    Cohorts fair = Cohorts.us(n, .4, tpr, fpr);
    assertThat(Simulation.of(policy, fair, COHORTS, n + 19).failed()).isLessThan(.035);
  }

  /// The other comparisons, at parity. Two limits are one place among the comparisons ([Place]),
  /// and both tails are paid for. Fourteen cells, each below .001.
  @ParameterizedTest
  @CsvSource({
    "'metric: tpr, compare: ratio, min: 1'",
    "'metric: tpr, compare: max_min, max: 0'",
    "'metric: selection_rate, compare: min_max_ratio, min: 1'",
    "'metric: tpr, compare: vs_rest, min: 0, max: 0'",
    "'metric: tpr, compare: difference, equals: 0'",
    "'metric: fpr, compare: none, min: 0.1, max: 0.1'",
    "'metric: ppv, compare: vs_overall, min: 0, max: 0'"
  })
  void soDoTheOtherComparisons(String rule) {
    FairnessPolicy policy = Simulation.us(rule + ", decide: exclude-harm");
    for (int n : new int[] {2_000, 20_000}) {
      Cohorts fair = Cohorts.us(n, .4, .70, .10);
      assertThat(Simulation.of(policy, fair, COHORTS, n + 23).failed()).isLessThan(FIVE_PERCENT);
    }
  }

  /// Default limits: a fair model is all but never accused, and with enough patients it is shown
  /// safe. Below .001 each.
  @Test
  void showSafePassesAFairModelOnceItCanKnow() {
    FairnessPolicy policy = Simulation.us("metric: fpr, compare: difference, max: 0.10");
    Cohorts fair = Cohorts.us(200_000, .1, .70, .10);
    Simulation large = Simulation.of(policy, fair, COHORTS, 5);
    assertThat(large.failed()).isLessThan(.005);
    assertThat(large.share(Status.PASS)).isGreaterThan(.99);
    Simulation small = Simulation.of(policy, Cohorts.us(2_000, .1, .70, .10), COHORTS, 6);
    assertThat(small.failed()).isLessThan(.005);
    assertThat(small.share(Status.PASS)).isZero();
  }

  /// The group with a gap as large as the limit is itself called safe in at most 5 %, whatever the
  /// others: below .001.
  @ParameterizedTest
  @ValueSource(ints = {2_000, 20_000, 200_000})
  void showSafeRarelyPassesAGapAtTheLimit(int n) {
    FairnessPolicy policy = Simulation.us("metric: tpr, compare: difference, min: -0.10");
    Cohorts unsafe = Cohorts.us(n, .4, .70, .10).withTpr("Black", .60);
    Simulation simulation = Simulation.of(policy, unsafe, "g=Black", COHORTS, n + 31);
    assertThat(simulation.share(Status.PASS)).isLessThan(FIVE_PERCENT);
    FairnessPolicy both = Simulation.us("metric: tpr, compare: difference, min: -0.10, max: 0.10");
    Simulation within = Simulation.of(both, unsafe, "g=Black", COHORTS, n + 37);
    assertThat(1.0 * within.counts().getOrDefault(Status.PASS, 0) / (2 * COHORTS))
        .as("its lower limit shown safe; the upper one is")
        .isLessThan(.5 + FIVE_PERCENT / 2);
  }

  /// The same fair cohorts under the field's point rules. An independent simulation (numpy, eight
  /// groups, base rate .4 and .1) had 95.6 % and 96.7 % at 2,000 and 22.6 % and 93.9 % at 20,000 of
  /// other operating points. Below .001.
  @Test
  void pointRulesAccuseAFairModelMostly() {
    FairnessPolicy parity =
        Simulation.five(
            Simulation.LOOSE, "metric: tpr, compare: max_min, max: 0.10, decide: point");
    assertThat(Simulation.of(parity, Cohorts.five(2_000, .70), COHORTS, 7).failed())
        .isGreaterThan(.85);
    FairnessPolicy fourFifths =
        Simulation.us("metric: selection_rate, compare: min_max_ratio, min: 0.80, decide: point");
    assertThat(Simulation.of(fourFifths, Cohorts.us(20_000, .1, .70, .10), COHORTS, 8).failed())
        .isGreaterThan(.20);
  }

  /// An independent simulation of the same gates in numpy (2,000 cohorts, 20,000 where intervals
  /// decide, by the same intervals; five groups, base rate .15, TPR .70 or .55 in the group of 7 %)
  /// counted these shares, in percent, of 2,000, 10,000 and 100,000 people. Two shares of 2,000
  /// cohorts differ by more than 3.3 standard deviations and rounding with probability below .001;
  /// with 42 shares below .042, most of which are 0 or 100 % and cannot differ, so below .02.
  @ParameterizedTest
  @CsvSource({
    "DPD,          FAIL, 19.1, 0.0, 0.0, 19.8, 0.1, 0.0",
    "EOPP,         FAIL, 91.5, 42.5, 0.1, 96.4, 96.0, 100.0",
    "DPR,          FAIL, 83.5, 22.7, 0.0, 84.6, 44.1, 1.7",
    "HARM,         FAIL, 2.3, 2.6, 2.7, 14.0, 70.5, 100.0",
    "HARM5,        FAIL, 0.5, 0.1, 0.0, 5.7, 30.6, 100.0",
    "SAFE,         FAIL, 0.0, 0.0, 0.0, 0.1, 6.3, 73.5",
    "SAFE,         PASS, 0.0, 0.0, 95.6, 0.0, 0.0, 0.0"
  })
  void agreesWithAnIndependentSimulation(
      String gate,
      Status status,
      double fair2,
      double fair10,
      double fair100,
      double gap2,
      double gap10,
      double gap100) {
    FairnessPolicy policy = gate(gate);
    int[] people = {2_000, 10_000, 100_000};
    double[] fair = {fair2, fair10, fair100};
    double[] gap = {gap2, gap10, gap100};
    for (int i = 0; i < people.length; i++) {
      same(policy, Cohorts.five(people[i], .70), status, fair[i] / 100);
      same(policy, Cohorts.five(people[i], .55), status, gap[i] / 100);
    }
  }

  private static void same(FairnessPolicy policy, Cohorts cohorts, Status status, double theirs) {
    double ours = Simulation.of(policy, cohorts, COHORTS, 41).share(status);
    double middle = Math.clamp((ours + theirs) / 2, .0005, .9995);
    double error = 3.3 * Math.sqrt(2) * Simulation.error(middle, COHORTS) + .0005;
    assertThat(ours)
        .as(cohorts.groups().getFirst().people() + " " + cohorts.groups().get(3).tpr())
        .isBetween(theirs - error, theirs + error);
  }

  /// The gates of the other simulation in our words.
  static FairnessPolicy gate(String name) {
    return switch (name) {
      case "DPD" ->
          Simulation.five(
              Simulation.LOOSE,
              "metric: selection_rate, compare: max_min, max: 0.1, decide: point");
      case "EOPP" ->
          Simulation.five(
              Simulation.LOOSE, "metric: tpr, compare: max_min, max: 0.1, decide: point");
      case "DPR" ->
          Simulation.five(
              Simulation.LOOSE,
              "metric: selection_rate, compare: min_max_ratio, min: 0.8, decide: point");
      case "HARM" ->
          Simulation.five(
              Simulation.LOOSE, "metric: tpr, compare: difference, min: 0, decide: exclude-harm");
      case "HARM5" ->
          Simulation.five(
              Simulation.LOOSE,
              "metric: tpr, compare: difference, min: -0.05, decide: exclude-harm");
      case "SAFE" ->
          Simulation.five(
              "", "metric: tpr, compare: difference, min: -0.10, max: 0.10, decide: show-safe");
      default -> throw new IllegalArgumentException(name);
    };
  }

  /// More patients find a gap more often, and a larger gap is found more often. Differences of the
  /// shares are at least .2 here, seven standard deviations.
  @Test
  void powerGrowsWithTheGapAndWithTheGroup() {
    FairnessPolicy policy = gate("HARM");
    double before = 0;
    for (double tpr : new double[] {.65, .60, .55}) {
      double found = Simulation.of(policy, Cohorts.five(20_000, tpr), COHORTS, 3).failed();
      assertThat(found).isGreaterThan(before + .1);
      before = found;
    }
    double small = Simulation.of(policy, Cohorts.five(5_000, .55), COHORTS, 4).failed();
    double large = Simulation.of(policy, Cohorts.five(20_000, .55), COHORTS, 4).failed();
    assertThat(large).isGreaterThan(small + .2);
  }

  /// Exact: the intervals of a difference, against a reference and against everyone, over 81 pairs
  /// of rates from .05 to .95. With 30 against 30 the lowest, .922, is at rates of .95 and .05; all
  /// pairs less than 80 points apart are above .93 there too.
  @ParameterizedTest
  @CsvSource({"30,30", "30,100", "30,1000", "50,500", "100,100", "100,1000", "400,400"})
  void differencesCoverTheTruth(int n, int m) {
    Coverage difference = Coverage.difference(n, m);
    assertThat(difference.min()).as(difference.toString()).isGreaterThan(m == 30 ? .92 : .93);
    assertThat(difference.mean()).isBetween(.945, .965);
    Coverage overall = Coverage.overall(n, m);
    assertThat(overall.min()).as(overall.toString()).isGreaterThan(m == 30 ? .92 : .93);
  }

  /// Exact: the interval of a ratio. Katz's, on the logarithm, would cover .784 at the lowest with
  /// 30 against 1,000, and .454 at rates of .98.
  @ParameterizedTest
  @CsvSource({"30,30", "30,100", "30,1000", "1000,30", "50,500", "100,100", "100,1000"})
  void ratiosCoverTheTruth(int n, int m) {
    Coverage ratio = Coverage.ratio(n, m);
    assertThat(ratio.min()).as(ratio.toString()).isGreaterThan(.93);
    assertThat(ratio.mean()).isBetween(.945, .965);
  }

  /// A ratio rule and a difference rule agree about parity: each pair of counts of 30 and 40.
  @Test
  void aRatioExcludesOneWhereTheDifferenceExcludesZero() {
    for (int i = 1; i <= 30; i++) {
      for (int j = 1; j <= 40; j++) {
        Estimate group = Coverage.rate(i, 30);
        Estimate reference = Coverage.rate(j, 40);
        Bounds difference = Contrast.difference(group, reference).interval().at(.05);
        Bounds ratio = Contrast.ratio(group, reference).interval().at(.05);
        assertThat(ratio.low() > 1).as(i + " and " + j).isEqualTo(difference.low() > 0);
        assertThat(ratio.high() < 1).as(i + " and " + j).isEqualTo(difference.high() < 0);
      }
    }
  }

  /// Largest minus smallest of five groups, alike and not: covered in at least 95 % by construction
  /// (Bonferroni over the pairs). Of 4,000 draws at exactly 95 % fewer than 93.9 % cover with
  /// probability below .001.
  @ParameterizedTest
  @CsvSource({".3,.3", ".3,.5", ".1,.4", ".7,.95"})
  void rangesCoverTheTruth(double most, double fourth) {
    int[] rows = {600, 180, 120, 70, 30};
    double[] rates = {most, most, most, fourth, most};
    assertThat(Coverage.range(rows, rates, 4000, 11)).isGreaterThan(.939);
  }

  /// Wilson 95 %: exact coverage by summing the binomial, so nothing is random. Its mean over p is
  /// close to nominal; single p near 0 and 1 dip, which Brown, Cai and DasGupta 2001, figure 5,
  /// show.
  @ParameterizedTest
  @CsvSource({"30", "100", "400"})
  void wilsonCoversTheTruth(int n) {
    double z = ProportionIntervals.quantile(.05);
    double sum = 0;
    int count = 0;
    for (double p = .05; p <= .9501; p += .01) {
      double coverage = 0;
      for (int k = 0; k <= n; k++) {
        Bounds bounds = ProportionIntervals.wilson(Proportion.of(k, n), z);
        coverage += bounds.low() <= p && p <= bounds.high() ? Cohorts.probability(n, p, k) : 0;
      }
      assertThat(coverage).as("n " + n + " p " + p).isGreaterThan(.90);
      sum += coverage;
      count++;
    }
    assertThat(sum / count).isBetween(.945, .960);
  }

  /// The generator of these cohorts: mean and variance of 20,000 draws, each within 4.5 standard
  /// errors of n p and n p (1 - p), below .0001.
  @ParameterizedTest
  @CsvSource({"7,.3", "200,.02", "5000,.5", "100000,.9"})
  void drawsAreBinomial(int n, double p) {
    SplittableRandom random = new SplittableRandom(n);
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double off = Cohorts.binomial(random, n, p) - n * p;
      sum += off;
      squares += off * off;
    }
    double variance = n * p * (1 - p);
    assertThat(sum / draws)
        .isBetween(-4.5 * Math.sqrt(variance / draws), 4.5 * Math.sqrt(variance / draws));
    double kurtosis = 3 + (1 - 6 * p * (1 - p)) / variance;
    double spread = 4.5 * Math.sqrt((kurtosis - 1) / draws);
    assertThat(squares / draws / variance).isBetween(1 - spread, 1 + spread);
  }
}
