package org.primum.step.training;

import java.util.List;
import org.primum.step.UsageException;
import org.primum.store.Location;
import org.primum.train.ColumnRoles;
import org.primum.train.DecisionThreshold;
import org.primum.train.Hyperparameters;

/// What `train` is asked.
///
/// @param holdout the share of patients held out, in (0, 1)
public record TrainInputs(
    Location data,
    ColumnRoles roles,
    FeatureChoice choice,
    Hyperparameters hyperparameters,
    double holdout,
    DecisionThreshold threshold,
    long seed) {

  /// Which columns may be features.
  ///
  /// @param only the columns named; empty for all that have no other role
  /// @param categories those that are categories, whatever their values look like
  public record FeatureChoice(
      List<String> only, List<String> except, boolean sensitiveToo, List<String> categories) {
    public FeatureChoice {
      only = List.copyOf(only);
      except = List.copyOf(except);
      categories = List.copyOf(categories);
      if (!only.isEmpty() && !except.isEmpty()) {
        throw new UsageException("--features and --exclude exclude each other; give one");
      }
    }
  }

  public TrainInputs {
    if (!(holdout > 0 && holdout < 1)) {
      throw new UsageException("--holdout must lie between 0 and 1, got " + holdout);
    }
  }
}
