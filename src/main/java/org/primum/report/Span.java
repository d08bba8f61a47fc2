package org.primum.report;

import java.util.List;

/// An axis from the smallest to the largest number that is drawn, with a little room around, and
/// round numbers on it.
///
/// @param min below `max`
record Span(double min, double max) {

  private static final double ROOM = 0.03;
  private static final int TICKS = 6;

  /// The axis that holds both numbers.
  static Span of(double min, double max) {
    double size = max - min;
    double room = size > 0 ? ROOM * size : Math.max(1e-6, Math.abs(max) * ROOM);
    return new Span(min - room, max + room);
  }

  /// Round numbers that lie on it, three to seven where it is longer than nothing: whole multiples
  /// of 1, 2 or 5 times a power of ten.
  List<Double> ticks() {
    return Ticks.inside(min, max, TICKS);
  }

  /// Between two of them.
  double step() {
    return Ticks.step(min, max, TICKS);
  }

  /// How far along the axis a number lies, in [0, 1]; at an end where it lies beyond.
  double share(double value) {
    return Math.clamp((value - min) / (max - min), 0, 1);
  }
}
