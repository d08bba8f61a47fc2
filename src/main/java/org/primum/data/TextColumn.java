package org.primum.data;

/// Text by dictionary. Dictionaries belong to the batch: the same text may have another code in the
/// next one.
public final class TextColumn implements Column {

  /// The code of a missing value.
  public static final int MISSING = -1;

  private final String[] dictionary;
  private final int[] codes;
  private final int size;

  /// @param dictionary the texts, each once
  /// @param codes at least `size` long: indices into the dictionary, or [#MISSING]
  public TextColumn(String[] dictionary, int[] codes, int size) {
    this.dictionary = dictionary;
    this.codes = codes;
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isMissing(int row) {
    return codes[row] == MISSING;
  }

  public int code(int row) {
    return codes[row];
  }

  public int dictionarySize() {
    return dictionary.length;
  }

  public String entry(int code) {
    return dictionary[code];
  }

  @Override
  public String text(int row) {
    return dictionary[codes[row]];
  }
}
