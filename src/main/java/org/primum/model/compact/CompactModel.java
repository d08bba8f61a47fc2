package org.primum.model.compact;

import java.util.ArrayList;
import java.util.List;
import org.primum.model.CoverKind;
import org.primum.model.DecisionRule;
import org.primum.model.Feature;
import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// A tree ensemble or a linear model as bytes, and back to the last bit.
public final class CompactModel {

  private static final int TREES = 1;
  private static final int LINEAR = 2;
  private static final int LINKED_LINEAR = 3;

  private CompactModel() {}

  /// @throws ModelInvalidException where the model is neither of trees nor linear
  public static void write(Scorer model, CompactWriter out) {
    switch (model) {
      case TreeEnsemble trees -> {
        out.whole(TREES);
        features(trees.features(), out);
        ensemble(trees, out);
      }
      case LinearModel linear when linear.link() == Link.LOGISTIC -> {
        out.whole(LINEAR);
        features(linear.features(), out);
        CompactLinear.write(linear, out);
      }
      case LinearModel linear -> linked(linear.link(), List.of(linear), out);
      case LinearClasses linear -> linked(linear.link(), linear.classes(), out);
      default ->
          throw new ModelInvalidException(
              "only tree ensembles and linear models have a compact form; this model is neither");
    }
  }

  private static void linked(Link link, List<LinearModel> outputs, CompactWriter out) {
    out.whole(LINKED_LINEAR);
    features(outputs.getFirst().features(), out);
    out.whole(Codes.of(Codes.LINKS, link));
    out.whole(outputs.size());
    outputs.forEach(linear -> CompactLinear.write(linear, out));
  }

  private static Scorer linked(List<Feature> features, CompactReader in) {
    Link link = Codes.read(Codes.LINKS, in);
    int outputs = in.count(1 + Double.BYTES);
    List<LinearModel> models = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      models.add(CompactLinear.read(features, Link.IDENTITY, in));
    }
    return outputs == 1 && link == Link.IDENTITY
        ? models.getFirst()
        : new LinearClasses(models, link);
  }

  /// @throws ModelInvalidException where the bytes are no model
  public static Scorer read(CompactReader in) {
    int kind = in.oneOf(LINKED_LINEAR + 1);
    List<Feature> features = features(in);
    return switch (kind) {
      case TREES -> ensemble(features, in);
      case LINEAR -> CompactLinear.read(features, Link.LOGISTIC, in);
      case LINKED_LINEAR -> linked(features, in);
      default -> throw CompactReader.broken();
    };
  }

  private static void features(List<Feature> features, CompactWriter out) {
    out.whole(features.size());
    for (Feature feature : features) {
      out.text(feature.name());
      out.whole(Codes.of(Codes.KINDS, feature.kind()));
      out.whole(feature.categories().size());
      feature.categories().forEach(out::text);
    }
  }

  private static List<Feature> features(CompactReader in) {
    List<Feature> features = new ArrayList<>();
    int count = in.count(3);
    for (int i = 0; i < count; i++) {
      String name = in.text();
      Feature.Kind kind = Codes.read(Codes.KINDS, in);
      List<String> categories = new ArrayList<>();
      int known = in.count(1);
      for (int category = 0; category < known; category++) {
        categories.add(in.text());
      }
      features.add(new Feature(name, kind, categories));
    }
    return features;
  }

  private static void ensemble(TreeEnsemble model, CompactWriter out) {
    out.whole(Codes.of(Codes.RULES, model.rule()));
    out.whole(Codes.of(Codes.LINKS, model.link()));
    out.whole(Codes.of(Codes.COVERS, model.cover()));
    double[] margins = new double[model.outputs()];
    double[] margins32 = new double[model.outputs()];
    for (int output = 0; output < margins.length; output++) {
      margins[output] = model.baseMargin(output);
      margins32[output] = model.baseMargin32(output);
    }
    out.whole(margins.length);
    out.numbers(margins);
    out.numbers(margins32);
    out.whole(model.trees().size());
    model.trees().forEach(tree -> CompactTree.write(tree, model.cover(), out));
  }

  private static TreeEnsemble ensemble(List<Feature> features, CompactReader in) {
    DecisionRule rule = Codes.read(Codes.RULES, in);
    Link link = Codes.read(Codes.LINKS, in);
    CoverKind cover = Codes.read(Codes.COVERS, in);
    int outputs = in.count(2 * Float.BYTES);
    double[] margins = in.numbers(outputs);
    double[] narrow = in.numbers(outputs);
    float[] margins32 = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      margins32[output] = (float) narrow[output];
    }
    List<Tree> trees = new ArrayList<>();
    int count = in.count(CompactTree.FEWEST_BYTES);
    for (int i = 0; i < count; i++) {
      trees.add(CompactTree.read(rule, cover, features.size(), in));
    }
    return TreeEnsemble.restored(features, trees, rule, link, margins, margins32, cover);
  }
}
