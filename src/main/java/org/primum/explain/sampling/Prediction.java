package org.primum.explain.sampling;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.OutputSpace;
import org.primum.model.AnsweringModel;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// A model as a black box on one [OutputSpace]: rows go in, one number for each output comes out.
public final class Prediction {

  /// Numbers in the rows of one call.
  private static final int CALL_NUMBERS = 2 << 20;

  /// Rows of one call.
  private static final int CALL_ROWS = 1 << 14;

  private final Scorer model;
  private final OutputSpace space;

  /// @throws ModelInvalidException where the model has no such scale
  public Prediction(Scorer model, OutputSpace space) {
    this.model = model;
    this.space = space;
    switch (model) {
      case TreeEnsemble trees -> requireScale(trees.link());
      case LinearModel linear -> requireScale(linear.link());
      case LinearClasses linear -> requireScale(linear.link());
      case AnsweringModel served -> requireScale(served);
      default -> {
        // one probability, which has log-odds
      }
    }
  }

  private void requireScale(Link link) {
    if (space == OutputSpace.PROBABILITY && (link == Link.IDENTITY || link == Link.LOG)) {
      throw new ModelInvalidException(
          "the model predicts a number and no probability; explain it with --output-space=margin");
    }
  }

  private void requireScale(AnsweringModel served) {
    if (space == OutputSpace.PROBABILITY && !served.areProbabilities()) {
      throw new ModelInvalidException(
          "the model's answers are said to be no probabilities (--served-answer=number); explain"
              + " them as they are with --output-space=margin");
    }
    if (space == OutputSpace.MARGIN && served.areProbabilities() && served.outputs() > 1) {
      throw new ModelInvalidException(
          "the model answers a probability for each of "
              + served.outputs()
              + " classes, which have no margin of their own; explain them with"
              + " --output-space=probability");
    }
  }

  public Scorer model() {
    return model;
  }

  public OutputSpace space() {
    return space;
  }

  public List<Feature> features() {
    return model.features();
  }

  /// The number of values a row has.
  int outputs() {
    return switch (model) {
      case TreeEnsemble trees -> trees.outputs();
      case LinearClasses linear -> linear.outputs();
      case AnsweringModel served -> served.outputs();
      default -> 1;
    };
  }

  /// How many rows go well into one call.
  int rowsPerCall() {
    return Math.clamp(CALL_NUMBERS / Math.max(1, features().size()), 1, CALL_ROWS);
  }

  /// The features that can change a prediction. What no split and no coefficient reads is not among
  /// them; of a black box any feature may be read.
  public BitSet read() {
    BitSet read = new BitSet(features().size());
    switch (model) {
      case TreeEnsemble trees -> trees.trees().forEach(tree -> addSplits(tree, read));
      case LinearModel linear -> addTerms(linear, read);
      case LinearClasses linear -> linear.classes().forEach(one -> addTerms(one, read));
      default -> read.set(0, features().size());
    }
    return read;
  }

  /// The pairs of features, or of groups of them, that can interact. On a margin the features of a
  /// linear model do not, nor those of trees that share no path; on the curve that makes a
  /// probability of it all do.
  ///
  /// @throws ModelInvalidException where there are more than [FeaturePairs#MOST]
  public FeaturePairs pairs(FeatureGroups groups) {
    boolean isOpen =
        model instanceof TreeEnsemble
            || model instanceof LinearModel
            || model instanceof LinearClasses;
    return isOpen && space == OutputSpace.MARGIN
        ? FeaturePairs.of(model, groups)
        : FeaturePairs.among(read(), groups, outputs());
  }

  private static void addTerms(LinearModel linear, BitSet read) {
    linear.terms().stream()
        .filter(term -> term.coefficient() != 0)
        .mapToInt(Term::feature)
        .forEach(read::set);
  }

  private static void addSplits(Tree tree, BitSet read) {
    for (int node = 0; node < tree.size(); node++) {
      if (!tree.isLeaf(node)) {
        read.set(tree.feature(node));
      }
    }
  }

  /// The predictions: `rows * outputs` long, row after row.
  ///
  /// @throws ModelInvalidException where one is no finite number
  public double[] of(FeatureMatrix rows) {
    double[] found = raw(rows);
    for (double one : found) {
      if (!Double.isFinite(one)) {
        throw new ModelInvalidException(
            "the model's prediction of a row is "
                + one
                + " as a "
                + space.wireName()
                + (space == OutputSpace.MARGIN
                    ? "; a probability of exactly 0 or 1 has no log-odds: explain it with"
                        + " --output-space=probability"
                    : ""));
      }
    }
    return found;
  }

  private double[] raw(FeatureMatrix rows) {
    return switch (model) {
      case TreeEnsemble trees -> onScale(trees.margins(rows), trees.link(), trees.outputs());
      case LinearModel linear ->
          space == OutputSpace.MARGIN ? linear.margins(rows) : linear.score(rows);
      case LinearClasses linear -> onScale(linear.margins(rows), linear.link(), linear.outputs());
      case AnsweringModel served ->
          space == OutputSpace.MARGIN && served.areProbabilities()
              ? logOdds(served.answers(rows))
              : served.answers(rows);
      default -> space == OutputSpace.MARGIN ? logOdds(model.score(rows)) : model.score(rows);
    };
  }

  private static double[] logOdds(double[] probabilities) {
    return Arrays.stream(probabilities).map(p -> Math.log(p / (1 - p))).toArray();
  }

  /// Probabilities in float64 from the float64 margins, whatever the library rounds to.
  private double[] onScale(double[] margins, Link link, int outputs) {
    if (space == OutputSpace.PROBABILITY) {
      for (int first = 0; first < margins.length; first += outputs) {
        link.probabilities(margins, first, outputs);
      }
    }
    return margins;
  }
}
