package org.primum.table;

import java.io.IOException;
import java.util.Arrays;
import org.primum.data.TextColumn;

/// Text from any column. Texts of a dictionary are made once a batch.
final class ChunkTexts implements ChunkColumn {

  private static final int UNSEEN = -1;

  private final ChunkPages pages;
  private final ValueType type;
  private TextPool pool = new TextPool();
  private int[] poolCodes = new int[0];
  private int[] ids = new int[0];
  private long[] words = new long[0];

  ChunkTexts(ChunkPages pages, ValueType type) {
    this.pages = pages;
    this.type = type;
  }

  @Override
  public TextColumn read(int rows) throws IOException {
    pool = new TextPool();
    Arrays.fill(poolCodes, UNSEEN);
    int[] codes = new int[rows];
    int done = 0;
    while (done < rows) {
      int take = Math.min(rows - done, pages.advance());
      int count = pages.levels(take);
      fill(codes, done, count);
      if (count < take) {
        spread(codes, done, take, count);
      }
      check(codes, done, take);
      done += take;
    }
    return new TextColumn(pool.dictionary(), codes, rows);
  }

  @Override
  public void release() {
    pages.release();
  }

  /// Writes the codes of the next `count` values side by side.
  private void fill(int[] codes, int offset, int count) {
    switch (pages.values()) {
      case PageValues.Ids(RunLength runs, ChunkDictionary entries) ->
          look(runs, entries, codes, offset, count);
      case PageValues.Words(WordReader reader) -> words(reader, codes, offset, count);
      case PageValues.Raw(BytesReader reader) -> {
        for (int i = 0; i < count; i++) {
          reader.next();
          codes[offset + i] = code(reader.array(), reader.offset(), reader.length());
        }
      }
    }
  }

  private void look(RunLength runs, ChunkDictionary entries, int[] codes, int offset, int count) {
    ids = ids.length < count ? new int[count] : ids;
    runs.read(ids, count);
    if (poolCodes.length != entries.size()) {
      poolCodes = new int[entries.size()];
      Arrays.fill(poolCodes, UNSEEN);
    }
    for (int i = 0; i < count; i++) {
      int id = ids[i];
      if (id < 0 || id >= poolCodes.length) {
        throw new Damage("a value is not in the dictionary");
      }
      int code = poolCodes[id];
      if (code == UNSEEN) {
        code = code(entries, id);
        poolCodes[id] = code;
      }
      codes[offset + i] = code;
    }
  }

  private int code(ChunkDictionary entries, int id) {
    return switch (entries) {
      case ChunkDictionary.Words found -> code(found.word(id));
      case ChunkDictionary.Slices found -> code(found.bytes(), found.offset(id), found.length(id));
    };
  }

  private void words(WordReader reader, int[] codes, int offset, int count) {
    words = words.length < count ? new long[count] : words;
    reader.read(words, count);
    for (int i = 0; i < count; i++) {
      boolean same = i > 0 && words[i] == words[i - 1];
      codes[offset + i] = same ? codes[offset + i - 1] : code(words[i]);
    }
  }

  private int code(long word) {
    return pool.code(((ValueType.Words) type).text(word));
  }

  private int code(byte[] bytes, int offset, int length) {
    ValueType.Bytes form = (ValueType.Bytes) type;
    if (!form.isPlainText()) {
      return pool.code(form.text(bytes, offset, length));
    }
    return length > Limits.VALUE_BYTES ? TextPool.FULL : pool.code(bytes, offset, length);
  }

  private void spread(int[] codes, int offset, int rows, int count) {
    int[] present = pages.present();
    int from = offset + count;
    for (int row = rows - 1; row >= 0; row--) {
      codes[offset + row] = present[row] == 1 ? codes[--from] : TextColumn.MISSING;
    }
  }

  private static void check(int[] codes, int offset, int rows) {
    for (int row = offset; row < offset + rows; row++) {
      if (codes[row] < TextColumn.MISSING) {
        throw new BadValue(
            row,
            codes[row] == TextPool.MALFORMED
                ? "text that is not UTF-8"
                : "a text longer than " + Limits.VALUE_BYTES + " bytes, or too much text");
      }
    }
  }
}
