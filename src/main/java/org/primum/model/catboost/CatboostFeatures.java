package org.primum.model.catboost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.primum.model.MissingRule;
import org.primum.model.ModelInvalidException;
import org.primum.model.value.JsonValues;

/// The numbers a CatBoost model reads: which column each is, its name, where its missing values go.
final class CatboostFeatures {

  private final Map<Integer, Integer> columns = new HashMap<>();
  private final Map<Integer, MissingRule> missing = new HashMap<>();
  private final Map<Integer, String> named = new HashMap<>();

  void read(JsonValues values) {
    values.object(key -> {
      switch (key) {
        case "float_features" -> values.array(() -> readNumber(values));
        case "categorical_features", "text_features", "embedding_features" ->
            values.array(() -> {
              throw values.invalid(
                  "a model with categories, texts or embeddings reads statistics of its training"
                      + " labels, which are not read; train it on numbers, or with one column for"
                      + " each category");
            });
        default -> values.skip();
      }
    });
  }

  private void readNumber(JsonValues values) {
    int[] at = {-1, -1};
    String[] words = {"", "AsIs"};
    values.object(key -> {
      switch (key) {
        case "feature_index" -> at[0] = values.whole();
        case "flat_feature_index" -> at[1] = values.whole();
        case "feature_id", "feature_name" -> words[0] = values.text();
        case "nan_value_treatment" -> words[1] = values.text();
        default -> values.skip();
      }
    });
    if (at[0] < 0 || at[1] < 0 || columns.put(at[0], at[1]) != null) {
      throw values.invalid("feature " + at[0] + " in column " + at[1] + " cannot be read");
    }
    missing.put(at[0], rule(values, words[1]));
    named.put(at[1], words[0]);
  }

  /// A missing value is above no border, but where training put missing ones above all others.
  private static MissingRule rule(JsonValues values, String treatment) {
    return switch (treatment) {
      case "AsIs", "AsFalse" -> MissingRule.NAN_LEFT;
      case "AsTrue" -> MissingRule.NAN_RIGHT;
      default -> throw values.invalid("missing values are treated AsIs, AsFalse or AsTrue");
    };
  }

  int count() {
    return columns.size();
  }

  /// The names by column; none where one has no name.
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      String name = named.get(column);
      if (name == null) {
        throw new ModelInvalidException("no feature stands in column " + column);
      }
      if (name.isEmpty()) {
        return List.of();
      }
      names.add(name);
    }
    return names;
  }

  /// The column of a number that a split names.
  int column(int number) {
    Integer column = columns.get(number);
    if (column == null) {
      throw new ModelInvalidException("a split reads feature " + number + ", which is not there");
    }
    return column;
  }

  MissingRule missing(int number) {
    return missing.getOrDefault(number, MissingRule.NAN_LEFT);
  }
}
