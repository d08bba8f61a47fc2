package org.primum.gate;

/// A number that may not exist.
///
/// A rate whose denominator is zero has no value, and neither `NaN` nor `0` says so: `NaN > limit`
/// is false, so a gate comparing doubles would let the model through. Every metric returns a
/// `Measure`, and the compiler makes each caller say what happens when there is none.
public sealed interface Measure {

  /// @param value finite, in the unit the metric documents
  record Known(double value) implements Measure {
    public Known {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a known measure must be finite, got " + value);
      }
    }
  }

  /// @param reason why there is no value, in words a clinician can read, e.g. "no positives"
  record Unknown(String reason) implements Measure {
    public Unknown {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("an unknown measure needs a reason");
      }
    }
  }

  /// `numerator / denominator`, or unknown for `reason` where the denominator is zero.
  static Measure ratio(double numerator, double denominator, String reason) {
    return denominator == 0 ? new Unknown(reason) : new Known(numerator / denominator);
  }
}
