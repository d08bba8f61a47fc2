package org.primum.report;

import java.util.ArrayList;
import java.util.List;

/// A table for a terminal: columns padded to their widest cell, two spaces between them.
public final class TextTable {

  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<String> header) {
    rows.add(List.copyOf(header));
  }

  /// Adds a row as long as the header.
  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /// The table with a line break after each row; control characters are made visible.
  public String write() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    rows.forEach(row -> out.append(line(row, widths)).append('\n'));
    return out.toString();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i).replaceAll("\\p{Cntrl}", "�");
      line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
