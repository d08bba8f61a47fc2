package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// How the Shapley values of a feature are distributed, in buckets whose middle is within 1/64 of
/// each value in it.
public final class ShapleyDistribution {

  /// So many parts tell a distribution well enough to compare it with another.
  private static final int PARTS = 50;

  private final int[] places;
  private final long[] counts;
  private final long rows;

  /// @param places of buckets, ascending
  /// @param counts of each, above 0
  ShapleyDistribution(int[] places, long[] counts) {
    this.places = places;
    this.counts = counts;
    this.rows = java.util.Arrays.stream(counts).sum();
  }

  public long rows() {
    return rows;
  }

  /// The smallest value that `share` of the rows do not exceed, within 1/64 of it; there must be a
  /// row.
  ///
  /// @param share in (0, 1]
  public double quantile(double share) {
    long needed = Math.max(1, (long) Math.ceil(share * rows));
    long below = 0;
    for (int i = 0; i < places.length; i++) {
      below += counts[i];
      if (below >= needed) {
        return ShapleySketch.value(places[i]);
      }
    }
    throw new IllegalStateException("a distribution of no rows has no quantile");
  }

  /// The share of values above zero.
  public double positive() {
    return share(1, Integer.MAX_VALUE);
  }

  /// The share of values below zero.
  public double negative() {
    return share(Integer.MIN_VALUE, -1);
  }

  private double share(int from, int to) {
    long within = 0;
    for (int i = 0; i < places.length; i++) {
      within += places[i] >= from && places[i] <= to ? counts[i] : 0;
    }
    return (double) within / rows;
  }

  /// All rows of this one that are not in the other, which is a part of it.
  ShapleyDistribution minus(ShapleyDistribution part) {
    List<Integer> left = new ArrayList<>();
    List<Long> rest = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      long count = counts[i] - part.count(places[i]);
      if (count > 0) {
        left.add(places[i]);
        rest.add(count);
      }
    }
    return new ShapleyDistribution(
        left.stream().mapToInt(Integer::intValue).toArray(),
        rest.stream().mapToLong(Long::longValue).toArray());
  }

  private long count(int place) {
    int at = java.util.Arrays.binarySearch(places, place);
    return at < 0 ? 0 : counts[at];
  }

  /// How far two distributions are apart at most, as Kolmogorov and Smirnov have it.
  ///
  /// @param least the largest difference at the bounds of buckets; the rows' own is at least that
  /// @param most no larger is the rows' own
  public record Distance(double least, double most) {}

  /// Kolmogorov and Smirnov's distance in [0, 1] of the rows of both; each must have one.
  public Distance distance(ShapleyDistribution other) {
    TreeSet<Integer> all = new TreeSet<>();
    java.util.Arrays.stream(places).forEach(all::add);
    java.util.Arrays.stream(other.places).forEach(all::add);
    double own = 0;
    double theirs = 0;
    double least = 0;
    double most = 0;
    for (int place : all) {
      double ownNext = own + count(place) / (double) rows;
      double theirsNext = theirs + other.count(place) / (double) other.rows;
      most = Math.max(most, Math.max(ownNext - theirs, theirsNext - own));
      own = ownNext;
      theirs = theirsNext;
      least = Math.max(least, Math.abs(own - theirs));
    }
    return new Distance(Math.min(1, least), Math.min(1, most));
  }

  /// The distribution in few parts, none of them of fewer rows than `least`, unless there are fewer
  /// in all: then there is one part.
  public ShapleyProfile profile(long least) {
    return buckets().merged(PARTS, least);
  }

  /// The distribution with a part for each bucket; it may tell of single rows.
  public ShapleyProfile buckets() {
    List<ShapleyProfile.Part> parts = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      parts.add(new ShapleyProfile.Part(ShapleySketch.value(places[i]), counts[i]));
    }
    return ShapleyProfile.of(parts);
  }
}
