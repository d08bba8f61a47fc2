package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.List;

/// How values are distributed, told in parts: of one bucket of a sketch each, or of many rows each,
/// so that none tells of one row.
///
/// @param parts from the smallest value to the largest
/// @param ends the largest value of each part but the last
public record ShapleyProfile(List<Part> parts, List<Double> ends) {

  /// Rows with neighboring values.
  ///
  /// @param value their mean
  /// @param rows at least 1
  public record Part(double value, long rows) {
    public Part {
      if (!Double.isFinite(value) || rows < 1) {
        throw new IllegalArgumentException("a part has a value and rows, got " + rows);
      }
    }
  }

  public ShapleyProfile {
    parts = List.copyOf(parts);
    ends = List.copyOf(ends);
    if (ends.size() != Math.max(0, parts.size() - 1)) {
      throw new IllegalArgumentException("every part but the last has its end");
    }
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i).value() < parts.get(i - 1).value()) {
        throw new IllegalArgumentException("parts stand from the smallest value to the largest");
      }
    }
  }

  /// Parts of one value each.
  public static ShapleyProfile of(List<Part> parts) {
    List<Double> values = parts.stream().map(Part::value).toList();
    return new ShapleyProfile(parts, values.subList(0, Math.max(0, values.size() - 1)));
  }

  public long rows() {
    return parts.stream().mapToLong(Part::rows).sum();
  }

  /// The same in about so many parts and at most twice as many, none of them of fewer rows than
  /// `least`, unless there are fewer in all: then there is one part. A value that many rows share
  /// is a part of its own where that leaves enough on either side.
  public ShapleyProfile merged(int most, long least) {
    long rows = rows();
    long few = Math.max(1, least);
    long enough = Math.max(few, (rows + most - 1) / most);
    List<Part> merged = new ArrayList<>();
    List<Double> upTo = new ArrayList<>();
    double sum = 0;
    long count = 0;
    long left = rows;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      sum += part.value() * part.rows();
      count += part.rows();
      left -= part.rows();
      boolean many = i + 1 < parts.size() && parts.get(i + 1).rows() >= enough;
      if (left == 0) {
        merged.add(new Part(sum / count, count));
      } else if (left >= few && count >= (many ? few : enough)) {
        merged.add(new Part(sum / count, count));
        upTo.add(ends.get(i));
        sum = 0;
        count = 0;
      }
    }
    return new ShapleyProfile(merged, upTo);
  }
}
