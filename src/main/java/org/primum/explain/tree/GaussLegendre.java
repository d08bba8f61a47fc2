package org.primum.explain.tree;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Points and weights of Gauss and Legendre on [0, 1]: with `n` points the integral of every
/// polynomial of degree up to `2n - 1` is exact but for rounding (Abramowitz and Stegun 1964,
/// 25.4.29).
public final class GaussLegendre {

  private static final int NEWTON_STEPS = 100;
  private static final Map<Integer, GaussLegendre> KNOWN = new ConcurrentHashMap<>();

  private final double[] points;
  private final double[] weights;

  private GaussLegendre(int count) {
    points = new double[count];
    weights = new double[count];
    for (int i = 0; i < count; i++) {
      place(i, count);
    }
  }

  /// @param count at least 1
  public static GaussLegendre ofPoints(int count) {
    return KNOWN.computeIfAbsent(count, GaussLegendre::new);
  }

  /// Newton's iteration for a root of the Legendre polynomial, from Tricomi's approximation.
  private void place(int index, int count) {
    double x = Math.cos(Math.PI * (index + 0.75) / (count + 0.5));
    double slope = 0;
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double before = 1;
      double value = x;
      for (int degree = 2; degree <= count; degree++) {
        double next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
        before = value;
        value = next;
      }
      slope = count * (x * value - before) / (x * x - 1);
      double move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-16) {
        break;
      }
    }
    points[index] = (1 - x) / 2;
    weights[index] = 1 / ((1 - x * x) * slope * slope);
  }

  public int count() {
    return points.length;
  }

  public double point(int index) {
    return points[index];
  }

  public double weight(int index) {
    return weights[index];
  }
}
