package org.primum.fairness.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.statistics.score.AreaEstimate;
import org.primum.fairness.statistics.score.CrossFittedArea;
import org.primum.fairness.statistics.score.IndicatorLogit;
import org.primum.fairness.tally.ProxySample;
import org.primum.random.CounterRandom;

/// How well several columns together tell each group of an attribute from everyone else, in rows
/// that nobody learned from: a logistic regression on the values of the columns, fit on four folds
/// of five and judged on the fifth.
///
/// Chernozhukov et al. 2018, *Double/debiased machine learning for treatment and structural
/// parameters*, The Econometrics Journal 21:C1-C68,
/// [doi:10.1111/ectj.12097](https://doi.org/10.1111/ectj.12097), for cross-fitting.
public final class ToldTogether {

  private static final int FOLDS = 5;
  private static final int SCORE_BINS = 20;
  private static final long SEED = 1;

  /// Rows of one kind in one fold.
  private record Part(ProxySample.Kind kind, int unit, int fold, double rows) {}

  /// What is learned from: the values of each row, and which row a part has.
  private static final class Design {
    private final int[][] rows;
    private final int[] rowOf;
    private final int values;

    Design(int[][] rows, int[] rowOf, int values) {
      this.rows = rows;
      this.rowOf = rowOf;
      this.values = values;
    }
  }

  private final boolean taken;
  private final boolean clustered;
  private final List<Part> parts = new ArrayList<>();
  private final Design design;
  private final int attribute;
  private final Metric metric;

  /// @param clustered whether the rows of a patient are in the sample together
  /// @param attribute position in the policy
  /// @param inputs positions of the columns that are learned from
  /// @param withScore whether the score is one of them
  public ToldTogether(
      ProxySample sample,
      boolean clustered,
      int attribute,
      List<Integer> inputs,
      boolean withScore) {
    this.taken = sample.taken();
    this.clustered = clustered || sample.limit().isPresent();
    this.attribute = attribute;
    this.metric =
        withScore ? Metric.AUC_SENSITIVE_FROM_ALL_WITH_SCORE : Metric.AUC_SENSITIVE_FROM_ALL;
    deal(sample, clustered);
    this.design = design(inputs, withScore ? scoreBins(sample) : new TreeMap<>());
  }

  /// Copies of one row are dealt one by one, as if each were a row of its own; rows of a patient
  /// stay together.
  private void deal(ProxySample sample, boolean byUnit) {
    int unit = -1;
    long last = 0;
    for (Map.Entry<ProxySample.Kind, Long> row : sample.rows().entrySet()) {
      ProxySample.Kind kind = row.getKey();
      unit += unit < 0 || kind.unit() != last ? 1 : 0;
      last = kind.unit();
      CounterRandom random =
          new CounterRandom(SEED, byUnit ? Long.toHexString(last) : kind.toString());
      double[] folds = new double[FOLDS];
      if (byUnit) {
        folds[fold(random)] = (double) row.getValue();
      } else {
        for (long copy = 0; copy < row.getValue(); copy++) {
          folds[fold(random)]++;
        }
      }
      for (int fold = 0; fold < FOLDS; fold++) {
        if (folds[fold] > 0) {
          parts.add(new Part(kind, unit, fold, folds[fold]));
        }
      }
    }
  }

  private static int fold(CounterRandom random) {
    return (int) (random.next() * FOLDS);
  }

  /// Scores in bins of about as many rows each, whatever group they are of.
  private static SortedMap<Double, Integer> scoreBins(ProxySample sample) {
    SortedMap<Double, Double> rows = new TreeMap<>();
    sample.rows().forEach((kind, count) -> rows.merge(kind.score(), (double) count, Double::sum));
    rows.remove(Double.NaN);
    double all = rows.values().stream().mapToDouble(Double::doubleValue).sum();
    SortedMap<Double, Integer> bins = new TreeMap<>();
    double below = 0;
    for (Map.Entry<Double, Double> score : rows.entrySet()) {
      bins.put(score.getKey(), (int) (below * SCORE_BINS / all));
      below += score.getValue();
    }
    bins.put(Double.NaN, SCORE_BINS);
    return bins;
  }

