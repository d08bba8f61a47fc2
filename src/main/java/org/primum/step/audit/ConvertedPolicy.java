package org.primum.step.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.primum.document.FairnessPolicyDocument;
import org.primum.document.ImportedSettings;
import org.primum.document.PolicyDraftDocument;
import org.primum.document.Source;
import org.primum.fairness.proposal.Imported;
import org.primum.fairness.proposal.PolicyImport;
import org.primum.step.StepContext;
import org.primum.store.Location;

/// A fairness policy with the thresholds of another tool, for a person to complete.
public record ConvertedPolicy(ImportedSettings.Tool tool, Location input) {

  /// The policy as YAML, which an audit accepts. Whatever could not be imported is in it, and
  /// logged.
  public String yaml(StepContext context) throws IOException {
    StepContext.Input file = context.fetchDocument("input", input);
    Imported imported = ImportedSettings.read(tool, Source.of(file.path(), file.name()));
    imported.left().forEach(line -> context.log("not imported: " + line));
    String yaml = PolicyDraftDocument.write(new PolicyImport(file.name(), imported).draft());
    FairnessPolicyDocument.read(
        new Source("the imported policy", yaml.getBytes(StandardCharsets.UTF_8)));
    return yaml;
  }
}
