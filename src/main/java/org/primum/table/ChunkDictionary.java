package org.primum.table;

/// The dictionary of a column chunk.
sealed interface ChunkDictionary {

  int size();

  /// Bytes of memory it takes.
  long memory();

  /// Reads a dictionary page, which is PLAIN.
  static ChunkDictionary read(Bytes in, ValueType type, int size, MemoryBudget budget) {
    return switch (type) {
      case ValueType.Words words -> words(in, words, size, budget);
      case ValueType.Bytes bytes -> slices(in, bytes, size, budget);
    };
  }

  private static ChunkDictionary words(
      Bytes in, ValueType.Words type, int size, MemoryBudget budget) {
    if (type.width() == 0 || (long) size * type.width() > in.left()) {
      throw new Damage("a dictionary is shorter than what it should hold");
    }
    budget.take((long) size * Long.BYTES);
    long[] words = new long[size];
    new WordReader.Plain(in, type.width()).read(words, size);
    return new Words(words);
  }

  private static ChunkDictionary slices(
      Bytes in, ValueType.Bytes type, int size, MemoryBudget budget) {
    int least = type.width() < 0 ? Integer.BYTES : type.width();
    if ((long) size * least > in.left()) {
      throw new Damage("a dictionary is shorter than what it should hold");
    }
    long memory = (long) size * 2 * Integer.BYTES + in.left();
    budget.take(memory);
    var copy = new byte[in.left()];
    int start = in.position();
    System.arraycopy(in.array(), start, copy, 0, copy.length);
    var slices = new Slices(copy, new int[size], new int[size]);
    BytesReader reader = BytesReader.of(0, in, type, size);
    for (int i = 0; i < size; i++) {
      reader.next();
      slices.offsets[i] = reader.offset() - start;
      slices.lengths[i] = reader.length();
    }
    return slices;
  }

  /// Values of at most 64 bits.
  final class Words implements ChunkDictionary {

    private final long[] words;

    Words(long[] words) {
      this.words = words;
    }

    long word(int id) {
      return words[id];
    }

    @Override
    public int size() {
      return words.length;
    }

    @Override
    public long memory() {
      return (long) words.length * Long.BYTES;
    }
  }

  /// Values that are bytes.
  final class Slices implements ChunkDictionary {

    private final byte[] bytes;
    private final int[] offsets;
    private final int[] lengths;

    Slices(byte[] bytes, int[] offsets, int[] lengths) {
      this.bytes = bytes;
      this.offsets = offsets;
      this.lengths = lengths;
    }

    byte[] bytes() {
      return bytes;
    }

    int offset(int id) {
      return offsets[id];
    }

    int length(int id) {
      return lengths[id];
    }

    @Override
    public int size() {
      return offsets.length;
    }

    @Override
    public long memory() {
      return (long) offsets.length * 2 * Integer.BYTES + bytes.length;
    }
  }
}