  private Design design(List<Integer> inputs, SortedMap<Double, Integer> scores) {
    Map<List<String>, Integer> known = new HashMap<>();
    List<List<String>> rows = new ArrayList<>();
    int[] rowOf = new int[parts.size()];
    for (int i = 0; i < rowOf.length; i++) {
      ProxySample.Kind kind = parts.get(i).kind();
      List<String> values = new ArrayList<>();
      inputs.forEach(input -> values.add(kind.inputs().get(input)));
      if (!scores.isEmpty()) {
        values.add(Integer.toString(scores.getOrDefault(kind.score(), SCORE_BINS)));
      }
      rowOf[i] = known.computeIfAbsent(values, _ -> rows.size());
      if (rowOf[i] == rows.size()) {
        rows.add(values);
      }
    }
    return coded(rows, rowOf, inputs.size() + (scores.isEmpty() ? 0 : 1));
  }

  private static Design coded(List<List<String>> rows, int[] rowOf, int columns) {
    int[][] coded = new int[rows.size()][columns];
    int values = 0;
    for (int column = 0; column < columns; column++) {
      Map<String, Integer> codes = new HashMap<>();
      for (int row = 0; row < coded.length; row++) {
        int next = values + codes.size() + 1;
        coded[row][column] = codes.computeIfAbsent(rows.get(row).get(column), _ -> next);
      }
      values += codes.size();
    }
    return new Design(coded, rowOf, values);
  }

  /// How well a group is told from everyone else.
  public Estimate of(String group) {
    double[] positives = new double[parts.size()];
    double members = 0;
    for (int i = 0; i < positives.length; i++) {
      boolean member = parts.get(i).kind().groups().get(attribute).equals(group);
      positives[i] = member ? parts.get(i).rows() : 0;
      members += positives[i];
    }
    long rows = (long) members;
    if (!taken) {
      return new Estimate.Undefined("it needs the rows; a tally from a file has none", none());
    }
    Optional<AreaEstimate> area =
        design.values == 0 ? Optional.empty() : CrossFittedArea.of(scored(positives), clustered);
    return area.map(known -> estimate(known, rows))
        .orElseGet(() -> new Estimate.Undefined(metric.undefined(), none()));
  }

  private static Support none() {
    return Support.of(new Support.Part(Support.Kind.PATIENTS, 0, 0));
  }

  private static Estimate estimate(AreaEstimate area, long rows) {
    return new Estimate.Value(
        area.area(),
        0,
        1,
        area::interval,
        Support.of(new Support.Part(Support.Kind.PATIENTS, rows, area.positives())));
  }

  private CrossFittedArea.Item[] scored(double[] positives) {
    double[][] odds =
        IntStream.range(0, FOLDS)
            .parallel()
            .mapToObj(fold -> learned(fold, positives))
            .toArray(double[][]::new);
    return IntStream.range(0, positives.length)
        .filter(i -> odds[parts.get(i).fold()].length > 0)
        .mapToObj(i -> item(i, positives[i], odds))
        .toArray(CrossFittedArea.Item[]::new);
  }

  private CrossFittedArea.Item item(int at, double positives, double[][] odds) {
    Part part = parts.get(at);
    double score = odds[part.fold()][design.rowOf[at]];
    return new CrossFittedArea.Item(
        part.fold(), part.unit(), score, positives, part.rows() - positives);
  }

  /// The log-odds of each row by what all folds but one say; empty where those are all of the
  /// group, or none.
  private double[] learned(int without, double[] positives) {
    double[] events = new double[design.rows.length];
    double[] totals = new double[design.rows.length];
    double eventsOfAll = 0;
    double all = 0;
    for (int i = 0; i < positives.length; i++) {
      if (parts.get(i).fold() != without) {
        events[design.rowOf[i]] += positives[i];
        totals[design.rowOf[i]] += parts.get(i).rows();
        eventsOfAll += positives[i];
        all += parts.get(i).rows();
      }
    }
    return eventsOfAll > 0 && eventsOfAll < all
        ? IndicatorLogit.logOdds(design.rows, events, totals, design.values)
        : new double[0];
  }
}
