package org.primum.table;

import java.io.IOException;

/// The rows of a CSV file: records after the header, each as wide as it. Empty lines at the end of
/// the file are no rows, but in a file of one column each is a missing value.
final class CsvRows {

  private final CsvRecords records;
  private final int columns;
  private boolean blank;

  CsvRows(CsvRecords records, int columns) {
    this.records = records;
    this.columns = columns;
  }

  boolean next() throws IOException {
    while (records.next()) {
      boolean row = records.fields() == columns;
      if (!row && records.isEmptyLine()) {
        blank = true;
        continue;
      }
      if (blank) {
        throw records.invalidRow("follows an empty line; remove empty lines");
      }
      if (!row) {
        throw records.invalidRow(
            "has "
                + records.fields()
                + " fields where the header has "
                + columns
                + "; the file is cut off, or a field with a comma is not quoted");
      }
      return true;
    }
    return false;
  }
}
