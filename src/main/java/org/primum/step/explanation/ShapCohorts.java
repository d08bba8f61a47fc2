package org.primum.step.explanation;

import java.util.List;
import org.primum.step.UsageException;

/// Whom a summary of explanations tells of beside everyone.
///
/// @param columns to group by as by sensitive ones
/// @param minRows groups of fewer rows are not told of
public record ShapCohorts(List<String> columns, int minRows) {

  public ShapCohorts {
    columns = List.copyOf(columns);
    if (minRows < 0) {
      throw new UsageException("--min-cohort must be at least 0, got " + minRows);
    }
  }
}
