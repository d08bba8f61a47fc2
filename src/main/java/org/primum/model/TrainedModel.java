package org.primum.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.data.Digest;

/// What `model.json` says of a model this project trained: which file holds it, what it reads, how
/// its score becomes a decision, and what it was trained on.
///
/// @param learner the wire name of the learner, e.g. `xgboost`
/// @param features in the order in which the model takes them
/// @param threshold a row is predicted positive where its score is at least this, in [0, 1]
public record TrainedModel(
    String learner,
    NativeFile file,
    List<Feature> features,
    Roles roles,
    double threshold,
    Training training) {

  /// The model in its own form.
  ///
  /// @param name a file name in the model directory, without folders
  public record NativeFile(String name, NativeFormat format, Digest digest) {
    public NativeFile {
      if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
        throw new ModelInvalidException("file.name must be a plain file name, got '" + name + "'");
      }
    }
  }

  /// Which columns of the training data were what.
  ///
  /// @param id the column that names the patient
  /// @param label the column of the outcome
  /// @param positive the outcome's positive value, as text
  /// @param sensitive the sensitive columns, which audits group by
  public record Roles(String id, String label, String positive, List<String> sensitive) {
    public Roles {
      sensitive = List.copyOf(sensitive);
    }
  }

  /// What the model was trained on, and how.
  ///
  /// @param dataset digest of the data file, holdout included
  /// @param reweighed the columns whose joint groups were reweighed; empty where none were
  /// @param weight the column of the row weights; empty where there was none
  public record Training(
      Digest dataset,
      long seed,
      SortedMap<String, String> hyperparameters,
      List<String> reweighed,
      String weight,
      double holdout,
      Counts counts) {
    public Training {
      hyperparameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperparameters));
      reweighed = List.copyOf(reweighed);
    }
  }

  /// How many rows, patients and positives the model was fitted to; the holdout is not among them.
  public record Counts(long rows, long patients, long positives) {}

  public TrainedModel {
    features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new ModelInvalidException("features must not be empty");
    }
    Set<String> seen = new HashSet<>();
    for (Feature feature : features) {
      if (!seen.add(feature.name())) {
        throw new ModelInvalidException("feature '" + feature.name() + "' occurs twice");
      }
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new ModelInvalidException("threshold must lie in [0, 1], got " + threshold);
    }
  }
}
