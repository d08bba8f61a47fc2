package org.primum.explain;

import java.util.Optional;
import org.primum.data.Digest;
import org.primum.explain.value.CountedRows;
import org.primum.explain.value.Precision;
import org.primum.model.Scorer;

/// All that explanations of one model rest on: the model, and what is kept of the rows it is
/// compared with. [ExplainerFile] is its form as bytes.
///
/// @param model the digest of the model as it was given
/// @param scorer the model, ready to explain
/// @param cover the rows that the cover of its trees counts; empty where it is the library's own
/// @param background empty where the model's own training stands for the rows compared with
public record ExplainerBasis(
    Digest model, Scorer scorer, Optional<CountedRows> cover, Optional<ComparedRows> background) {

  /// Rows to compare with.
  ///
  /// @param counts what is kept of them
  public record ComparedRows(Background counts, Digest digest) {

    public CountedRows rows() {
      return new CountedRows(counts.rows(), digest);
    }
  }

  /// @throws org.primum.model.ModelInvalidException where the model's form has no exact explanation
  ///   here
  public Explainer explainer(Precision precision) {
    return background
        .map(rows -> rows.counts().explainer(precision))
        .orElseGet(() -> Explainer.of(scorer, precision));
  }
}
