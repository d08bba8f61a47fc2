package org.primum.fairness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.primum.gate.Comparison;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;

/// Audits of cohort.csv under policies as people write them, nothing too small, everything shown.
final class CohortRuns {

  private CohortRuns() {}

  /// The rows of the cohort, `patient_id,label,score,prediction,race,sex,age_band,weight`.
  static List<List<String>> lines() {
    try {
      return Files.readAllLines(Fixtures.COHORT).stream()
          .map(line -> List.of(line.split(",", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Rows that have a race, with their race renamed.
  static Rows completeCases(UnaryOperator<String> race) {
    return rows(line -> !line.get(4).isEmpty(), race);
  }

  static Rows allRows() {
    return rows(_ -> true, UnaryOperator.identity());
  }

  private static Rows rows(
      java.util.function.Predicate<List<String>> kept, UnaryOperator<String> race) {
    List<List<String>> lines = lines();
    String[] rows =
        lines.stream()
            .skip(1)
            .filter(kept)
            .map(line -> {
              String[] cells = line.toArray(String[]::new);
              cells[4] = race.apply(cells[4]);
              return String.join(",", cells);
            })
            .toArray(String[]::new);
    return Rows.of(String.join(",", lines.getFirst()), rows);
  }

  /// @param rules as in a policy, one a line
  static AuditResult audit(Rows rows, boolean weighted, String... rules) {
    String weight = weighted ? "  weight: {column: weight}\n" : "";
    String list =
        Stream.concat(
                Stream.of("{id: any, metric: accuracy, over: sex, min: 0, decide: point}"),
                Arrays.stream(rules))
            .map(rule -> "  - " + rule + "\n")
            .reduce("", String::concat);
    return Audits.audit(
        Audits.policy(
            weight
                + """
                attributes:
                  - {name: race, column: race, reference: White}
                  - {name: sex, column: sex, reference: M}
                intersections: [{of: [race, sex]}]
                minimum: {n: 0, positives: 0, negatives: 0}
                suppress: {below: 0}
                rules:
                """
                + list),
        rows);
  }

  static Measurement metric(AuditResult result, String metric, String group, String compare) {
    List<Measurement> found =
        result.metrics().stream()
            .filter(m -> m.metric().equals(metric) && m.group().equals(group))
            .filter(m -> compare.equals(kind(m)))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(metric + " " + compare + " of " + group + ": " + found);
    }
    return found.getFirst();
  }

  private static String kind(Measurement measurement) {
    return switch (measurement.comparison()) {
      case Comparison.Alone() -> "";
      case Comparison.With(String kind, String _) -> kind;
    };
  }

  static OptionalDouble value(Measurement measurement) {
    return measurement.value() instanceof Measure.Known(double value)
        ? OptionalDouble.of(value)
        : OptionalDouble.empty();
  }

  /// The values of the findings of a rule over one table, that of all groups first.
  static List<Optional<Double>> findings(AuditResult result, String rule) {
    return result.findings().stream()
        .filter(f -> f.rule().equals(rule))
        .map(f -> f.measurement().value())
        .map(m -> m instanceof Measure.Known(double v) ? Optional.of(v) : Optional.<Double>empty())
        .toList();
  }
}
