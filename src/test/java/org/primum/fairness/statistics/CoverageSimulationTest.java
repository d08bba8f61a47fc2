package org.primum.fairness.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.primum.fairness.statistics.bootstrap.CountBootstrap;
import org.primum.fairness.statistics.calibration.Binning;
import org.primum.fairness.statistics.calibration.CalibrationError;
import org.primum.fairness.statistics.calibration.CalibrationFit;
import org.primum.fairness.statistics.calibration.CalibrationLine;
import org.primum.fairness.statistics.calibration.CalibrationTable;
import org.primum.fairness.statistics.calibration.ObservedOverExpected;
import org.primum.fairness.statistics.score.PrecisionRecall;
import org.primum.fairness.statistics.score.RocCurve;
import org.primum.gate.Interval.Bounds;

/// How often intervals that have no table of outcomes hold the truth, by simulation: seeded, 4,000
/// groups a case (1,000 for calibration errors), so a standard error of .35 (.7) points. The
/// figures of docs/statistics.md are these; the seed makes them the same every time, so nothing
/// here fails by chance.
@Tag("slow")
final class CoverageSimulationTest {

  private static final int GROUPS = 4_000;

  @Test
  void areaUnderTheRocCurve() throws IOException {
    for (int[] sizes :
        new int[][] {{5, 30}, {10, 30}, {30, 100}, {30, 1000}, {100, 300}, {300, 300}}) {
      Least shown = new Least("ROC area, %d positives, %d negatives".formatted(sizes[0], sizes[1]));
      Least plain =
          new Least("plain DeLong, %d positives, %d negatives".formatted(sizes[0], sizes[1]));
      for (double area : new double[] {0.5, 0.6, 0.75, 0.9, 0.97}) {
        for (double spread : new double[] {0.6, 1, 1.7}) {
          Random random = new Random(5);
          double shift = -Math.sqrt(1 + spread * spread) * Normal.upperQuantile(area);
          int held = 0;
          int heldPlain = 0;
          for (int group = 0; group < GROUPS; group++) {
            Scores scores = Scores.draw(random, sizes[0], sizes[1], shift, spread);
            RocCurve curve = RocCurve.of(scores.positives, scores.negatives);
            held += holds(curve.interval(0.05), area) ? 1 : 0;
            heldPlain += holds((Bounds) curve.deLongInterval(0.05), area) ? 1 : 0;
          }
          String at = "area %s, spread %s".formatted(area, spread);
          shown.add((double) held / GROUPS, at);
          plain.add((double) heldPlain / GROUPS, at);
        }
      }
      assertDocumented(shown, 0.92);
      assertDocumented(plain, 0);
    }
  }

  @Test
  void averagePrecision() throws IOException {
    for (double share : new double[] {0.1, 0.3}) {
      for (int rows : new int[] {100, 300, 1000}) {
        Least found = new Least("average precision, %s of %d positive".formatted(share, rows));
        for (double area : new double[] {0.6, 0.75, 0.9}) {
          Random random = new Random(6);
          double shift = -Math.sqrt(2) * Normal.upperQuantile(area);
          Scores large =
              Scores.draw(random, (int) (400_000 * share), (int) (400_000 * (1 - share)), shift, 1);
          double truth = PrecisionRecall.of(large.positives, large.negatives).averagePrecision();
          int held = 0;
          int drawn = 0;
          for (int group = 0; group < GROUPS / 2; group++) {
            int positives = 0;
            for (int row = 0; row < rows; row++) {
              positives += random.nextDouble() < share ? 1 : 0;
            }
            if (positives > 0) {
              Scores scores = Scores.draw(random, positives, rows - positives, shift, 1);
              PrecisionRecall curve = PrecisionRecall.of(scores.positives, scores.negatives);
              held += holds(curve.interval(0.05), truth) ? 1 : 0;
              drawn++;
            }
          }
          found.add((double) held / drawn, "ROC area " + area);
        }
        assertDocumented(found, 0.92);
      }
    }
  }

  @Test
  void calibration() throws IOException {
    for (int rows : new int[] {100, 300, 1000}) {
      Least slope = new Least("calibration slope, n = " + rows);
      Least large = new Least("calibration in the large, n = " + rows);
      Least ratio = new Least("observed over expected, n = " + rows);
      Least brier = new Least("Brier score (t), n = " + rows);
      for (double odds : new double[] {-2, -1, 0}) {
        Random random = new Random(8);
        double truth = brierOf(odds);
        int[] held = new int[4];
        int[] of = new int[2];
        for (int group = 0; group < GROUPS; group++) {
          double[] risks = risks(random, rows, odds);
          double[] events = events(random, risks);
          CalibrationTable table = CalibrationTable.of(risks, events, ones(rows));
          held[0] +=
              held(CalibrationFit.line(table), line -> holds(line.slopeInterval(0.05), 1), of, 0);
          held[1] +=
              held(
                  CalibrationFit.inTheLarge(table),
                  line -> holds(line.interceptInterval(0.05), 0),
                  of,
                  1);
          held[2] += holds(ObservedOverExpected.of(table).interval(0.05), 1) ? 1 : 0;
          held[3] += holds(brier(risks, events), truth) ? 1 : 0;
        }
        String at = "mean log odds " + odds;
        slope.add((double) held[0] / of[0], at);
        large.add((double) held[1] / of[1], at);
        ratio.add((double) held[2] / GROUPS, at);
        brier.add((double) held[3] / GROUPS, at);
      }
      assertDocumented(slope, 0.92);
      assertDocumented(large, 0.92);
      assertDocumented(ratio, 0.93);
      assertDocumented(brier, 0.90);
    }
  }

