package org.primum.explain.value;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// How one prediction came about: base value, what each feature moved, margin.
///
/// @param output the class, from 0; 0 where the model has one margin
/// @param probability of the class, where the margin has one
/// @param baseProbability what the base value is as a probability, where it is one
/// @param effects in the model's order of features
public record RowExplanation(
    int output,
    double baseValue,
    double margin,
    OptionalDouble baseProbability,
    OptionalDouble probability,
    List<Effect> effects) {

  /// @param value the feature's value of this row as the data have it; empty where it is not shown
  public record Effect(String feature, Optional<String> value, double phi) {

    /// Its name, with the value where there is one.
    public String label() {
      return feature + value.map(shown -> " = " + shown).orElse("");
    }
  }

  public RowExplanation {
    effects = List.copyOf(effects);
  }

  /// Whether margins are log-odds, so that each has a probability.
  public boolean isLogOdds() {
    double expected = 1 / (1 + Math.exp(-baseValue));
    return baseProbability.isPresent()
        && Math.abs(baseProbability.getAsDouble() - expected) < 1e-12;
  }

  /// The effects from the largest magnitude on; equal ones in the model's order.
  public List<Effect> largestFirst() {
    return effects.stream()
        .sorted(Comparator.comparingDouble((Effect effect) -> -Math.abs(effect.phi())))
        .toList();
  }

  /// The same with values beside the features.
  ///
  /// @param values by feature
  public RowExplanation withValues(Map<String, String> values) {
    List<Effect> shown =
        effects.stream()
            .map(
                e -> new Effect(e.feature(), Optional.ofNullable(values.get(e.feature())), e.phi()))
            .toList();
    return new RowExplanation(output, baseValue, margin, baseProbability, probability, shown);
  }

  /// The same without the patient's own values.
  public RowExplanation withoutValues() {
    List<Effect> bare =
        effects.stream().map(e -> new Effect(e.feature(), Optional.empty(), e.phi())).toList();
    return new RowExplanation(output, baseValue, margin, baseProbability, probability, bare);
  }
}
