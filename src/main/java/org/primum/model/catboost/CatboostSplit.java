package org.primum.model.catboost;

import org.primum.model.value.JsonValues;

/// Goes right where a number is above a border.
///
/// @param number which of the model's numbers
record CatboostSplit(int number, double border) {

  static CatboostSplit read(JsonValues values) {
    int[] number = {-1};
    double[] border = {Double.NaN};
    values.object(key -> {
      switch (key) {
        case "split_type" -> requireNumber(values);
        case "float_feature_index" -> number[0] = values.whole();
        case "border" -> border[0] = values.number();
        default -> values.skip();
      }
    });
    return new CatboostSplit(number[0], border[0]);
  }

  private static void requireNumber(JsonValues values) {
    String type = values.text();
    if (!type.equals("FloatFeature")) {
      throw values.invalid(
          "a split of the type '"
              + (type.length() > 40 ? type.substring(0, 40) : type)
              + "' reads no number; only splits on numbers are read");
    }
  }
}
