package org.primum.explain;

import java.util.ArrayList;
import java.util.List;
import org.primum.explain.tree.RowBlock;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.model.FeatureMatrix;

/// Those of a model that adds its features up: all 0.
record NoInteractions(FeaturePairs pairs, int outputs) implements Interactions {

  @Override
  public int rowsAtOnce() {
    return TreeInteractions.rowsAtOnce(pairs, outputs);
  }

  @Override
  public InteractionValues explain(FeatureMatrix rows) {
    List<double[]> blocks = new ArrayList<>();
    for (int first = 0; first < rows.rows(); first += RowBlock.ROWS) {
      int count = Math.min(RowBlock.ROWS, rows.rows() - first);
      blocks.add(new double[outputs * pairs.size() * count]);
    }
    return new InteractionValues(rows.rows(), outputs, pairs.size(), blocks);
  }
}
