package org.primum.model.tribuo;

import java.util.HashMap;
import java.util.Map;
import org.primum.model.ModelInvalidException;
import org.primum.model.wire.Wire;

/// What a tree says of the rows in one leaf.
///
/// @param label the most frequent label; empty of a regression
/// @param scores of every label; of a regression the one number under the empty name
record TribuoLeaf(String label, Map<String, Double> scores) {

  private static final String LABEL = "org.tribuo.classification.Label";
  private static final String REGRESSOR = "org.tribuo.regression.Regressor";
  private static final String DIMENSION = "org.tribuo.regression.Regressor$DimensionTuple";

  static TribuoLeaf read(Wire leaf) {
    String label = "";
    Map<String, Double> scores = new HashMap<>();
    while (leaf.next()) {
      switch (leaf.field()) {
        case 4 -> {
          TribuoPart output = TribuoPart.of(leaf.message());
          if (output.name().equals(LABEL)) {
            label = label(output.of(LABEL), new HashMap<>());
          } else {
            scores.put("", number(output.of(REGRESSOR, DIMENSION)));
          }
        }
        case 5 -> entry(leaf.message(), scores);
        default -> leaf.skip();
      }
    }
    return new TribuoLeaf(label, scores);
  }

  /// @return the label's name, its score put under it
  private static String label(Wire label, Map<String, Double> scores) {
    String name = "";
    Wire.Numbers score = new Wire.Numbers();
    while (label.next()) {
      switch (label.field()) {
        case 1 -> name = label.text();
        case 2 -> label.doubles(score);
        default -> label.skip();
      }
    }
    scores.put(name, score.all().length == 0 ? 0.0 : score.all()[0]);
    return name;
  }

  private static void entry(Wire entry, Map<String, Double> scores) {
    while (entry.next()) {
      switch (entry.field()) {
        case 2 -> label(TribuoPart.of(entry.message()).of(LABEL), scores);
        default -> entry.skip();
      }
    }
  }

  private static double number(Wire regressor) {
    Wire.Numbers values = new Wire.Numbers();
    while (regressor.next()) {
      switch (regressor.field()) {
        case 2 -> regressor.doubles(values);
        default -> regressor.skip();
      }
    }
    double[] all = values.all();
    if (all.length > 1) {
      throw new ModelInvalidException(
          "regressions of one number are read, this one has " + all.length);
    }
    return all.length == 0 ? 0 : all[0];
  }

  /// The score of a label, 0 where the leaf has none for it.
  double score(String name) {
    return scores.getOrDefault(name, 0.0);
  }
}
