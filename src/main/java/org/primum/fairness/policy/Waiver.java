package org.primum.fairness.policy;

import java.time.LocalDate;
import org.primum.gate.ConfigInvalidException;

/// A reviewed exception: a finding that is outside its limit, and known to be.
///
/// @param rule id of the rule
/// @param group printed name of the group, `race=NHPI`, or `all`
/// @param expires the last day it counts, UTC
public record Waiver(
    String rule, String group, String reason, String approvedBy, LocalDate expires) {

  public Waiver {
    if (reason.isBlank() || approvedBy.isBlank()) {
      throw new ConfigInvalidException(
          "waivers: the waiver of " + rule + " for " + group + " needs reason and approvedBy");
    }
  }

  public boolean speaksOf(String ruleId, String groupName) {
    return rule.equals(ruleId) && group.equals(groupName);
  }
}
