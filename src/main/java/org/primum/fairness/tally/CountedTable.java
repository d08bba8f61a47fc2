package org.primum.fairness.tally;

import java.util.Comparator;
import org.primum.data.Digest;
import org.primum.gate.Subject;

/// A table that was counted, as far as a tally remembers it.
///
/// @param subject its digest as `dataset`, and where they are known the model that scored it and
///   the data it was scored from
/// @param rows how many it has
/// @param bytes how large the file was
public record CountedTable(Subject subject, long rows, long bytes) {

  static final Comparator<CountedTable> ORDER = Comparator.comparing(CountedTable::dataset);

  public CountedTable {
    if (subject.find(Subject.DATASET).isEmpty() || rows < 1 || bytes < 1) {
      throw new IllegalArgumentException("a counted table has a digest, rows and bytes");
    }
  }

  public Digest dataset() {
    return subject.find(Subject.DATASET).orElseThrow();
  }
}
