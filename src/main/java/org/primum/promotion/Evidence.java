package org.primum.promotion;

import java.util.List;
import org.primum.data.Digest;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Verdict;

/// What a step left in its output directory, brought forward for a release.
public sealed interface Evidence {

  /// Where it was read from, for messages.
  String source();

  /// A verdict and its metrics whose bytes are those its manifest names.
  ///
  /// @param digest of the bytes of `verdict.json`
  /// @param recorded the status written at the top of the verdict; never trusted to be good, but
  ///   believed where it is bad
  /// @param metrics the step's table of metrics
  /// @param objections reasons why it cannot count although it is whole, e.g. that its noise was
  ///   switched off
  record Presented(
      String source,
      Digest digest,
      Verdict verdict,
      Status recorded,
      List<Measurement> metrics,
      List<String> objections)
      implements Evidence {

    public Presented {
      metrics = List.copyOf(metrics);
      objections = List.copyOf(objections);
    }
  }

  /// Something that cannot be read as evidence: nothing there, cut off, or of another version.
  record Unusable(String source, String reason) implements Evidence {}
}
