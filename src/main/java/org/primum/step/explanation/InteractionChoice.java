package org.primum.step.explanation;

import java.util.Arrays;
import java.util.List;
import org.primum.explain.SampledExplainer;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.FeaturePairs.Named;
import org.primum.model.Scorer;
import org.primum.step.UsageException;

/// Which interactions `shap-batch` is asked to write.
public sealed interface InteractionChoice {

  /// None.
  record None() implements InteractionChoice {}

  /// Of each row and class all that are not 0.
  record Full() implements InteractionChoice {}

  /// Of each row and class those of largest magnitude.
  record Top(int most) implements InteractionChoice {
    public Top {
      if (most < 1) {
        throw new UsageException("--interactions=top:N lists at least 1 pair, got " + most);
      }
    }
  }

  /// Those of the named pairs.
  record Pairs(List<Named> named) implements InteractionChoice {
    public Pairs {
      named = List.copyOf(named);
    }
  }

  /// @throws UsageException where it is none of the forms
  static InteractionChoice parse(String text) {
    if (text.equals("none")) {
      return new None();
    }
    if (text.equals("full")) {
      return new Full();
    }
    if (text.startsWith("top:")) {
      return top(text.substring("top:".length()));
    }
    if (text.startsWith("pairs:")) {
      String[] pairs = text.substring("pairs:".length()).split(",", -1);
      return new Pairs(Arrays.stream(pairs).map(InteractionChoice::pair).toList());
    }
    throw new UsageException(
        "--interactions=" + text + ": give none, top:N, pairs:a*b[,c*d] or full");
  }

  private static InteractionChoice top(String number) {
    try {
      return new Top(Integer.parseInt(number));
    } catch (NumberFormatException e) {
      throw new UsageException(
          "--interactions=top:" + number + ": give a whole number, as in top:10");
    }
  }

  private static Named pair(String text) {
    String[] names = text.split("\\*", -1);
    if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
      throw new UsageException(
          "--interactions=pairs:… takes pairs of names as in age*dose, got '" + text + "'");
    }
    return new Named(names[0].strip(), names[1].strip());
  }

  /// The pairs to explain.
  ///
  /// @throws UsageException where a named feature is none of the model's
  default FeaturePairs of(Scorer model, FeatureGroups groups) {
    return switch (this) {
      case None _ -> FeaturePairs.named(groups, List.of());
      case Full _, Top _ -> FeaturePairs.of(model, groups);
      case Pairs pairs -> named(groups, pairs.named());
    };
  }

  /// The same of a model that is asked as a black box.
  default FeaturePairs of(SampledExplainer explainer, FeatureGroups groups) {
    return switch (this) {
      case None _ -> FeaturePairs.named(groups, List.of());
      case Full _, Top _ -> explainer.allPairs();
      case Pairs pairs -> named(groups, pairs.named());
    };
  }

  private static FeaturePairs named(FeatureGroups groups, List<Named> pairs) {
    try {
      return FeaturePairs.named(groups, pairs);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--interactions=pairs: " + e.getMessage());
    }
  }

  /// The option's own words, the same for the same question.
  default String words(FeaturePairs pairs) {
    return switch (this) {
      case None _ -> "none";
      case Full _ -> "full";
      case Top top -> "top:" + top.most();
      case Pairs _ ->
          "pairs:"
              + String.join(
                  ",", pairs.all().stream().map(p -> p.first() + "*" + p.second()).toList());
    };
  }

  /// Whether all pairs that can interact are explained, so that what is left of a feature's value
  /// is what it does alone.
  default boolean isComplete() {
    return switch (this) {
      case Full _, Top _ -> true;
      case None _, Pairs _ -> false;
    };
  }

  /// How many lines a row and class may have.
  default int most() {
    return switch (this) {
      case None _ -> 0;
      case Full _, Pairs _ -> Integer.MAX_VALUE;
      case Top top -> top.most();
    };
  }
}
