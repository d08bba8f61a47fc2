package org.primum.model.simple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.Feature;
import org.primum.model.ModelInvalidException;
import org.primum.model.value.JsonValues;

/// The names in the file and those from outside, made one list.
public final class FeatureNames {

  private FeatureNames() {}

  static List<String> read(JsonValues values) {
    List<String> names = new ArrayList<>();
    values.array(() -> names.add(values.text()));
    return names;
  }

  /// All numeric; numbered from `f0` where nobody names them.
  ///
  /// @param stored the names in the file; empty where it has none
  public static List<Feature> features(
      int count, List<String> stored, Optional<List<String>> given) {
    if (given.isPresent() && !stored.isEmpty() && !given.get().equals(stored)) {
      throw new ModelInvalidException(
          "the file names its features, and the given list differs from it in names or order;"
              + " leave the list out");
    }
    List<String> names = stored.isEmpty() ? given.orElseGet(() -> numbered(count)) : stored;
    if (names.size() != count) {
      throw new ModelInvalidException(
          "the model reads " + count + " features, " + names.size() + " are named");
    }
    return names.stream().map(Feature::numeric).toList();
  }

  private static List<String> numbered(int count) {
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add("f" + i);
    }
    return names;
  }
}
