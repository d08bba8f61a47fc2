/// Tree ensembles in ONNX files (`TreeEnsembleClassifier` and `TreeEnsembleRegressor` of
/// `ai.onnx.ml` 1 to 4, `TreeEnsemble` of 5). Only fields that trees need are read; nothing else of
/// a graph is run.
@NullMarked
package org.primum.model.onnx;

import org.jspecify.annotations.NullMarked;
