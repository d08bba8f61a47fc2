package org.primum.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.primum.step.explanation.InteractionChoice;
import org.primum.step.explanation.ShapDetail;
import org.primum.store.Location;
import picocli.CommandLine.Option;

/// What else `shap-batch` may say of features.
final class InteractionOptions {

  @Option(
      names = "--interactions",
      defaultValue = "none",
      paramLabel = "none|top:N|pairs:a*b[,c*d]|full",
      order = 20,
      description =
          "How pairs of features move the margin together, in interactions.parquet: for each row the"
              + " N strongest pairs, the named ones, or all. summary.json lists the strongest"
              + " overall. Where the model itself is asked, of up to 12 features.")
  String interactions = "none";

  @StepInput(StepInput.Kind.POLICY)
  @Option(
      names = "--groups",
      paramLabel = "FILE",
      order = 21,
      description =
          "Features to explain as one, such as the columns of one category: a FeatureGroups document,"
              + " YAML or JSON. A group has the sum of its features' values; with values: together,"
              + " where the model itself is asked, its own value in the game of the groups.")
  @Nullable Location groups;

  /// @throws org.primum.step.UsageException where the interactions asked for are of no known form
  ShapDetail detail() {
    return new ShapDetail(InteractionChoice.parse(interactions), Optional.ofNullable(groups));
  }
}
