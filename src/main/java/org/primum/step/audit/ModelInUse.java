package org.primum.step.audit;

import java.io.IOException;
import java.time.LocalDate;
import org.primum.fairness.AuditResult;
import org.primum.fairness.FairnessAudit;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.tally.Tally;
import org.primum.step.StepContext;
import org.primum.store.Location;

/// What rules `against: baseline` hold a model against.
public sealed interface ModelInUse {

  /// @param today decides which waivers still count
  AuditResult audit(Tally tally, FairnessPolicy policy, LocalDate today, StepContext context)
      throws IOException;

  /// Nobody said which model is in use: such rules cannot be decided.
  record NotGiven() implements ModelInUse {
    @Override
    public AuditResult audit(
        Tally tally, FairnessPolicy policy, LocalDate today, StepContext context) {
      return FairnessAudit.audit(tally, policy, today);
    }
  }

  /// The tally of the model in use.
  ///
  /// @param location of the file, or of the output directory that holds it
  record Counted(Location location) implements ModelInUse {
    @Override
    public AuditResult audit(
        Tally tally, FairnessPolicy policy, LocalDate today, StepContext context)
        throws IOException {
      Tally baseline = TallyFiles.baseline(location, context);
      return FairnessAudit.audit(tally, baseline, policy, today);
    }
  }
}
