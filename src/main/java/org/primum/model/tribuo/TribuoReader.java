package org.primum.model.tribuo;

import java.util.List;
import java.util.Optional;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.wire.Wire;

/// Reads what Tribuo saves as protobuf (`serializeToFile`, version 4.3): CART trees of labels and
/// numbers, forests and other ensembles of them, XGBoost, linear models of labels and of one number
/// (gradient descent, sparse, LIBLINEAR). An absent value is 0 for trees and most linear models,
/// missing for XGBoost and the mean for sparse linear models, as Tribuo has it. Tribuo's own
/// classes are not needed, and none is loaded.
///
/// Not read, and refused with a sentence: all else, among it factorization machines, kernels,
/// several numbers at once.
public final class TribuoReader {

  private TribuoReader() {}

  /// @param name how messages call the file
  /// @param features the model's own names, or none: the file holds them
  /// @throws ModelInvalidException where the bytes are no such model
  public static Scorer read(byte[] bytes, String name, Optional<List<String>> features) {
    try {
      return model(TribuoPart.of(new Wire(bytes)), features);
    } catch (ModelInvalidException e) {
      throw new ModelInvalidException(name + ": " + e.getMessage(), e);
    }
  }

  private static Scorer model(TribuoPart model, Optional<List<String>> features) {
    if (TribuoEnsemble.isTree(model)) {
      return TribuoEnsemble.ofOne(model, features);
    }
    return switch (model.name()) {
      case TribuoEnsemble.ENSEMBLE ->
          TribuoEnsemble.ofMany(model.of(TribuoEnsemble.ENSEMBLE), features);
      case TribuoLinear.CLASSIFICATION ->
          TribuoLinear.read(model.of(TribuoLinear.CLASSIFICATION), true, features);
      case TribuoLinear.REGRESSION ->
          TribuoLinear.read(model.of(TribuoLinear.REGRESSION), false, features);
      case TribuoSparse.MODEL -> TribuoSparse.read(model.of(TribuoSparse.MODEL), features);
      case TribuoLiblinear.CLASSIFICATION, TribuoLiblinear.REGRESSION ->
          TribuoLiblinear.read(model.of(model.name()), features);
      case TribuoXgboost.MODEL -> TribuoXgboost.read(model.of(TribuoXgboost.MODEL), features);
      default ->
          throw model.unknown(
              "is not read; trees, ensembles of trees, XGBoost and linear models are. Save it as"
                  + " ONNX or as the JSON of docs/model-json.md");
    };
  }
}
