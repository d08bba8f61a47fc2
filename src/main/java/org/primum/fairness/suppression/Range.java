package org.primum.fairness.suppression;

import java.util.Locale;

/// What is told of a number of rows: that it lies between two ends, or, where they are one, the
/// number itself.
///
/// @param low not negative
/// @param high at least `low`; [#UNBOUNDED] where no upper end is told
public record Range(long low, long high) {

  public static final long UNBOUNDED = Long.MAX_VALUE;

  public static final Range NONE = new Range(0, 0);

  public Range {
    if (low < 0 || high < low) {
      throw new IllegalArgumentException("a range of rows from " + low + " to " + high);
    }
  }

  public static Range exactly(long n) {
    return new Range(n, n);
  }

  public boolean exact() {
    return low == high;
  }

  public boolean bounded() {
    return high < UNBOUNDED;
  }

  public boolean holds(long n) {
    return low <= n && n <= high;
  }

  /// What is told of the sum of two numbers.
  public Range plus(Range other) {
    boolean open = !bounded() || !other.bounded();
    return new Range(
        Math.addExact(low, other.low), open ? UNBOUNDED : Math.addExact(high, other.high));
  }

  /// What both tell together; this one where they contradict each other.
  Range and(Range other) {
    long from = Math.max(low, other.low);
    long to = Math.min(high, other.high);
    return from <= to ? new Range(from, to) : this;
  }

  /// As a reader is told it.
  public String words() {
    if (exact()) {
      return count(low);
    }
    if (!bounded()) {
      return low > 1 ? "at least " + count(low) : "an unknown number of";
    }
    return low <= 1 ? "fewer than " + count(high + 1) : count(low) + " to " + count(high);
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /// Halfway between the ends.
  public double middle() {
    return ((double) low + (double) high) / 2;
  }
}
