package org.primum.model.xgboost;

import java.util.List;
import java.util.Optional;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeEnsemble;
import org.primum.model.value.JsonValues;
import org.primum.model.value.UbjValues;
import org.primum.model.value.ValueReader;

/// Reads what XGBoost saves, 1.0 to 3.4: boosters `gbtree` and `dart` in both spellings, numeric
/// and categorical splits, category names, several classes, several trees a round.
///
/// Not read, and refused with a sentence: `gblinear`, vector leaves, several targets, custom
/// objectives.
public final class XgboostReader {

  private XgboostReader() {}

  /// Reads `model.json`.
  ///
  /// @param name how messages call the file
  /// @param features names in the model's column order, for a file that holds none; where the file
  ///   holds names, these must be the same
  /// @throws ModelInvalidException where the bytes are no such model
  public static TreeEnsemble readJson(byte[] bytes, String name, Optional<List<String>> features) {
    return read(new JsonValues(bytes, name), name, features);
  }

  /// Reads `model.ubj`; see [#readJson].
  public static TreeEnsemble readUbj(byte[] bytes, String name, Optional<List<String>> features) {
    return read(new UbjValues(bytes, name), name, features);
  }

  /// Reads the bytes of a booster in memory, as language bindings pass them on: JSON, UBJSON, or
  /// the binary form of before XGBoost 2.1; see [#readJson].
  public static TreeEnsemble readBuffer(
      byte[] bytes, String name, Optional<List<String>> features) {
    if (XgboostBinary.starts(bytes)) {
      try {
        return new XgboostBinary(bytes).ensemble(features);
      } catch (ModelInvalidException e) {
        throw new ModelInvalidException(name + ": " + e.getMessage(), e);
      }
    }
    boolean isJson = bytes.length > 1 && (bytes[1] == '"' || Character.isWhitespace(bytes[1]));
    return isJson ? readJson(bytes, name, features) : readUbj(bytes, name, features);
  }

  private static TreeEnsemble read(
      ValueReader values, String name, Optional<List<String>> features) {
    XgboostFile file = new XgboostFile(values);
    try {
      file.read();
      return file.ensemble(features);
    } catch (ModelInvalidException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(name) ? e : new ModelInvalidException(name + ": " + message, e);
    }
  }
}
