package org.primum.fairness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.MetricRef;
import org.primum.gate.Measurement;
import org.primum.gate.Omissions.NotMeasured;

/// What an audit did not measure, and why: NIST AI RMF, MEASURE 2.11 and 1.1, asks that risks which
/// are not measured are written down.
final class Unmeasured {

  private final FairnessPolicy policy;
  private final List<NotMeasured> all = new ArrayList<>();

  private Unmeasured(FairnessPolicy policy) {
    this.policy = policy;
  }

  static List<NotMeasured> of(FairnessPolicy policy, List<Measurement> metrics) {
    Unmeasured unmeasured = new Unmeasured(policy);
    Set<Metric> measured =
        metrics.stream()
            .flatMap(m -> MetricRef.parse(m.metric()).stream())
            .map(MetricRef::metric)
            .collect(Collectors.toSet());
    for (Metric metric : Metric.values()) {
      if (!measured.contains(metric)) {
        unmeasured.add(metric.id(), unmeasured.reason(metric));
      }
    }
    unmeasured.pairs();
    unmeasured.always();
    return unmeasured.all;
  }

  private void add(String what, String reason) {
    all.add(new NotMeasured(what, reason));
  }

  private String reason(Metric metric) {
    return switch (policy.data().target()) {
      case AuditData.Target.Event(_, AuditData.Decision how) ->
          reason(metric, !(how instanceof AuditData.Decision.ByColumn));
      case AuditData.Target.Classes _ ->
          metric.family() == Metric.Family.DATA
              ? "no rule of the policy asks for it"
              : "the outcome is one of several classes";
      case AuditData.Target.Quantity _ ->
          metric.family() == Metric.Family.DATA
              ? "no rule of the policy asks for it"
              : "the outcome is a number";
    };
  }

  private static String reason(Metric metric, boolean scores) {
    return switch (metric.family()) {
      case REGRESSION -> "the outcome is yes or no, not a number";
      case SCORE, CALIBRATION ->
          scores ? "no rule of the policy asks for it" : "the policy names no column of scores";
      case CLINICAL ->
          !scores && metric != Metric.NNT_ALERT
              ? "the policy names no column of scores"
              : metric == Metric.NEED_AT
                  ? "no rule asks for it, and no other measure of need was looked at: whether the"
                      + " label records need or care is not known"
                  : metric.takesArgument()
                      ? "no rule of the policy names the threshold or share it is to be taken at"
                      : "no rule of the policy asks for it";
      case PROXY ->
          switch (metric) {
            case AUC_SENSITIVE_FROM_ALL, AUC_SENSITIVE_FROM_ALL_WITH_SCORE ->
                "the policy does not ask what all inputs together tell (proxies.together)";
            default -> "the policy names no proxies to look at";
          };
      case INEQUALITY ->
          metric == Metric.CDD
              ? "the policy names no condition in which patients are alike"
              : "no rule of the policy asks for it";
      case RATE, DATA, COMPOSITE, OMNIBUS -> "no rule of the policy asks for it";
    };
  }

  /// Attributes whose intersection nobody asked for.
  private void pairs() {
    Set<Set<String>> audited = new HashSet<>();
    policy.audited().forEach(of -> audited.add(Set.copyOf(of)));
    for (int i = 0; i < policy.attributes().size(); i++) {
      for (int j = i + 1; j < policy.attributes().size(); j++) {
        String one = policy.attributes().get(i).name();
        String other = policy.attributes().get(j).name();
        if (audited.stream().noneMatch(of -> of.containsAll(Set.of(one, other)))) {
          add(one + " by " + other, "the policy names no intersection of the two");
        }
      }
    }
  }

  private void always() {
    add(
        "individual fairness",
        "whether like patients are treated alike needs a measure of likeness");
    add(
        "harm after the decision",
        "the data say who was flagged, not what was done then and whom it helped");
    add("change over time", "one set of data is one point in time");
  }
}
