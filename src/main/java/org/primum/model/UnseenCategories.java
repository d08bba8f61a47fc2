package org.primum.model;

import java.util.ArrayList;
import java.util.List;

/// How many values of each categorical feature the model has never seen.
///
/// @param features in the model's order; empty where nothing was counted
public record UnseenCategories(List<Count> features) {

  public static final UnseenCategories NONE = new UnseenCategories(List.of());

  /// @param values that were not missing
  /// @param unseen of these, the categories that the model does not know
  public record Count(String feature, long values, long unseen) {}

  public UnseenCategories {
    features = List.copyOf(features);
  }

  /// With those of other rows of the same model.
  public UnseenCategories plus(UnseenCategories other) {
    if (features.isEmpty() || other.features.isEmpty()) {
      return features.isEmpty() ? other : this;
    }
    List<Count> sums = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      Count one = features.get(i);
      Count more = other.features.get(i);
      sums.add(
          new Count(one.feature(), one.values() + more.values(), one.unseen() + more.unseen()));
    }
    return new UnseenCategories(sums);
  }

  public long total() {
    return features.stream().mapToLong(Count::unseen).sum();
  }

  /// A sentence for each feature of which most values say nothing to the model.
  public List<String> warnings() {
    return features.stream()
        .filter(count -> 2 * count.unseen() > count.values())
        .map(UnseenCategories::warning)
        .toList();
  }

  private static String warning(Count count) {
    String share =
        count.unseen() == count.values()
            ? "all values"
            : Math.min(99, Math.round(100.0 * count.unseen() / count.values()))
                + " % of the values";
    return share
        + " of '"
        + count.feature()
        + "' are categories the model never saw, and are read as missing; is this column written as"
        + " in the table the model was trained on?";
  }
}
