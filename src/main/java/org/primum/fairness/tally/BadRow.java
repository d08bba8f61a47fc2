package org.primum.fairness.tally;

import org.primum.data.DataInvalidException;

/// Says where a batch holds a value it must not, without quoting the value.
///
/// @param firstRow position of the batch's first row, from 0
record BadRow(String table, long firstRow) {

  DataInvalidException at(String column, int row, String problem) {
    return new DataInvalidException(
        table + ": column '" + column + "', row " + (firstRow + row + 1) + " " + problem);
  }
}
