package org.primum.model.catboost;

import java.util.Optional;
import org.primum.model.value.JsonValues;

/// A tree written branch by branch: a node has `left`, `right` and `split`, or `value` and
/// `weight`, in this order.
final class CatboostBranch {

  private final JsonValues values;
  private final CatboostNodes made;
  private final int node;
  private Optional<CatboostSplit> split = Optional.empty();
  private double[] leaf = {};
  private double weight = Double.NaN;
  private int right = -1;

  private CatboostBranch(JsonValues values, CatboostNodes made) {
    this.values = values;
    this.made = made;
    this.node = made.add();
  }

  static CatboostNodes read(JsonValues values) {
    CatboostNodes made = new CatboostNodes();
    read(values, made);
    return made;
  }

  private static void read(JsonValues values, CatboostNodes made) {
    CatboostBranch branch = new CatboostBranch(values, made);
    values.object(branch::member);
    branch.finish();
  }

  private void member(String key) {
    switch (key) {
      case "left" -> {
        requireOrder(made.count() == node + 1);
        read(values, made);
      }
      case "right" -> {
        requireOrder(made.count() > node + 1);
        right = made.count();
        read(values, made);
      }
      case "split" -> split = Optional.of(CatboostSplit.read(values));
      case "value" -> leaf = values.isArray() ? values.doubles() : new double[] {values.number()};
      case "weight" -> weight = values.number();
      default -> values.skip();
    }
  }

  private void requireOrder(boolean isOrdered) {
    if (!isOrdered) {
      throw values.invalid("a node has one left branch, and then one right one");
    }
  }

  private void finish() {
    boolean isSplit = right >= 0;
    if (isSplit != split.isPresent() || isSplit == (leaf.length > 0)) {
      throw values.invalid("a node has two branches and a split, or a value");
    }
    if (split.isPresent()) {
      made.split(node, split.get(), right);
    } else {
      made.leaf(node, leaf, 0, leaf.length, weight);
    }
  }
}
