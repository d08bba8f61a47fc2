package org.primum.model.onnx;

import java.util.List;
import java.util.Optional;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeEnsemble;
import org.primum.model.wire.Wire;

/// Reads an ONNX file whose graph is one tree ensemble on the inputs as they stand: what skl2onnx
/// and onnxmltools write for forests and boosted trees of scikit-learn, XGBoost and LightGBM, and
/// the `TreeEnsemble` of `ai.onnx.ml` 5.
///
/// Margins add in the arithmetic of the graph's input type: float32, or float64 where the input is
/// double. The format keeps no training cover unless `nodes_hitrates` says more than 1 everywhere.
///
/// `post_transform` of `TreeEnsemble` is read by the standard's numbers (1 softmax, 2 logistic);
/// onnxruntime 1.32 takes these two for each other. Margins are the same either way.
///
/// Not read, and refused with a sentence: graphs that change the inputs (scalers, encoders) or the
/// scores, minimum and maximum of trees, float16.
public final class OnnxReader {

  private OnnxReader() {}

  /// @param name how messages call the file
  /// @param features names in the order of the input's columns; where the graph names them (one
  ///   input a feature), these must be the same
  /// @throws ModelInvalidException where the bytes are no such model
  public static TreeEnsemble read(byte[] bytes, String name, Optional<List<String>> features) {
    try {
      Graph graph = Graph.read(new Wire(bytes));
      return new OnnxEnsemble(graph, graph.trees()).ensemble(features);
    } catch (ModelInvalidException e) {
      throw new ModelInvalidException(name + ": " + e.getMessage(), e);
    }
  }
}
