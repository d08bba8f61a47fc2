package org.primum.cli;

import org.jspecify.annotations.Nullable;
import org.primum.explain.value.ShapleyEmission;
import org.primum.step.UsageException;
import picocli.CommandLine.Option;

/// How much of a row's values is written.
final class ShapEmissionOptions {

  private static final String TOP = "top:";

  @Option(
      names = "--emit",
      defaultValue = "all",
      paramLabel = "all|top:K",
      order = 50,
      description =
          "Which Shapley values of a row shap.parquet holds. top:K: the K largest; the others are"
              + " missing, and phi_rest has their sum.")
  String emit = "all";

  @Option(
      names = "--clip",
      paramLabel = "C",
      order = 51,
      description = "Cut Shapley values to at most this magnitude, after additivity was checked.")
  @Nullable Double clip;

  @Option(
      names = "--round",
      paramLabel = "D",
      order = 52,
      description = "Round Shapley values to so many decimals, after additivity was checked.")
  @Nullable Integer round;

  @Option(
      names = "--top-features",
      defaultValue = "0",
      paramLabel = "K",
      order = 53,
      description =
          "Name the K leading features of each row in a column top_features, as"
              + " lactate:+1.826;age:-0.5.")
  int topFeatures;

  @Option(
      names = "--emit-values",
      defaultValue = "none",
      paramLabel = "none|top|all",
      order = 54,
      description =
          "Write the features' own values too, as value.<feature>: of all, or of the row's leading"
              + " ones. They are patient data.")
  ShapleyEmission.Values values = ShapleyEmission.Values.NONE;

  ShapleyEmission emission() {
    if (values == ShapleyEmission.Values.TOP && top() == 0 && topFeatures == 0) {
      throw new UsageException(
          "--emit-values=top: say how many lead, with --emit=top:K or --top-features=K");
    }
    try {
      return new ShapleyEmission(
          top(),
          clip == null ? Double.POSITIVE_INFINITY : clip,
          round == null ? -1 : notNegative(round),
          topFeatures,
          values);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--clip is above 0, --round from 0 to 12, --top-features not negative; got "
              + e.getMessage());
    }
  }

  private static int notNegative(int decimals) {
    if (decimals < 0) {
      throw new IllegalArgumentException("decimals " + decimals);
    }
    return decimals;
  }

  private int top() {
    if (emit.equals("all")) {
      return 0;
    }
    try {
      if (emit.startsWith(TOP) && Integer.parseInt(emit.substring(TOP.length())) > 0) {
        return Integer.parseInt(emit.substring(TOP.length()));
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new UsageException("--emit takes all, or top:K as in top:5; got " + emit);
  }
}
