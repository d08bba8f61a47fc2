package org.primum.step.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.primum.data.Table;
import org.primum.document.FairnessPolicyDocument;
import org.primum.document.PolicyDraftDocument;
import org.primum.document.Source;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.proposal.ColumnRoles;
import org.primum.fairness.proposal.PolicyDraft;
import org.primum.fairness.proposal.PolicyProposal;
import org.primum.fairness.proposal.TableProfile;
import org.primum.fairness.tally.Tally;
import org.primum.fairness.tally.TallyCount;
import org.primum.step.StepContext;
import org.primum.store.Location;
import org.primum.table.TableFiles;

/// A fairness policy proposed from scored rows, for a person to edit.
///
/// @param said which columns are what, as far as somebody knows
/// @param name of the policy
public record ProposedPolicy(Location data, ColumnRoles.Said said, String name) {

  /// The policy as YAML. It was read again and counted by, so an audit accepts it.
  public String yaml(StepContext context) throws IOException {
    StepContext.Input input = context.fetch("data", data);
    Table table = TableFiles.open(input.path(), input.name());
    TableProfile profile = profile(table, context);
    PolicyProposal proposal =
        new PolicyProposal(input.name(), name, profile.rows(), ColumnRoles.of(profile, said));
    int threads = Runtime.getRuntime().availableProcessors();
    Tally tally = TallyCount.of(table, policy(proposal.first()), threads, rows -> {});
    PolicyDraft counted = proposal.counted(tally);
    policy(counted);
    return PolicyDraftDocument.write(counted);
  }

  private static TableProfile profile(Table table, StepContext context) throws IOException {
    context.progress().start("looking at columns", 0);
    long[] seen = new long[1];
    TableProfile profile =
        TableProfile.of(
            table,
            rows -> {
              context.progress().advance(rows - seen[0]);
              seen[0] = rows;
            });
    context.progress().finish();
    return profile;
  }

  private static FairnessPolicy policy(PolicyDraft draft) {
    byte[] yaml = PolicyDraftDocument.write(draft).getBytes(StandardCharsets.UTF_8);
    return FairnessPolicyDocument.read(new Source("the proposed policy", yaml));
  }
}
