package org.primum.data;

/// A column's name and type in a [Schema].
public record Field(String name, ColumnType type) {

  public Field {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }
}
