package org.primum.fairness.proposal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A column's name in its words: `ageBand`, `age_band` and `Age Band` are `age`, `band`.
record ColumnName(List<String> words) {

  static ColumnName of(String name) {
    String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return new ColumnName(
        Arrays.stream(spaced.split("[^\\p{L}\\p{Nd}]+", -1)).filter(w -> !w.isEmpty()).toList());
  }

  /// The column's name as an attribute may be called: letters, digits, `_`, `.` and `-`, a letter
  /// first.
  static String attribute(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]+", "_").replaceAll("(?<=.)_+$", "");
    return plain.matches("[A-Za-z].*") ? plain : "a" + plain;
  }

  /// Its words with `_` between them.
  String joined() {
    return String.join("_", words);
  }

  boolean has(Set<String> any) {
    return words.stream().anyMatch(any::contains);
  }
}
