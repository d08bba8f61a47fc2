package org.primum.privacy;

import java.math.BigDecimal;

/// The definition of privacy a budget is kept in. Losses of different definitions are never added.
public enum Definition {
  /// Pure differential privacy, in epsilon.
  PURE("pure", "epsilon"),
  /// Zero-concentrated differential privacy, in rho.
  ZCDP("zcdp", "rho");

  private final String id;
  private final String unit;

  Definition(String id, String unit) {
    this.id = id;
    this.unit = unit;
  }

  /// The name in files.
  public String id() {
    return id;
  }

  /// What the loss is called: `epsilon` or `rho`.
  public String unit() {
    return unit;
  }

  /// The loss of that amount.
  public PrivacyLoss loss(BigDecimal amount) {
    return switch (this) {
      case PURE -> new PrivacyLoss.Pure(amount);
      case ZCDP -> new PrivacyLoss.ZeroConcentrated(amount);
    };
  }

  /// @throws IllegalArgumentException where there is none of that name
  public static Definition ofId(String id) {
    for (Definition definition : values()) {
      if (definition.id.equals(id)) {
        return definition;
      }
    }
    throw new IllegalArgumentException("definition is pure or zcdp, got '" + id + "'");
  }
}
