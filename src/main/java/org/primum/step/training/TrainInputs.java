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
  public record FeatureChoice(List<String> only, List<String> except, boolean sensitiveToo) {
    public FeatureChoice {
      only = List.copyOf(only);
      except = List.copyOf(except);
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