  /// One or two events in a group.
  @Test
  void brierScoreOfARareOutcome() throws IOException {
    Least found = new Least("Brier score (t), n = 30, rare outcome");
    Random random = new Random(9);
    double truth = brierOf(-3);
    int held = 0;
    for (int group = 0; group < GROUPS; group++) {
      double[] risks = risks(random, 30, -3);
      held += holds(brier(risks, events(random, risks)), truth) ? 1 : 0;
    }
    found.add((double) held / GROUPS, "mean log odds -3.0");
    assertDocumented(found, 0.85);
  }

  @Test
  void calibrationError() throws IOException {
    Binning deciles = Binning.uniform(10, Binning.OnEdge.LOWER);
    for (int rows : new int[] {100, 300, 1000, 5000}) {
      Least found = new Least("calibration error, n = " + rows);
      for (double gap : new double[] {0, 0.05, 0.1}) {
        Random random = new Random(7);
        int held = 0;
        for (int group = 0; group < 1_000; group++) {
          CalibrationError error = CalibrationError.of(shifted(random, rows, gap), deciles);
          Bounds bounds = (Bounds) error.interval(0.05, new CountBootstrap(group, 1_000), "group");
          held += holds(bounds, gap) ? 1 : 0;
        }
        found.add(held / 1_000.0, "true error " + gap);
      }
      assertDocumented(found, 0.93);
    }
  }

  /// Eight bins, each `gap` too low.
  private static CalibrationTable shifted(Random random, int rows, double gap) {
    double[] scores = new double[8];
    double[] events = new double[8];
    double[] totals = new double[8];
    Arrays.setAll(scores, i -> 0.05 + i / 10.0);
    for (int row = 0; row < rows; row++) {
      int bin = random.nextInt(8);
      totals[bin]++;
      events[bin] += random.nextDouble() < scores[bin] + gap ? 1 : 0;
    }
    return CalibrationTable.of(scores, events, totals);
  }

  private static double[] risks(Random random, int rows, double odds) {
    double[] risks = new double[rows];
    Arrays.setAll(risks, i -> 1 / (1 + Math.exp(-odds - random.nextGaussian())));
    Arrays.sort(risks);
    return risks;
  }

  private static double[] events(Random random, double[] risks) {
    return Arrays.stream(risks).map(risk -> random.nextDouble() < risk ? 1 : 0).toArray();
  }

  private static double[] ones(int rows) {
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Bounds brier(double[] risks, double[] events) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < risks.length; i++) {
      double loss = (risks[i] - events[i]) * (risks[i] - events[i]);
      sum += loss;
      squares += loss * loss;
    }
    return (Bounds) Mean.of(risks.length, sum, squares).interval(0.05);
  }

  /// The mean of risk (1 - risk) over normal log odds, by the trapezoid rule.
  private static double brierOf(double odds) {
    double sum = 0;
    for (double u = -9; u <= 9; u += 0.01) {
      double risk = 1 / (1 + Math.exp(-odds - u));
      sum += 0.01 * Normal.density(u) * risk * (1 - risk);
    }
    return sum;
  }

  private static int held(
      CalibrationLine line, Predicate<CalibrationLine.Fitted> holds, int[] of, int which) {
    return switch (line) {
      case CalibrationLine.Fitted fitted -> {
        of[which]++;
        yield holds.test(fitted) ? 1 : 0;
      }
      case CalibrationLine.None _ -> 0;
    };
  }

  private static boolean holds(Bounds bounds, double truth) {
    return bounds.low() <= truth && truth <= bounds.high();
  }

  /// Normal scores, without ties, as a histogram.
  private static final class Scores {
    private final double[] positives;
    private final double[] negatives;

    Scores(double[] positives, double[] negatives) {
      this.positives = positives;
      this.negatives = negatives;
    }

    static Scores draw(Random random, int positives, int negatives, double shift, double spread) {
      double[] all = new double[positives + negatives];
      Arrays.setAll(
          all,
          i -> (i < positives ? shift + spread * random.nextGaussian() : random.nextGaussian()));
      double[] ofPositives = Arrays.copyOf(all, positives);
      Arrays.sort(ofPositives);
      Arrays.sort(all);
      double[] up = new double[all.length];
      double[] down = new double[all.length];
      int next = 0;
      for (int i = 0; i < all.length; i++) {
        boolean positive = next < positives && ofPositives[next] == all[i];
        up[i] = positive ? 1 : 0;
        down[i] = positive ? 0 : 1;
        next += positive ? 1 : 0;
      }
      return new Scores(up, down);
    }
  }

  /// The least coverage over the cases of a row of the table.
  private static final class Least {
    private final String name;
    private double least = 2;
    private double most;
    private String where = "";

    Least(String name) {
      this.name = name;
    }

    void add(double coverage, String at) {
      most = Math.max(most, coverage);
      if (coverage < least - 1e-9) {
        least = coverage;
        where = at;
      }
    }

    String row() {
      return String.format(
          Locale.ROOT, "| %s | %.1f %% (%s) | %.1f %% |", name, 100 * least, where, 100 * most);
    }
  }

  private static void assertDocumented(Least found, double least) throws IOException {
    assertThat(found.least).as(found.row()).isGreaterThanOrEqualTo(least);
    if (System.getProperty("primum.print") != null) {
      System.out.println(found.row());
    } else {
      assertThat(Files.readString(Path.of("docs/statistics.md"))).contains(found.row());
    }
  }
}
