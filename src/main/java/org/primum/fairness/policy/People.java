package org.primum.fairness.policy;

/// What sentences call the rows of a label.
///
/// @param having those with the outcome, e.g. `readmitted patients`
/// @param lacking those without it
/// @param recorded how having it is recorded, e.g. `with label = 1`
public record People(String having, String lacking, String recorded) {

  /// By the label's column, where the policy has no word for them.
  public static People of(AuditData.Target target) {
    return switch (target) {
      case AuditData.Target.Event(AuditData.YesNo label, var _) -> of(label);
      case AuditData.Target.Classes _, AuditData.Target.Quantity _ ->
          new People("patients", "patients", "with " + target.labelColumn());
    };
  }

  private static People of(AuditData.YesNo label) {
    String outcome = label.column() + " = " + label.positive();
    return new People("patients with " + outcome, "patients without " + outcome, "with " + outcome);
  }

  /// By the policy's own word.
  ///
  /// @param people in the plural, e.g. `readmitted patients`
  public static People named(String people) {
    return new People(people, "who are not " + people, "as " + people);
  }
}
