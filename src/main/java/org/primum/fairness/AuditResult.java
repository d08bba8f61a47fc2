package org.primum.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.fairness.suppression.Range;
import org.primum.fairness.tally.GroupTally;
import org.primum.gate.Finding;
import org.primum.gate.Measurement;
import org.primum.gate.Omissions;
import org.primum.gate.Status;

/// What an audit found.
///
/// @param judgements what each rule says of each group, in the order of the policy
/// @param metrics every rate of everyone and of every group, alone and against its reference
/// @param tables the groups, one table for each attribute and intersection
/// @param overall everyone, in full: not to be shown
/// @param disclosure what may be shown of everyone and of each group
/// @param depth what lies behind the metrics, for those who want to see it
/// @param exclusions who was left out, and why
/// @param notes what else a reader has to know, in sentences
public record AuditResult(
    List<Judgement> judgements,
    List<Measurement> metrics,
    List<GroupTable> tables,
    GroupTally overall,
    Disclosure disclosure,
    Depth depth,
    Exclusions exclusions,
    List<String> notes) {

  /// Strata, curves, conflicts and gaps.
  ///
  /// @param strata the tables of each stratum of the condition, one stratum after the other
  /// @param curves of everyone and of the groups of each attribute, where they may be told
  /// @param needs of the same, where the data say what patients need
  /// @param conflicts one for each attribute whose groups have base rates to compare
  /// @param omissions what is not in the metrics, or only roughly
  public record Depth(
      List<GroupTable> strata,
      List<GroupCurves> curves,
      List<GroupNeed> needs,
      List<BaseRateConflict> conflicts,
      Omissions omissions) {
    public Depth {
      strata = List.copyOf(strata);
      curves = List.copyOf(curves);
      needs = List.copyOf(needs);
      conflicts = List.copyOf(conflicts);
    }

    /// The curves of a group; empty where there are none to show.
    public Optional<GroupCurves> curvesOf(String group) {
      return curves.stream().filter(c -> c.group().equals(group)).findFirst();
    }

    /// The needs of a group; empty where there are none to show.
    public Optional<GroupNeed> needOf(String group) {
      return needs.stream().filter(n -> n.group().equals(group)).findFirst();
    }
  }

  /// A finding, and the same said in people.
  public record Judgement(Finding finding, String sentence) {}

  /// Rows no rule, or not every rule, could speak of, as far as they may be told.
  ///
  /// @param rows all in the data
  /// @param tooSmall in at least one group that a rule could not judge
  /// @param withoutLabel left out of the metrics that need one
  /// @param withoutPrediction left out of the metrics that need one
  public record Exclusions(
      Range rows, Range tooSmall, Range withoutLabel, Range withoutPrediction) {

    /// A sentence, also where none is left out; what is zero is not mentioned.
    public String sentence() {
      List<String> parts = new ArrayList<>();
      if (tooSmall.high() > 0) {
        parts.add(count(ofAll(tooSmall)) + " are in a group that a rule could not judge");
      }
      if (withoutLabel.high() > 0) {
        parts.add(count(withoutLabel) + " have no label");
      }
      if (withoutPrediction.high() > 0) {
        parts.add(count(withoutPrediction) + " have no prediction");
      }
      return parts.isEmpty()
          ? "All " + rows.words() + " rows could be judged."
          : "Of " + rows.words() + " rows, " + String.join("; ", parts) + ".";
    }

    /// No more than there can be.
    private Range ofAll(Range n) {
      return new Range(n.low(), Math.max(n.low(), Math.min(n.high(), rows.high())));
    }

    private String count(Range n) {
      if (!n.exact() || !rows.exact()) {
        return n.words();
      }
      double percent = 100.0 * (double) n.low() / (double) rows.low();
      return n.words() + String.format(java.util.Locale.ROOT, " (%.1f %%)", percent);
    }
  }

  public AuditResult {
    judgements = List.copyOf(judgements);
    metrics = List.copyOf(metrics);
    tables = List.copyOf(tables);
    notes = List.copyOf(notes);
  }

  public List<Finding> findings() {
    return judgements.stream().map(Judgement::finding).toList();
  }

  /// The worst of all findings.
  public Status status() {
    return findings().stream().map(Finding::status).reduce(Status.PASS, Status::worse);
  }

  /// The judgements of the worst status, in the order of the policy; none where all passed.
  public List<Judgement> worst() {
    Status status = status();
    return status == Status.PASS
        ? List.of()
        : judgements.stream().filter(j -> j.finding().status() == status).toList();
  }

  /// One sentence, or two, that a clinician can read.
  public String summary() {
    List<Judgement> worst = worst();
    String what =
        worst.isEmpty()
            ? "Every rule is met. "
            : worst.getFirst().finding().rule() + ": " + worst.getFirst().sentence() + " ";
    String more = worst.size() > 1 ? (worst.size() - 1) + " more like it. " : "";
    String note = notes.isEmpty() ? "" : " " + String.join(" ", notes);
    return what + more + exclusions.sentence() + note;
  }
}
