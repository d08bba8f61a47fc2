package org.primum.model.catboost;

import java.util.List;
import java.util.Optional;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeEnsemble;
import org.primum.model.value.JsonValues;

/// Reads what CatBoost saves as JSON: symmetric (oblivious) trees and those of other growing
/// policies, over numbers, with missing values, of one output or several classes.
///
/// Not read, and refused with a sentence: splits on categories, texts and embeddings, which read
/// statistics of the training labels.
public final class CatboostReader {

  private CatboostReader() {}

  /// @param name how messages call the file
  /// @param features names in the model's column order, for a file that holds none; where the file
  ///   holds names, these must be the same
  /// @throws ModelInvalidException where the bytes are no such model
  public static TreeEnsemble read(byte[] bytes, String name, Optional<List<String>> features) {
    try {
      CatboostFile file = new CatboostFile(new JsonValues(bytes, name));
      file.read();
      return file.ensemble(features);
    } catch (ModelInvalidException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(name) ? e : new ModelInvalidException(name + ": " + message, e);
    }
  }
}
