package org.primum.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A sum of decision trees: `margin[c] = base margin[c] + the leaves of the trees of output c`.
/// Boosted trees of XGBoost and LightGBM and forests take this form; weights of dropped trees
/// (dart) and averaging are already in the leaf values.
public final class TreeEnsemble implements Scorer {

  private final List<Feature> features;
  private final List<Tree> trees;
  private final DecisionRule rule;
  private final Link link;
  private final double[] baseMargins;
  private final float[] baseMargins32;
  private final CoverKind cover;
  private final List<LeafSearch> searches;

  /// An ensemble with the cover its library keeps: hessians under XGBoost's rule, else row counts.
  ///
  /// @param baseScores the prediction of the ensemble without its trees, one for each output; for
  ///   [Link#SOFTMAX] the margins themselves
  /// @throws ModelInvalidException where a base score has no margin, a tree speaks of another
  ///   output or another rule
  public TreeEnsemble(
      List<Feature> features, List<Tree> trees, DecisionRule rule, Link link, double[] baseScores) {
    this(
        features,
        trees,
        rule,
        link,
        margins(link, baseScores),
        margins32(link, baseScores),
        rule == DecisionRule.FLOAT32_BELOW ? CoverKind.HESSIAN : CoverKind.COUNT);
  }

  /// An ensemble whose file holds margins, not predictions, before any tree.
  ///
  /// @param baseMargins the margins before any tree, one for each output
  /// @throws ModelInvalidException where a base margin is not finite, or a tree speaks of another
  ///   output or another rule
  public static TreeEnsemble ofMargins(
      List<Feature> features,
      List<Tree> trees,
      DecisionRule rule,
      Link link,
      double[] baseMargins,
      CoverKind cover) {
    double[] margins = margins(Link.IDENTITY, baseMargins);
    float[] margins32 = margins32(Link.IDENTITY, baseMargins);
    return new TreeEnsemble(features, trees, rule, link, margins, margins32, cover);
  }

  /// An ensemble as it was written down: [#baseMargin] and [#baseMargin32] of each output.
  ///
  /// @throws ModelInvalidException where a base margin is not finite, or a tree speaks of another
  ///   output or another rule
  public static TreeEnsemble restored(
      List<Feature> features,
      List<Tree> trees,
      DecisionRule rule,
      Link link,
      double[] baseMargins,
      float[] baseMargins32,
      CoverKind cover) {
    if (baseMargins.length == 0 || baseMargins.length != baseMargins32.length) {
      throw new ModelInvalidException(
          "base margins of " + baseMargins.length + " and " + baseMargins32.length + " outputs");
    }
    double[] margins = margins(Link.IDENTITY, baseMargins);
    return new TreeEnsemble(features, trees, rule, link, margins, baseMargins32.clone(), cover);
  }

  private TreeEnsemble(
      List<Feature> features,
      List<Tree> trees,
      DecisionRule rule,
      Link link,
      double[] baseMargins,
      float[] baseMargins32,
      CoverKind cover) {
    this.features = List.copyOf(features);
    this.trees = List.copyOf(trees);
    this.rule = rule;
    this.link = link;
    this.baseMargins = baseMargins;
    this.baseMargins32 = baseMargins32;
    this.cover = cover;
    for (Tree tree : this.trees) {
      requireKnownOutput(tree);
    }
    this.searches = this.trees.stream().map(LeafSearch::new).toList();
  }

  private static double[] margins(Link link, double[] baseScores) {
    return Arrays.stream(baseScores).map(link::margin).toArray();
  }

  private static float[] margins32(Link link, double[] baseScores) {
    float[] margins = new float[baseScores.length];
    for (int output = 0; output < margins.length; output++) {
      margins[output] = link.margin((float) baseScores[output]);
    }
    return margins;
  }

  private void requireKnownOutput(Tree tree) {
    if (tree.output() < 0 || tree.output() >= baseMargins.length || tree.rule() != rule) {
      throw new ModelInvalidException(
          "a tree adds to output " + tree.output() + " of " + baseMargins.length);
    }
  }

  /// The same trees reading features under other names or with recorded categories.
  ///
  /// @throws ModelInvalidException where the number of features differs
  public TreeEnsemble withFeatures(List<Feature> renamed) {
    if (renamed.size() != features.size()) {
      throw new ModelInvalidException(
          "the model has " + features.size() + " features, " + renamed.size() + " are named");
    }
    return new TreeEnsemble(renamed, trees, rule, link, baseMargins, baseMargins32, cover);
  }

  /// The same ensemble, its cover recomputed: for each tree one number a node.
  TreeEnsemble withCover(List<double[]> covers) {
    List<Tree> counted = new ArrayList<>();
    for (int tree = 0; tree < trees.size(); tree++) {
      counted.add(trees.get(tree).withCover(covers.get(tree)));
    }
    return new TreeEnsemble(
        features, counted, rule, link, baseMargins, baseMargins32, CoverKind.RECOMPUTED);
  }

