package org.primum.table;

/// The values of a data page, missing ones left out, in the form the page has them.
sealed interface PageValues {

  /// Positions in the dictionary of the column chunk.
  record Ids(RunLength ids, ChunkDictionary dictionary) implements PageValues {}

  record Words(WordReader reader) implements PageValues {}

  record Raw(BytesReader reader) implements PageValues {}
}
