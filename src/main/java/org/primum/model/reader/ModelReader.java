package org.primum.model.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.catboost.CatboostReader;
import org.primum.model.lightgbm.LightgbmReader;
import org.primum.model.onnx.OnnxReader;
import org.primum.model.simple.SimpleReader;
import org.primum.model.tribuo.TribuoReader;
import org.primum.model.xgboost.XgboostReader;

/// Reads a native model file: XGBoost JSON and UBJSON, LightGBM text, CatBoost JSON, ONNX trees,
/// and the simple JSON forms. The format is told by the bytes, never by the name.
public final class ModelReader {

  /// The largest file that is read: a model larger than this is not one of the readable kinds.
  public static final long MAX_BYTES = 1L << 29;

  private ModelReader() {}

  /// Reads a file.
  ///
  /// @param features see [#read(byte[], String, Optional)]
  /// @throws ModelInvalidException where the file is too large or no readable model
  public static Scorer read(Path file, Optional<List<String>> features) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new ModelInvalidException(
          file + ": models of at most " + MAX_BYTES + " bytes are read, got " + Files.size(file));
    }
    return read(Files.readAllBytes(file), file.toString(), features);
  }

  /// Reads the bytes of a file.
  ///
  /// @param name how messages call the file
  /// @param features names in the model's column order, for a file that holds none; where the file
  ///   holds names, these must be the same
  /// @return a [org.primum.model.TreeEnsemble] or a [org.primum.model.LinearModel]
  /// @throws ModelInvalidException where the bytes are no readable model
  public static Scorer read(byte[] bytes, String name, Optional<List<String>> features) {
    return switch (ModelFormat.of(bytes)) {
      case XGBOOST_JSON -> XgboostReader.readJson(bytes, name, features);
      case XGBOOST_UBJ -> XgboostReader.readUbj(bytes, name, features);
      case LIGHTGBM_TEXT -> LightgbmReader.read(bytes, name, features);
      case SIMPLE_JSON -> SimpleReader.read(bytes, name, features);
      case CATBOOST_JSON -> CatboostReader.read(bytes, name, features);
      case ONNX -> OnnxReader.read(bytes, name, features);
      case TRIBUO -> TribuoReader.read(bytes, name, features);
      case UNKNOWN ->
          throw new ModelInvalidException(
              name
                  + ": this is no model that can be read; save an XGBoost model with"
                  + " save_model as JSON or UBJ, a LightGBM model with save_model as text, a CatBoost model as JSON, a Tribuo model with serializeToFile, any other as"
                  + " ONNX or as the JSON of docs/model-json.md");
    };
  }
}
