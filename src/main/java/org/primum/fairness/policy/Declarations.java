package org.primum.fairness.policy;

import java.util.List;
import java.util.Optional;

/// What a policy says of the data and its columns that no number depends on: it is printed with the
/// evidence.
///
/// @param origin where the data come from
/// @param columns one for each attribute, in the order of the policy
public record Declarations(Origin origin, List<Declared> columns) {

  public Declarations {
    columns = List.copyOf(columns);
  }

  /// Where the data come from, in the words of 45 CFR 170.315(b)(11)(iv)(B)(7) and (8).
  public enum Origin {
    /// Test data from the source of the training data.
    INTERNAL("internal"),
    /// Data of another source than the training data.
    EXTERNAL("external"),
    /// Data of the place where the model is used.
    LOCAL("local"),
    UNDECLARED("undeclared");

    private final String id;

    Origin(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }
  }

  /// What a law calls a characteristic.
  public enum Characteristic {
    RACE,
    ETHNICITY,
    COLOR,
    NATIONAL_ORIGIN,
    LANGUAGE,
    SEX,
    SEXUAL_ORIENTATION,
    GENDER_IDENTITY,
    AGE,
    DATE_OF_BIRTH,
    DISABILITY,
    SOCIAL_DETERMINANTS,
    HEALTH_STATUS;

    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public String words() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /// An attribute.
  ///
  /// @param represents the characteristics it measures, as the policy says; none are guessed
  /// @param input whether the model takes it as an input; empty where the policy does not say
  public record Declared(
      String attribute, String column, List<Characteristic> represents, Optional<Boolean> input) {
    public Declared {
      represents = List.copyOf(represents);
    }
  }

  /// The attributes that measure a characteristic.
  public List<Declared> of(Characteristic characteristic) {
    return columns.stream().filter(c -> c.represents().contains(characteristic)).toList();
  }
}
