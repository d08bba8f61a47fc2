package org.primum.table;

import java.io.IOException;
import java.util.BitSet;
import org.primum.data.Column;
import org.primum.data.NumberColumn;

/// Numbers from a column of words.
final class ChunkNumbers implements ChunkColumn {

  private final ChunkPages pages;
  private final ValueType.Words type;
  private double[] dictionary = new double[0];
  private int[] ids = new int[0];
  private long[] words = new long[0];

  ChunkNumbers(ChunkPages pages, ValueType.Words type) {
    this.pages = pages;
    this.type = type;
  }

  @Override
  public Column read(int rows) throws IOException {
    double[] values = new double[rows];
    BitSet missing = new BitSet(rows);
    int done = 0;
    while (done < rows) {
      int take = Math.min(rows - done, pages.advance());
      int count = pages.levels(take);
      fill(values, done, count);
      if (count < take) {
        spread(values, missing, done, take, count);
      }
      done += take;
    }
    return new NumberColumn(values, missing, rows);
  }

  @Override
  public void release() {
    pages.release();
  }

  /// Writes the next `count` values side by side.
  private void fill(double[] values, int offset, int count) {
    switch (pages.values()) {
      case PageValues.Ids(RunLength runs, ChunkDictionary entries) ->
          look(runs, numbers(entries), values, offset, count);
      case PageValues.Words(WordReader reader) -> {
        words = words.length < count ? new long[count] : words;
        reader.read(words, count);
        for (int i = 0; i < count; i++) {
          values[offset + i] = type.number(words[i]);
        }
      }
      case PageValues.Raw _ -> throw new IllegalStateException("words are not read as bytes");
    }
  }

  private void look(RunLength runs, double[] numbers, double[] values, int offset, int count) {
    ids = ids.length < count ? new int[count] : ids;
    runs.read(ids, count);
    for (int i = 0; i < count; i++) {
      int id = ids[i];
      if (id < 0 || id >= numbers.length) {
        throw new Damage("a value is not in the dictionary");
      }
      values[offset + i] = numbers[id];
    }
  }

  private double[] numbers(ChunkDictionary entries) {
    if (dictionary.length == 0 && entries instanceof ChunkDictionary.Words found) {
      dictionary = new double[found.size()];
      for (int id = 0; id < dictionary.length; id++) {
        dictionary[id] = type.number(found.word(id));
      }
    }
    return dictionary;
  }

  /// Moves `count` values that stand side by side to their rows, from the last to the first.
  private void spread(double[] values, BitSet missing, int offset, int rows, int count) {
    int[] present = pages.present();
    int from = offset + count;
    for (int row = rows - 1; row >= 0; row--) {
      if (present[row] == 1) {
        values[offset + row] = values[--from];
      } else {
        missing.set(offset + row);
      }
    }
  }
}
