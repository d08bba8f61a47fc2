package org.primum.step.explanation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.primum.explain.value.OutputSpace;
import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.Link;
import org.primum.model.Scorer;
import org.primum.model.TreeEnsemble;

/// What makes probabilities of margins, where anything does.
record PatientLink(Optional<Link> link) {

  /// The key under which `shap.parquet` names the link of the model it explains.
  static final String KEY = "primum.link";

  static PatientLink of(Scorer model) {
    return new PatientLink(
        switch (model) {
          case TreeEnsemble trees -> Optional.of(trees.link());
          case LinearModel linear -> Optional.of(linear.link());
          case LinearClasses linear -> Optional.of(linear.link());
          default -> Optional.empty();
        });
  }

  /// Of values on a scale: a probability is its own.
  static PatientLink of(Scorer model, OutputSpace space) {
    return switch (space) {
      case MARGIN -> of(model);
      case PROBABILITY -> new PatientLink(Optional.of(Link.PROBABILITY));
    };
  }

  /// As a file says of itself; an unknown word says nothing.
  static PatientLink of(Map<String, String> metadata) {
    String name = metadata.getOrDefault(KEY, "").toUpperCase(Locale.ROOT);
    for (Link link : Link.values()) {
      if (link.name().equals(name)) {
        return new PatientLink(Optional.of(link));
      }
    }
    return new PatientLink(Optional.empty());
  }

  Optional<String> wireName() {
    return link.map(known -> known.name().toLowerCase(Locale.ROOT));
  }

  /// The probability of each class.
  ///
  /// @param margins of all classes of one row
  List<OptionalDouble> probabilities(List<Double> margins) {
    if (link.isEmpty()) {
      return margins.stream().map(_ -> OptionalDouble.empty()).toList();
    }
    return switch (link.get()) {
      case LOGISTIC ->
          margins.stream().map(m -> OptionalDouble.of(1 / (1 + Math.exp(-m)))).toList();
      case PROBABILITY -> margins.stream().map(OptionalDouble::of).toList();
      case IDENTITY, LOG -> margins.stream().map(_ -> OptionalDouble.empty()).toList();
      case SOFTMAX, ONE_VS_REST -> ofClasses(link.get(), margins);
    };
  }

  private static List<OptionalDouble> ofClasses(Link link, List<Double> margins) {
    double[] probabilities = margins.stream().mapToDouble(Double::doubleValue).toArray();
    link.probabilities(probabilities, 0, probabilities.length);
    return Arrays.stream(probabilities).mapToObj(OptionalDouble::of).toList();
  }

  /// Whether a margin alone has a probability.
  boolean isOfOneMargin() {
    return link.isPresent() && link.get().isBinaryProbability();
  }
}
