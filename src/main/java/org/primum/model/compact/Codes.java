package org.primum.model.compact;

import java.util.List;
import org.primum.model.CoverKind;
import org.primum.model.DecisionRule;
import org.primum.model.Feature;
import org.primum.model.Link;
import org.primum.model.MissingRule;

/// The numbers that stand for words: a word's place in its list. New words join at the end.
final class Codes {

  static final List<Feature.Kind> KINDS = List.of(Feature.Kind.NUMERIC, Feature.Kind.CATEGORICAL);

  static final List<DecisionRule> RULES =
      List.of(
          DecisionRule.FLOAT32_BELOW,
          DecisionRule.FLOAT64_AT_MOST,
          DecisionRule.FLOAT32_AT_MOST,
          DecisionRule.FLOAT32_MEMBERS,
          DecisionRule.FLOAT64_MEMBERS);

  static final List<Link> LINKS =
      List.of(
          Link.LOGISTIC, Link.PROBABILITY, Link.IDENTITY, Link.LOG, Link.SOFTMAX, Link.ONE_VS_REST);

  static final List<CoverKind> COVERS =
      List.of(CoverKind.HESSIAN, CoverKind.COUNT, CoverKind.RECOMPUTED, CoverKind.NONE);

  static final List<MissingRule> MISSING =
      List.of(
          MissingRule.NAN_LEFT,
          MissingRule.NAN_RIGHT,
          MissingRule.ZERO_LEFT,
          MissingRule.ZERO_RIGHT,
          MissingRule.NAN_IS_ZERO);

  private Codes() {}

  static <T> int of(List<T> words, T word) {
    int code = words.indexOf(word);
    if (code < 0) {
      throw new IllegalStateException("no number stands for " + word);
    }
    return code;
  }

  static <T> T read(List<T> words, CompactReader in) {
    return words.get(in.oneOf(words.size()));
  }
}
