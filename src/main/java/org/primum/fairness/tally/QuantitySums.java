package org.primum.fairness.tally;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// The sums over the rows of a group that every metric of a predicted number is made of.
///
/// @param pairs how many rows have label and prediction
/// @param predictions how many rows have a prediction
/// @param moments sums of weight times what each [Moment] is, all of them
public record QuantitySums(long pairs, long predictions, Map<Moment, SignedSum> moments) {

  /// What is summed over the rows. `y` is the label, `p` the prediction, `e` is `p - y`.
  public enum Moment {
    /// The weights of the rows with label and prediction.
    WEIGHT,
    /// Their squares.
    SQUARED_WEIGHT,
    Y,
    Y2,
    Y3,
    Y4,
    E,
    ABSOLUTE_E,
    E2,
    E4,
    E2_Y,
    E2_Y2,
    /// The weights of the rows with a prediction.
    PREDICTION_WEIGHT,
    PREDICTION_SQUARED_WEIGHT,
    P,
    P2
  }

  public static final QuantitySums NONE = new QuantitySums(0, 0, zeros());

  private static Map<Moment, SignedSum> zeros() {
    Map<Moment, SignedSum> zeros = new EnumMap<>(Moment.class);
    for (Moment moment : Moment.values()) {
      zeros.put(moment, SignedSum.ZERO);
    }
    return zeros;
  }

  public QuantitySums {
    moments = Collections.unmodifiableMap(new EnumMap<>(moments));
    if (moments.size() != Moment.values().length || pairs < 0 || predictions < pairs) {
      throw new IllegalArgumentException("sums of another shape");
    }
  }

  public double sum(Moment moment) {
    return known(moment).toDouble();
  }

  private SignedSum known(Moment moment) {
    return moments.getOrDefault(moment, SignedSum.ZERO);
  }

  public QuantitySums plus(QuantitySums other) {
    Map<Moment, SignedSum> sums = new EnumMap<>(Moment.class);
    for (Moment moment : Moment.values()) {
      sums.put(moment, known(moment).plus(other.known(moment)));
    }
    return new QuantitySums(
        Math.addExact(pairs, other.pairs), Math.addExact(predictions, other.predictions), sums);
  }

  /// Adds up the rows of a group.
  static final class Running {

    private QuantitySums absorbed = NONE;
    private long pairs;
    private long predictions;
    private final Map<Moment, SignedSum.Running> moments = new EnumMap<>(Moment.class);

    /// @param p finite
    /// @param times how many rows it stands for
    void addPrediction(double p, double weight, long times) {
      predictions += times;
      add(Moment.PREDICTION_WEIGHT, weight);
      add(Moment.PREDICTION_SQUARED_WEIGHT, squared(weight, times));
      add(Moment.P, weight * p);
      add(Moment.P2, weight * (p * p));
    }

    /// @param y finite
    /// @param p finite
    /// @param times how many rows it stands for
    void addPair(double y, double p, double weight, long times) {
      double e = p - y;
      double e2 = e * e;
      double y2 = y * y;
      pairs += times;
      add(Moment.WEIGHT, weight);
      add(Moment.SQUARED_WEIGHT, squared(weight, times));
      add(Moment.Y, weight * y);
      add(Moment.Y2, weight * y2);
      add(Moment.Y3, weight * (y2 * y));
      add(Moment.Y4, weight * (y2 * y2));
      add(Moment.E, weight * e);
      add(Moment.ABSOLUTE_E, weight * Math.abs(e));
      add(Moment.E2, weight * e2);
      add(Moment.E4, weight * (e2 * e2));
      add(Moment.E2_Y, weight * (e2 * y));
      add(Moment.E2_Y2, weight * (e2 * y2));
    }

    /// Rows that are counted together weigh 1 each.
    private static double squared(double weight, long times) {
      return times == 1 ? weight * weight : weight;
    }

    private void add(Moment moment, double value) {
      moments.computeIfAbsent(moment, _ -> new SignedSum.Running()).add(value);
    }

    void absorb(Running other) {
      absorbed = absorbed.plus(other.total());
    }

    QuantitySums total() {
      Map<Moment, SignedSum> sums = zeros();
      moments.forEach((moment, sum) -> sums.put(moment, sum.total()));
      return absorbed.plus(new QuantitySums(pairs, predictions, sums));
    }
  }
}
