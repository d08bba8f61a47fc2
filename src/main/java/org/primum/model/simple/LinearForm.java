package org.primum.model.simple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.value.JsonValues;

/// `simple-linear-json/1`: the log-odds are `intercept + sum of coef * x`.
final class LinearForm implements SimpleFile.Form {

  private final JsonValues values;
  private List<String> names = List.of();
  private double[] coefficients = {};
  private double[] means = {};
  private double intercept = Double.NaN;
  private String link = "";

  LinearForm(JsonValues values) {
    this.values = values;
  }

  @Override
  public void member(String key) {
    switch (key) {
      case "link" -> link = values.text();
      case "coef" -> coefficients = values.doubles();
      case "intercept" -> intercept = values.number();
      case "background_mean" -> means = values.doubles();
      case "feature_names" -> names = FeatureNames.read(values);
      case "tool", "background_cov", "background_rows", "cov_ddof" -> values.skip();
      default -> throw values.invalid("no such key in simple-linear-json/1");
    }
  }

  /// A missing value is read as the background mean, so that it explains nothing.
  @Override
  public Scorer model(Optional<List<String>> features) {
    if (!link.equals("logit")) {
      throw new ModelInvalidException("link must be logit: only binary classifiers are read");
    }
    int count = coefficients.length;
    if (count == 0 || means.length != count) {
      throw new ModelInvalidException(
          "coef and background_mean must hold one number a feature, got "
              + count
              + " and "
              + means.length);
    }
    List<Term> terms = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      terms.add(new Term(i, new Transform.Filled(means[i]), coefficients[i], means[i]));
    }
    return new LinearModel(FeatureNames.features(count, names, features), terms, intercept);
  }
}
