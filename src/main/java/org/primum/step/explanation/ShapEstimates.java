package org.primum.step.explanation;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.primum.explain.sampling.Sampling;
import org.primum.explain.value.OutputSpace;
import org.primum.platform.served.ServedSettings;
import org.primum.step.UsageException;

/// What is asked of explanations that ask the model itself: on which scale, how many coalitions,
/// against how many rows.
///
/// @param space the scale; by default margins, and of a served model its answers as they are
/// @param samples how many coalitions a row may ask for
/// @param maxError a standard error at which a row needs no more
/// @param seed with the row's own values, chooses the coalitions
/// @param backgroundRows how many background rows are drawn; by default all count
/// @param served how a served model is asked
public record ShapEstimates(
    Optional<OutputSpace> space,
    int samples,
    OptionalDouble maxError,
    long seed,
    OptionalInt backgroundRows,
    ServedSettings served) {

  public ShapEstimates {
    if (samples < 1) {
      throw new UsageException("--samples must be at least 1, got " + samples);
    }
    if (maxError.isPresent()
        && !(maxError.getAsDouble() > 0 && Double.isFinite(maxError.getAsDouble()))) {
      throw new UsageException("--max-error must be above 0, got " + maxError.getAsDouble());
    }
    if (backgroundRows.isPresent() && backgroundRows.getAsInt() < 1) {
      throw new UsageException(
          "--background-rows must be at least 1, got " + backgroundRows.getAsInt());
    }
  }

  Sampling sampling(ShapMode mode) {
    Sampling.Method method =
        mode == ShapMode.KERNEL ? Sampling.Method.KERNEL : Sampling.Method.PERMUTATION;
    return new Sampling(method, seed, samples, maxError);
  }

  long limit() {
    return backgroundRows.isPresent() ? backgroundRows.getAsInt() : Long.MAX_VALUE;
  }
}
