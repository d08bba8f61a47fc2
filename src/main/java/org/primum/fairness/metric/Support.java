package org.primum.fairness.metric;

import java.util.List;
import org.primum.fairness.policy.Minimum;
import org.primum.fairness.statistics.Deviations;
import org.primum.fairness.statistics.Proportion;

/// The rows a number stands on.
///
/// @param rows of the denominator, unweighted
/// @param parts what a policy's minimum is held against: each of them has to be large enough
/// @param deviations of the number in each bootstrap replicate, where rows come in clusters
public record Support(long rows, List<Part> parts, Deviations deviations) {

  /// Of independent rows.
  public Support(long rows, List<Part> parts) {
    this(rows, parts, Deviations.NONE);
  }

  /// Rows of one kind.
  ///
  /// @param effective as many independent rows would know as much; equal to `rows` where all rows
  ///   count alike and are independent
  public record Part(Kind kind, long rows, double effective) {}

  /// What the rows are.
  public enum Kind {
    PATIENTS("patients"),
    POSITIVES("positives"),
    NEGATIVES("negatives"),
    PREDICTED_POSITIVES("predicted positives"),
    PREDICTED_NEGATIVES("predicted negatives"),
    /// The group's own rows where the number says how many they are: no minimum, but shown only
    /// where the group is.
    OWN_ROWS("rows");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    /// How many of them a policy asks for before it judges.
    public double required(Minimum minimum) {
      return switch (this) {
        case POSITIVES -> minimum.positives();
        case NEGATIVES -> minimum.negatives();
        case PATIENTS, PREDICTED_POSITIVES, PREDICTED_NEGATIVES -> minimum.n();
        case OWN_ROWS -> 0;
      };
    }
  }

  public Support {
    parts = List.copyOf(parts);
  }

  /// Of the denominator of a proportion.
  public static Support of(Kind kind, Proportion p) {
    return new Support(p.rows(), List.of(part(kind, p)));
  }

  /// The rows of a denominator, as a part.
  public static Part part(Kind kind, Proportion p) {
    return new Part(kind, p.rows(), p.effectiveRows());
  }

  /// Of several kinds of rows, all of which the number needs.
  public static Support of(Part... parts) {
    long rows = 0;
    for (Part part : parts) {
      rows += part.rows();
    }
    return new Support(rows, List.of(parts));
  }

  /// Whether there are rows of some kind, but fewer than may be told.
  public boolean small(int below) {
    return (rows > 0 && rows < below)
        || parts.stream().anyMatch(part -> part.rows() > 0 && part.rows() < below);
  }

  /// Of rows that are too few to tell how many they are.
  static Support untold(Kind kind) {
    return new Support(1, List.of(new Part(kind, 1, 1)));
  }

  /// The rows of the smallest part.
  public long smallest() {
    return parts.stream().mapToLong(Part::rows).min().orElse(rows);
  }
}
