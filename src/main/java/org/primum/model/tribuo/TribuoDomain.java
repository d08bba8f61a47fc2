package org.primum.model.tribuo;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.primum.model.ModelInvalidException;
import org.primum.model.wire.Wire;

/// What a Tribuo model knows of its inputs and outputs (`ModelDataProto`).
///
/// @param features names in the order of their numbers
/// @param sums of each feature over the training rows, an absent value counting as 0
/// @param labels the numbers of the labels by name; empty of a regression
/// @param rows training rows with an answer
record TribuoDomain(
    List<String> features, List<Double> sums, SortedMap<String, Integer> labels, double rows) {

  private static final String REGRESSION = "org.tribuo.regression.ImmutableRegressionInfo";

  private static final int MAX_FEATURES = 1_000_000;

  static TribuoDomain read(Wire metadata) {
    TribuoPart inputs = TribuoPart.none();
    TribuoPart outputs = inputs;
    while (metadata.next()) {
      switch (metadata.field()) {
        case 4 -> inputs = TribuoPart.of(metadata.message());
        case 5 -> outputs = TribuoPart.of(metadata.message());
        default -> metadata.skip();
      }
    }
    SortedMap<Integer, TribuoFeature> features = features(inputs);
    Labels labels = Labels.of(outputs);
    return new TribuoDomain(
        features.values().stream().map(TribuoFeature::name).toList(),
        features.values().stream().map(TribuoFeature::sum).toList(),
        labels.numbers,
        labels.rows);
  }

  /// The mean of a feature over the training rows, an absent value counting as 0.
  double mean(int feature) {
    return rows > 0 ? sums.get(feature) / rows : 0;
  }

  private static SortedMap<Integer, TribuoFeature> features(TribuoPart inputs) {
    Wire map = inputs.of("org.tribuo.ImmutableFeatureMap");
    SortedMap<Integer, TribuoFeature> features = new TreeMap<>();
    while (map.next()) {
      switch (map.field()) {
        case 1 -> {
          TribuoFeature feature = TribuoFeature.read(TribuoPart.of(map.message()));
          if (features.put(feature.number(), feature) != null) {
            throw new ModelInvalidException("two features have the number " + feature.number());
          }
        }
        default -> map.skip();
      }
    }
    int count = features.size();
    if (count > MAX_FEATURES
        || (count > 0 && (features.firstKey() != 0 || features.lastKey() != count - 1))) {
      throw new ModelInvalidException("the features are not numbered from 0 to " + (count - 1));
    }
    return features;
  }

  /// The labels of a classification.
  private static final class Labels {
    private final SortedMap<String, Integer> numbers = new TreeMap<>();
    private double rows;

    static Labels of(TribuoPart outputs) {
      Labels labels = new Labels();
      if (outputs.name().equals(REGRESSION)) {
        labels.count(outputs.of(REGRESSION));
      } else {
        labels.read(outputs.of("org.tribuo.classification.ImmutableLabelInfo"));
      }
      return labels;
    }

    private void count(Wire info) {
      while (info.next()) {
        switch (info.field()) {
          case 9 -> rows = info.whole();
          default -> info.skip();
        }
      }
    }

    private void read(Wire info) {
      List<String> names = new ArrayList<>();
      Wire.Numbers counts = new Wire.Numbers();
      Wire.Numbers ids = new Wire.Numbers();
      while (info.next()) {
        switch (info.field()) {
          case 1 -> names.add(info.text());
          case 2 -> info.wholes(counts);
          case 3 -> info.wholes(ids);
          default -> info.skip();
        }
      }
      double[] number = ids.all();
      for (int i = 0; i < names.size() && number.length == names.size(); i++) {
        numbers.put(names.get(i), (int) number[i]);
      }
      if (numbers.size() != names.size() || !isNumbered()) {
        throw new ModelInvalidException("the labels are not numbered from 0 on, each once");
      }
      for (double count : counts.all()) {
        rows += count;
      }
    }

    private boolean isNumbered() {
      return numbers.values().stream()
          .sorted()
          .toList()
          .equals(java.util.stream.IntStream.range(0, numbers.size()).boxed().toList());
    }
  }
}
