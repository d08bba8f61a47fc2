package org.primum.model;

import java.util.Optional;

/// The form of a model's own file, beside `model.json`.
public enum NativeFormat {
  XGBOOST_JSON("xgboost-json"),
  XGBOOST_UBJ("xgboost-ubj"),
  /// The coefficients of a [LinearModel], as this project writes them.
  LINEAR_JSON("linear-json");

  private final String wireName;

  NativeFormat(String wireName) {
    this.wireName = wireName;
  }

  /// How `model.json` calls it.
  public String wireName() {
    return wireName;
  }

  public static Optional<NativeFormat> find(String wireName) {
    for (NativeFormat format : values()) {
      if (format.wireName.equals(wireName)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
