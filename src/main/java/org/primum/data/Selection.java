package org.primum.data;

/// A wish for one column, as a number or as text, whatever the file holds. Text that is not a
/// number is refused where a number is asked; a number asked as text comes in its shortest form.
public record Selection(String column, ColumnType as) {

  public static Selection number(String column) {
    return new Selection(column, ColumnType.NUMBER);
  }

  public static Selection text(String column) {
    return new Selection(column, ColumnType.TEXT);
  }
}
