package org.primum.model.compact;

import java.util.ArrayList;
import java.util.List;
import org.primum.model.Feature;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.Link;

/// A linear model as bytes: the intercept, then each term.
final class CompactLinear {

  private static final int STANDARDIZED = 0;
  private static final int FILLED = 1;
  private static final int MISSING_INDICATOR = 2;
  private static final int CATEGORY = 3;
  private static final int FEWEST_BYTES = 2 + 2 * Double.BYTES;

  private CompactLinear() {}

  static void write(LinearModel model, CompactWriter out) {
    out.number(model.intercept());
    out.whole(model.terms().size());
    for (Term term : model.terms()) {
      out.whole(term.feature());
      transform(term.transform(), out);
      out.number(term.coefficient());
      out.number(term.backgroundMean());
    }
  }

  private static void transform(Transform transform, CompactWriter out) {
    switch (transform) {
      case Transform.Standardized(double center, double scale) -> {
        out.whole(STANDARDIZED);
        out.number(center);
        out.number(scale);
      }
      case Transform.Filled(double missing) -> {
        out.whole(FILLED);
        out.number(missing);
      }
      case Transform.MissingIndicator() -> out.whole(MISSING_INDICATOR);
      case Transform.Category(int code) -> {
        out.whole(CATEGORY);
        out.fixed(code);
      }
    }
  }

  static LinearModel read(List<Feature> features, Link link, CompactReader in) {
    double intercept = in.number();
    int count = in.count(FEWEST_BYTES);
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int feature = in.whole(features.size());
      Transform transform = transform(in);
      terms.add(new Term(feature, transform, in.number(), in.number()));
    }
    return new LinearModel(features, terms, intercept, link);
  }

  private static Transform transform(CompactReader in) {
    return switch (in.oneOf(CATEGORY + 1)) {
      case STANDARDIZED -> new Transform.Standardized(in.number(), in.number());
      case FILLED -> new Transform.Filled(in.number());
      case MISSING_INDICATOR -> new Transform.MissingIndicator();
      case CATEGORY -> new Transform.Category((int) in.fixed());
      default -> throw CompactReader.broken();
    };
  }
}
