package org.primum.model.simple;

import java.util.List;
import java.util.Optional;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.value.JsonValues;

/// Reads `simple-tree-json/1` and `simple-linear-json/1`. The key `format` comes first and says
/// which of them it is; a key that the form does not have is refused, since a model read without it
/// might be another model.
public final class SimpleReader {

  /// More features than any model here has, and few enough that their names cost little memory.
  static final int MAX_FEATURES = 1_000_000;

  private SimpleReader() {}

  /// @param name how messages call the file
  /// @param features names in the model's column order, for a file that holds none; where the file
  ///   holds names, these must be the same
  /// @return a [org.primum.model.TreeEnsemble] or a [org.primum.model.LinearModel]
  /// @throws ModelInvalidException where the bytes are no such model
  public static Scorer read(byte[] bytes, String name, Optional<List<String>> features) {
    try {
      return new SimpleFile(new JsonValues(bytes, name)).read(features);
    } catch (ModelInvalidException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(name) ? e : new ModelInvalidException(name + ": " + message, e);
    }
  }
}
