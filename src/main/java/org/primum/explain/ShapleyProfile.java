package org.primum.explain;

import java.util.List;

/// How values are distributed, told in parts of many rows each, so that none tells of one row.
///
/// @param parts from the smallest value to the largest
public record ShapleyProfile(List<Part> parts) {

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
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i).value() < parts.get(i - 1).value()) {
        throw new IllegalArgumentException("parts stand from the smallest value to the largest");
      }
    }
  }

  public long rows() {
    return parts.stream().mapToLong(Part::rows).sum();
  }
}
