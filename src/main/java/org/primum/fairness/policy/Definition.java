package org.primum.fairness.policy;

import java.util.List;

/// What there is to say of a metric. A new metric is one of these in the class of its family and
/// one constant of [Metric] that names it; docs/metrics.md prints both by `make generate`.
///
/// @param id the name in policies and result files, without an argument
/// @param meaning what it is, in a line
/// @param formula what is computed, of which rows
/// @param scale which values there are, and which are good
/// @param method where its interval comes from
/// @param source who defined it, and when
/// @param aliases other tools' names of the same number, of the same orientation, with a space
///   between them
record Definition(
    Metric.Family family,
    String id,
    String meaning,
    Formula formula,
    Scale scale,
    Metric.Method method,
    String source,
    List<String> aliases) {

  Definition {
    aliases = List.copyOf(aliases);
  }

  Definition(
      Metric.Family family,
      String id,
      String meaning,
      Formula formula,
      Scale scale,
      Metric.Method method,
      String source,
      String... aliases) {
    this(family, id, meaning, formula, scale, method, source, List.of(aliases));
  }

  /// How it is computed.
  ///
  /// @param text the arithmetic
  /// @param denominator which rows are counted below the line
  /// @param undefined why it has no value where it has none
  record Formula(String text, String denominator, String undefined) {}

  /// The values it can take.
  ///
  /// @param better which of them are good
  /// @param low the smallest; may be infinite
  /// @param high the largest; may be infinite
  record Scale(Metric.Better better, double low, double high) {

    /// From 0 to 1.
    static Scale share(Metric.Better better) {
      return new Scale(better, 0, 1);
    }

    /// From 0, without an end.
    static Scale fromZero(Metric.Better better) {
      return new Scale(better, 0, Double.POSITIVE_INFINITY);
    }

    /// Without an end on either side.
    static Scale anything(Metric.Better better) {
      return new Scale(better, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
  }
}
