package org.primum.cli;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.primum.explain.value.OutputSpace;
import org.primum.platform.served.ServedSettings;
import org.primum.step.UsageException;
import org.primum.step.explanation.ShapEstimates;
import org.primum.store.Location;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options of explanations that ask the model itself, and of models that are served.
final class EstimateOptions {

  /// What a served model's answers are.
  enum Answer {
    PROBABILITY,
    NUMBER
  }

  /// What becomes of a missing value.
  enum Missing {
    REFUSE,
    NULL
  }

  @Option(
      names = "--output-space",
      paramLabel = "margin|probability",
      order = 11,
      description =
          "The scale that values add up to. probability: true Shapley values of the probability,"
              + " against --background. By default margin; of a served model, its answers as they"
              + " are.")
  @Nullable OutputSpace space;

  @Option(
      names = "--samples",
      defaultValue = "2048",
      paramLabel = "N",
      order = 12,
      description =
          "How many coalitions of features a row may ask a black box for. Up to 12 features that"
              + " matter to a row, permutation asks for all of them instead and is exact.")
  int samples = 2048;

  @Option(
      names = "--max-error",
      paramLabel = "SE",
      order = 13,
      description =
          "A row needs no more coalitions once every standard error is at most this. By default"
              + " --samples are used up.")
  @Nullable Double maxError;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      order = 14,
      description =
          "With a row's own values, chooses its coalitions, and the rows of --background-rows; any"
              + " whole number.")
  long seed = 1;

  @Option(
      names = "--background-rows",
      paramLabel = "N",
      order = 15,
      description =
          "Draw so many rows of the background for a black box, which is asked about each of them"
              + " for each coalition. By default all count.")
  @Nullable Integer backgroundRows;

  @Option(
      names = "--served-answer",
      defaultValue = "probability",
      paramLabel = "probability|number",
      order = 16,
      description =
          "What a served model answers: probabilities, one or one a class; or any numbers, such as"
              + " log-odds or the prediction of a regression.")
  Answer answer = Answer.PROBABILITY;

  @Option(
      names = "--served-output",
      paramLabel = "NAME",
      order = 17,
      description = "Which of several outputs of a served model is meant, as predict_proba.")
  @Nullable String output;

  @Option(
      names = "--served-batch",
      defaultValue = "1000",
      paramLabel = "ROWS",
      order = 18,
      description = "The most rows of one request to a served model.")
  int batch = 1000;

  @Option(
      names = "--served-missing",
      defaultValue = "refuse",
      paramLabel = "refuse|null",
      order = 19,
      description =
          "What becomes of missing values where the model is served: refuse them (exit 11), or send"
              + " null, which few servers take.")
  Missing missing = Missing.REFUSE;

  ShapEstimates asked(Map<String, String> environment) {
    if (batch < 1 || batch > 1_000_000) {
      throw new UsageException("--served-batch must lie in 1 to 1000000, got " + batch);
    }
    return new ShapEstimates(
        Optional.ofNullable(space),
        samples,
        maxError == null ? OptionalDouble.empty() : OptionalDouble.of(maxError),
        seed,
        backgroundRows == null ? OptionalInt.empty() : OptionalInt.of(backgroundRows),
        new ServedSettings(
            environment,
            batch,
            answer == Answer.PROBABILITY,
            Optional.ofNullable(output),
            missing == Missing.NULL));
  }

  /// A location, or the address of a served model.
  static final class ModelLocation implements ITypeConverter<Location> {
    @Override
    public Location convert(String text) {
      try {
        return Location.parseModel(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
