package org.primum.model.xgboost;

import org.primum.model.Link;
import org.primum.model.ModelInvalidException;

/// Which link an XGBoost objective has: how its base score maps to the margin and its margin to the
/// prediction (`ProbToMargin` and `PredTransform` in src/objective).
final class Objectives {

  private Objectives() {}

  static Link link(String objective) {
    return switch (objective) {
      case "binary:logistic", "reg:logistic", "binary:logitraw" -> Link.LOGISTIC;
      case "multi:softprob", "multi:softmax" -> Link.SOFTMAX;
      case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft" -> Link.LOG;
      case "reg:squarederror",
          "reg:linear",
          "reg:squaredlogerror",
          "reg:pseudohubererror",
          "reg:absoluteerror",
          "reg:quantileerror",
          "binary:hinge",
          "rank:pairwise",
          "rank:ndcg",
          "rank:map" ->
          Link.IDENTITY;
      default ->
          throw new ModelInvalidException(
              "the objective '"
                  + XgboostFile.brief(objective)
                  + "' is not known here, so its margins have no meaning;"
                  + " known are binary:logistic, multi:softprob, reg:*, count:poisson, rank:*");
    };
  }
}
