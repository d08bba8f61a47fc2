package org.primum.promotion;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Threshold;

/// What a person said of a release that its evidence carries. It never stands in for evidence.
public sealed interface Approval {

  /// The rule of its finding.
  String RULE = "approval";

  /// Nobody was asked, or nobody answered.
  record NotGiven() implements Approval {}

  /// @param approver who, as the caller names them; empty where that was not said
  record Approved(String approver) implements Approval {
    public Approved {
      requireName(approver);
    }
  }

  /// @param approver who, as the caller names them; empty where that was not said
  record Rejected(String approver) implements Approval {
    public Rejected {
      requireName(approver);
    }
  }

  /// What it comes to under the policy: nothing where nobody asked and nobody answered.
  default List<Finding> findings(ReleasePolicy policy) {
    return switch (this) {
      case NotGiven() ->
          policy.approvalRequired()
              ? List.of(finding(Status.FAIL, "the release policy asks for one, and none was given"))
              : List.of();
      case Approved _ -> List.of(finding(Status.PASS, words()));
      case Rejected _ -> List.of(finding(Status.FAIL, words()));
    };
  }

  /// In a few words; empty where there is none.
  default String words() {
    return switch (this) {
      case NotGiven() -> "";
      case Approved(String approver) -> "approved" + by(approver);
      case Rejected(String approver) -> "rejected" + by(approver);
    };
  }

  private static String by(String approver) {
    return approver.isEmpty() ? "; by whom was not said" : " by " + approver;
  }

  private static Finding finding(Status status, String reason) {
    Measure value =
        status == Status.PASS ? new Measure.Known(1) : new Measure.Unknown("no approval");
    return new Finding(
        RULE,
        new Measurement(
            RULE,
            Measurement.OVERALL,
            new Comparison.Alone(),
            value,
            new Interval.None(),
            OptionalLong.empty()),
        new Threshold.Present(),
        "presence",
        status,
        Severity.BLOCK,
        reason);
  }

  private static void requireName(String approver) {
    if (approver.length() > 200 || Pattern.compile("\\p{C}").matcher(approver).find()) {
      throw new IllegalArgumentException(
          "a name of at most 200 characters, none of them a control character");
    }
  }
}
