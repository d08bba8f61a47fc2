package org.primum.data;

/// One column of a [Batch].
public sealed interface Column permits NumberColumn, TextColumn {

  /// Number of rows.
  int size();

  boolean isMissing(int row);

  /// The value as text: a whole number without a fraction, any other number in the shortest decimal
  /// that reads back the same. Not to be called where the value is missing.
  String text(int row);
}
