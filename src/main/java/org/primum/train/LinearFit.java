package org.primum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.primum.data.DataInvalidException;
import org.primum.model.Feature;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/// A linear model by Tribuo's stochastic gradient descent on the weighted logistic loss.
///
/// A number is standardized by the training rows' mean and standard deviation, the mean stands for
/// a missing value and an indicator says that it was missing; each category is one indicator.
/// Tribuo's two-class softmax has one weight vector a class: the log-odds are their difference.
final class LinearFit {

  /// Held here, for java.util.logging forgets the level of a logger nobody holds.
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  /// Tribuo averages the gradients of a larger batch without the weights of its rows.
  private static final int ONE_BY_ONE = 1;

  private static final Label POSITIVE = new Label("positive");
  private static final Label NEGATIVE = new Label("negative");

  private LinearFit() {}

  static LinearModel fit(
      TrainingSet set, List<Feature> features, Hyperparameters hyperparameters, long seed) {
    TRIBUO.setLevel(Level.WARNING);
    List<Term> terms = terms(set, features);
    if (terms.isEmpty()) {
      throw new DataInvalidException("no feature takes more than one value in the training rows");
    }
    var trainer =
        new LinearSGDTrainer(
            new LogMulticlass(),
            optimizer(hyperparameters),
            hyperparameters.whole("epochs"),
            Integer.MAX_VALUE,
            ONE_BY_ONE,
            seed);
    LinearSGDModel fitted = trainer.train(dataset(set, terms));
    return model(fitted, features, terms);
  }

  private static StochasticGradientOptimiser optimizer(Hyperparameters hyperparameters) {
    double rate = hyperparameters.real("learning_rate");
    return switch (hyperparameters.learner()) {
      case LOGISTIC_REGRESSION -> new AdaGrad(rate, 0.1);
      case LINEAR_SGD -> SGD.getSqrtDecaySGD(rate);
      case XGBOOST -> throw new IllegalArgumentException("XGBoost is no linear learner");
    };
  }

  /// The terms with coefficient 0: standardized numbers, then indicators of missing values, then
  /// categories, each in feature order.
  private static List<Term> terms(TrainingSet set, List<Feature> features) {
    List<Term> standardized = new ArrayList<>();
    List<Term> missing = new ArrayList<>();
    List<Term> categories = new ArrayList<>();
    for (int feature = 0; feature < features.size(); feature++) {
      switch (features.get(feature).kind()) {
        case NUMERIC -> addNumber(set, feature, standardized);
        case CATEGORICAL -> {
          for (int code = 0; code < features.get(feature).categories().size(); code++) {
            addVarying(set, feature, new Transform.Category(code), categories);
          }
        }
      }
      addVarying(set, feature, new Transform.MissingIndicator(), missing);
    }
    standardized.addAll(missing);
    standardized.addAll(categories);
    return standardized;
  }

  private static void addNumber(TrainingSet set, int feature, List<Term> terms) {
    double sum = 0;
    int known = 0;
    for (int row = 0; row < set.rows(); row++) {
      double x = set.features().value(row, feature);
      if (!Double.isNaN(x)) {
        sum += x;
        known++;
      }
    }
    double center = sum / Math.max(1, known);
    double squares = 0;
    for (int row = 0; row < set.rows(); row++) {
      double x = set.features().value(row, feature);
      squares += Double.isNaN(x) ? 0 : (x - center) * (x - center);
    }
    double scale = Math.sqrt(squares / Math.max(1, known));
    if (scale > 0 && Double.isFinite(scale)) {
      add(set, feature, new Transform.Standardized(center, scale), terms);
    }
  }

  /// Adds an indicator unless it says the same of every row.
  private static void addVarying(
      TrainingSet set, int feature, Transform transform, List<Term> terms) {
    double mean = mean(set, feature, transform);
    if (mean > 0 && mean < 1) {
      terms.add(new Term(feature, transform, 0, mean));
    }
  }

  private static void add(TrainingSet set, int feature, Transform transform, List<Term> terms) {
    terms.add(new Term(feature, transform, 0, mean(set, feature, transform)));
  }

  private static double mean(TrainingSet set, int feature, Transform transform) {
    double sum = 0;
    for (int row = 0; row < set.rows(); row++) {
      sum += transform.apply(set.features().value(row, feature));
    }
    return sum / set.rows();
  }

  private static MutableDataset<Label> dataset(TrainingSet set, List<Term> terms) {
    String[] names = new String[terms.size()];
    for (int term = 0; term < names.length; term++) {
      names[term] = name(term);
    }
    var provenance = new SimpleDataSourceProvenance("training rows", new LabelFactory());
    var dataset = new MutableDataset<Label>(provenance, new LabelFactory());
    for (int row = 0; row < set.rows(); row++) {
      dataset.add(example(set, row, terms, names));
    }
    return dataset;
  }

  private static Example<Label> example(
      TrainingSet set, int row, List<Term> terms, String[] names) {
    var example = new ArrayExample<>(set.label(row) ? POSITIVE : NEGATIVE);
    example.setWeight((float) set.weight(row));
    for (int term = 0; term < names.length; term++) {
      Term t = terms.get(term);
      double value = t.transform().apply(set.features().value(row, t.feature()));
      if (value != 0 || term == 0) {
        example.add(names[term], value);
      }
    }
    return example;
  }

  /// Tribuo sorts features by name; zeros in front keep our order.
  private static String name(int term) {
    return String.format("%08d", term);
  }

  private static LinearModel model(
      LinearSGDModel fitted, List<Feature> features, List<Term> terms) {
    DenseMatrix weights = fitted.getWeightsCopy();
    int positive = fitted.getOutputIDInfo().getID(POSITIVE);
    int negative = fitted.getOutputIDInfo().getID(NEGATIVE);
    ImmutableFeatureMap map = fitted.getFeatureIDMap();
    List<Term> learned = new ArrayList<>();
    for (int term = 0; term < terms.size(); term++) {
      int id = map.getID(name(term));
      double coefficient = id < 0 ? 0 : weights.get(positive, id) - weights.get(negative, id);
      Term t = terms.get(term);
      learned.add(new Term(t.feature(), t.transform(), coefficient, t.backgroundMean()));
    }
    int bias = map.size();
    double intercept = weights.get(positive, bias) - weights.get(negative, bias);
    return new LinearModel(features, learned, intercept);
  }
}
