package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.primum.document.ShapleyInteractions;
import org.primum.explain.summary.InteractionSummary.Pair;
import org.primum.report.ShapleyBars;
import org.primum.report.ShapleyMatrix;

/// The pictures of features that act together in one class.
record InteractionPictures(ShapPictures pictures, int output) {

  private static final int FEATURES = 10;
  private static final int BARS = 10;

  /// The pairs, strongest first; none where none were asked for, or none interact.
  private List<Pair> pairs() {
    return found().map(one -> one.summary().outputs().get(output).strongest()).orElse(List.of());
  }

  private Optional<ShapleyInteractions> found() {
    return pictures.shard().interactions();
  }

  List<ShapPictures.Drawn> all() {
    List<ShapPictures.Drawn> all = new ArrayList<>();
    if (pairs().isEmpty()) {
      return all;
    }
    found().ifPresent(found -> all.add(matrix(found)));
    all.add(bars());
    dependence(pairs().getFirst()).ifPresent(all::add);
    return all;
  }

  /// The most important features, and those of the strongest pair.
  private List<String> features() {
    List<String> pair = List.of(pairs().getFirst().first(), pairs().getFirst().second());
    Set<String> features = new LinkedHashSet<>();
    ShapPictures.top(pictures.summary().outputs().get(output), FEATURES)
        .forEach(f -> features.add(f.feature()));
    features.addAll(pair);
    for (String least : List.copyOf(features).reversed()) {
      if (features.size() > FEATURES && !pair.contains(least)) {
        features.remove(least);
      }
    }
    return List.copyOf(features);
  }

  private ShapPictures.Drawn matrix(ShapleyInteractions found) {
    List<String> all = pictures.shard().features();
    List<ShapleyMatrix.Line> lines = new ArrayList<>();
    List<String> features = features();
    for (int i = 0; i < features.size(); i++) {
      int place = all.indexOf(features.get(i));
      OptionalDouble alone =
          found.alone().isPresent()
              ? OptionalDouble.of(found.alone().get().meanAbs(output, place))
              : OptionalDouble.empty();
      double[] together =
          features.subList(0, i).stream()
              .mapToDouble(other -> found.meanAbs(output, place, all.indexOf(other)))
              .toArray();
      lines.add(new ShapleyMatrix.Line(features.get(i), alone, together));
    }
    return new ShapPictures.Drawn(
        "interactions",
        "Two by two",
        ShapleyMatrix.svg(lines),
        "Mean |Φ| of the most important features.");
  }

  private ShapPictures.Drawn bars() {
    List<ShapleyBars.Bar> bars =
        pairs().stream()
            .limit(BARS)
            .map(pair -> new ShapleyBars.Bar(pair.first() + " × " + pair.second(), pair.meanAbs()))
            .toList();
    return new ShapPictures.Drawn(
        "interaction-pairs",
        "The strongest pairs",
        ShapleyBars.svg("Pairs of features by mean magnitude of their interaction", bars),
        "Mean |Φ| of each pair.");
  }

  /// The effect of one of a pair by its value, the color the other; of the two the more important.
  private Optional<ShapPictures.Drawn> dependence(Pair pair) {
    if (!pictures.hasDependence()
        || !pictures.isKnown(pair.first())
        || !pictures.isKnown(pair.second())) {
      return Optional.empty();
    }
    boolean isFirst = meanAbs(pair.first()) >= meanAbs(pair.second());
    String one = isFirst ? pair.first() : pair.second();
    String other = isFirst ? pair.second() : pair.first();
    ShapPictures.Drawn drawn = pictures.dependence(output, one, other);
    return Optional.of(
        new ShapPictures.Drawn(
            "interaction-" + ShapPictures.slug(one) + "-" + ShapPictures.slug(other),
            one + " with " + other,
            drawn.svg(),
            drawn.caption().isEmpty() ? "The strongest pair." : drawn.caption()));
  }

  private double meanAbs(String feature) {
    return pictures.summary().outputs().get(output).features().stream()
        .filter(one -> one.feature().equals(feature))
        .mapToDouble(one -> one.meanAbs())
        .findFirst()
        .orElse(0);
  }
}
