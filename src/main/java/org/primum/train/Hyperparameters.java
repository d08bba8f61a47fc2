package org.primum.train;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Every hyperparameter of a learner with its value: the user's, or the learner's own.
public record Hyperparameters(Learner learner, SortedMap<String, String> values) {

  public Hyperparameters {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /// @param given what the user wrote, by name
  /// @throws IllegalArgumentException where a name is not on the learner's list, or a value is not
  ///   of its kind or out of its range
  public static Hyperparameters of(Learner learner, Map<String, String> given) {
    SortedMap<String, String> values = new TreeMap<>();
    for (Hyperparameter known : learner.hyperparameters()) {
      values.put(known.name(), known.canonical(Double.toString(known.initial())));
    }
    for (Map.Entry<String, String> entry : given.entrySet()) {
      Hyperparameter known = require(learner, entry.getKey());
      values.put(known.name(), known.canonical(entry.getValue()));
    }
    return new Hyperparameters(learner, values);
  }

  private static Hyperparameter require(Learner learner, String name) {
    return learner.hyperparameters().stream()
        .filter(h -> h.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "param '"
                    + name
                    + "' is not one of "
                    + learner.wireName()
                    + "; it takes "
                    + learner.hyperparameters().stream()
                        .map(Hyperparameter::name)
                        .collect(Collectors.joining(", "))));
  }

  int whole(String name) {
    return Integer.parseInt(value(name));
  }

  double real(String name) {
    return Double.parseDouble(value(name));
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(learner + " has no hyperparameter " + name);
    }
    return value;
  }
}