  @Override
  public List<Feature> features() {
    return features;
  }

  public List<Tree> trees() {
    return trees;
  }

  public DecisionRule rule() {
    return rule;
  }

  public Link link() {
    return link;
  }

  /// What the trees' cover counts.
  public CoverKind cover() {
    return cover;
  }

  /// @throws ModelInvalidException where the trees have no cover, without which nobody knows how
  ///   often a split went each way
  public void requireCover() {
    if (cover == CoverKind.NONE) {
      throw new ModelInvalidException(
          "the model's file does not say how many training rows reached each node (its cover), so"
              + " it has no path-dependent explanation; explain the model as its own library saved"
              + " it, or give rows to count (--cover-from) or to compare with (--background)");
    }
  }

  /// The number of margins: the classes of a multi-class model, else 1.
  public int outputs() {
    return baseMargins.length;
  }

  /// The margin before any tree, in float64.
  public double baseMargin(int output) {
    return baseMargins[output];
  }

  /// The margin before any tree, as XGBoost holds it in float32.
  public float baseMargin32(int output) {
    return baseMargins32[output];
  }

  /// Whether [#score] has an answer.
  public boolean isBinaryClassifier() {
    return outputs() == 1 && link.isBinaryProbability();
  }

  /// The margins in float64, from the stored constants widened to float64: `rows * outputs` long,
  /// row after row. This is what explanations add up to; a library that adds in float32 differs in
  /// the seventh digit.
  public double[] margins(FeatureMatrix rows) {
    int outputs = outputs();
    double[] margins = new double[Math.multiplyExact(rows.rows(), outputs)];
    for (int row = 0; row < rows.rows(); row++) {
      System.arraycopy(baseMargins, 0, margins, row * outputs, outputs);
    }
    descend(
        rows,
        (number, first, count, leaves) -> {
          Tree tree = trees.get(number);
          for (int row = 0; row < count; row++) {
            margins[(first + row) * outputs + tree.output()] += tree.value(leaves[row]);
          }
        });
    return margins;
  }

  /// What becomes of the leaves that rows fall into.
  @FunctionalInterface
  interface Leaves {

    /// @param tree its place in the ensemble
    /// @param leaves of the rows from `first` on
    void found(int tree, int first, int count, int[] leaves);
  }

  /// Takes the rows through the trees: each row through one after the other, in their order.
  void descend(FeatureMatrix rows, Leaves leaves) {
    double[] values = read(rows);
    LeafSearch.Block block = new LeafSearch.Block(rule, values, rows.columns());
    int[] found = new int[LeafSearch.ROWS];
    for (int first = 0; first < rows.rows(); first += LeafSearch.ROWS) {
      int count = Math.min(LeafSearch.ROWS, rows.rows() - first);
      block.take(first, count);
      for (int tree = 0; tree < trees.size(); tree++) {
        searches.get(tree).find(block, count, found);
        leaves.found(tree, first, count, found);
      }
    }
  }

  /// The probability of the positive class for each row, in [0, 1], in the library's own
  /// arithmetic: for XGBoost leaves add up in float32 in the order of the trees, so the margin is
  /// that of its predictor to the bit, and the probability but for the rounding of `expf`.
  ///
  /// @throws ModelInvalidException where the model gives no such probability
  @Override
  public double[] score(FeatureMatrix rows) {
    if (!isBinaryClassifier()) {
      throw new ModelInvalidException(
          "the model has "
              + outputs()
              + " output(s) under the link "
              + link
              + "; a score needs the probability of one positive class");
    }
    return rule == DecisionRule.FLOAT32_BELOW ? scores32(rows) : scores64(rows);
  }

  private double[] scores64(FeatureMatrix rows) {
    return Arrays.stream(margins(rows)).map(link::probability).toArray();
  }

  private double[] scores32(FeatureMatrix rows) {
    float[] margins = margins32(rows);
    double[] scores = new double[margins.length];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = link.probability(margins[row]);
    }
    return scores;
  }

  /// The margins as XGBoost adds them, in float32 and tree order: `rows * outputs` long.
  public float[] margins32(FeatureMatrix rows) {
    int outputs = outputs();
    float[] margins = new float[Math.multiplyExact(rows.rows(), outputs)];
    for (int row = 0; row < rows.rows(); row++) {
      System.arraycopy(baseMargins32, 0, margins, row * outputs, outputs);
    }
    descend(
        rows,
        (number, first, count, leaves) -> {
          Tree tree = trees.get(number);
          for (int row = 0; row < count; row++) {
            margins[(first + row) * outputs + tree.output()] += (float) tree.value(leaves[row]);
          }
        });
    return margins;
  }

  private double[] read(FeatureMatrix rows) {
    if (rows.columns() != features.size()) {
      throw new IllegalArgumentException(
          "the model reads " + features.size() + " features, got " + rows.columns());
    }
    double[] values = rows.values();
    double[] read = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      read[i] = rule.read(values[i]);
    }
    return read;
  }
}
