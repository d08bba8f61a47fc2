package org.primum.report;

import java.util.ArrayList;
import java.util.List;

/// An axis in round steps.
///
/// @param from a multiple of the step
/// @param to a multiple of the step, above `from`
/// @param step between two ticks: 1, 2 or 5 times a power of ten
record Ticks(double from, double to, double step) {

  /// The shortest axis of three to five steps that holds both numbers.
  static Ticks around(double min, double max) {
    double span = Math.max(max - min, 1e-6);
    double power = Math.pow(10, Math.floor(Math.log10(span / 3)));
    double step = power;
    for (double factor : new double[] {2, 5, 10}) {
      step = span / step > 4 ? factor * power : step;
    }
    double from = Math.floor(min / step) * step;
    return new Ticks(from, Math.max(from + step, Math.ceil(max / step) * step), step);
  }

  /// Round numbers from one number to another, at most one more than `most`.
  static List<Double> inside(double min, double max, int most) {
    double step = step(min, max, most);
    List<Double> ticks = new ArrayList<>();
    for (double at = Math.ceil(min / step); at * step <= max && ticks.size() <= most; at++) {
      ticks.add(Math.rint(at) * step + 0.0);
    }
    return ticks;
  }

  /// The shortest round step that fits into the stretch at most so often.
  static double step(double min, double max, int most) {
    double power = Math.pow(10, Math.floor(Math.log10((max - min) / most)));
    double step = power;
    for (double factor : new double[] {2, 5, 10}) {
      step = (max - min) / step > most ? factor * power : step;
    }
    return step;
  }

  /// Both ends and the steps between.
  List<Double> all() {
    List<Double> ticks = new ArrayList<>();
    long count = Math.round((to - from) / step);
    for (long i = 0; i <= count; i++) {
      ticks.add(Math.rint((from + step * (double) i) * 1e9) / 1e9);
    }
    return ticks;
  }

  /// How far along the axis a number lies, in [0, 1]; at an end where it lies beyond.
  double share(double value) {
    return Math.clamp((value - from) / (to - from), 0, 1);
  }
}
