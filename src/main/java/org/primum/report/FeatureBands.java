package org.primum.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Bands of a feature's values between round numbers, with so many rows in each at least. The first
/// and the last are open, so that no one's own value, nor the smallest or the largest, can be read
/// off.
///
/// @param edges between the bands, ascending: multiples of the step
/// @param step of which the bands in the middle are whole multiples
record FeatureBands(List<Double> edges, double step) {

  private static final int MOST = 25;
  private static final int FEWEST = 10;

  private static final int TICKS = 6;

  /// How much of the axis an open band takes.
  private static final double OPEN = 0.1;

  FeatureBands {
    edges = List.copyOf(edges);
  }

  /// The bands of some values; empty where they are too few, or too many of them equal.
  ///
  /// @param sorted ascending, none missing
  /// @param fewest rows in a band
  static Optional<FeatureBands> of(double[] sorted, int fewest) {
    int rows = sorted.length;
    if (rows < 2 * fewest) {
      return Optional.empty();
    }
    double low = sorted[fewest - 1];
    double high = sorted[rows - fewest];
    double step = step(low, high);
    if (!(high > low) || !(step > 0) || Math.max(Math.abs(low), Math.abs(high)) / step > 1e9) {
      return Optional.empty();
    }
    List<Double> edges = edges(sorted, step, fewest);
    return edges.isEmpty() ? Optional.empty() : Optional.of(new FeatureBands(edges, step));
  }

  /// The longest round step of which there are enough.
  private static double step(double low, double high) {
    double step = Math.pow(10, Math.floor(Math.log10((high - low) / MOST)));
    double longest = step;
    for (double factor : new double[] {2, 5, 10}) {
      longest = (high - low) / (step * factor) >= FEWEST ? step * factor : longest;
    }
    return longest;
  }

  /// Goes up in steps, and ends a band where it has rows enough; what is left at the top belongs to
  /// the last one.
  private static List<Double> edges(double[] sorted, double step, int fewest) {
    double low = sorted[fewest - 1];
    double high = sorted[sorted.length - fewest];
    List<Double> edges = new ArrayList<>();
    int ended = 0;
    for (double at = Math.floor(low / step); at * step <= high; at++) {
      double edge = at * step + 0.0;
      int below = below(sorted, edge);
      if (below - ended >= fewest && sorted.length - below >= fewest) {
        edges.add(edge);
        ended = below;
      }
    }
    return edges;
  }

  private static int below(double[] sorted, double edge) {
    int below = 0;
    while (below < sorted.length && sorted[below] < edge) {
      below++;
    }
    return below;
  }

  /// In which band a value lies, from 0.
  int band(double value) {
    int band = 0;
    while (band < edges.size() && value >= edges.get(band)) {
      band++;
    }
    return band;
  }

  int count() {
    return edges.size() + 1;
  }

  /// Where a band begins, in [0, 1].
  double from(int band) {
    return band == 0 ? 0 : at(edges.get(band - 1));
  }

  /// Where it ends.
  double to(int band) {
    return band == edges.size() ? 1 : at(edges.get(band));
  }

  /// Where a number between the first and the last edge lies.
  private double at(double value) {
    double first = edges.getFirst();
    double last = edges.getLast();
    return last > first ? OPEN + (value - first) / (last - first) * (1 - 2 * OPEN) : 0.5;
  }

  /// Round numbers between the edges, and what the open bands hold.
  List<FeatureAxis.Label> labels() {
    double first = edges.getFirst();
    double last = edges.getLast();
    List<FeatureAxis.Label> labels = new ArrayList<>();
    int decimals = Sketch.decimals(step);
    int fewer = last > first ? Sketch.decimals(Ticks.step(first, last, TICKS)) : 0;
    labels.add(new FeatureAxis.Label(to(0) / 2, "<" + Sketch.round(first, decimals)));
    for (double tick : last > first ? Ticks.inside(first, last, TICKS) : List.<Double>of()) {
      double at = at(tick);
      if (at > 1.6 * OPEN && at < 1 - 1.6 * OPEN) {
        labels.add(new FeatureAxis.Label(at, Sketch.round(tick, fewer)));
      }
    }
    String beyond = "≥" + Sketch.round(last, decimals);
    labels.add(new FeatureAxis.Label((from(edges.size()) + 1) / 2, beyond));
    return labels;
  }
}
