package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the number of each row's combination of group codes, for one thread: the codes side by
/// side are a key, and a combination that was met costs one look-up.
final class RowGroups {

  private static final int MAX_BITS = Long.SIZE - 1;

  private final GroupIndex index;

  /// Bits of the key that each attribute takes, from the first on.
  private final int[] bits;

  private CodeTable table = new CodeTable(0);
  private boolean keyed = true;

  RowGroups(GroupIndex index, int attributes) {
    this.index = index;
    this.bits = new int[attributes];
  }

  /// The number of each row's combination, [Tally#MAX_CELLS] where there are too many.
  ///
  /// @param codes by attribute, then row
  /// @param sizes for each attribute a number that none of its codes reaches
  int[] read(List<int[]> codes, int[] sizes, int rows) {
    fit(sizes);
    int[] read = new int[rows];
    long[] keys = keyed ? keys(codes, rows) : new long[0];
    for (int row = 0; row < rows; row++) {
      read[row] = keyed ? looked(keys[row], codes, row) : index.number(path(codes, row));
    }
    return read;
  }

  private long[] keys(List<int[]> codes, int rows) {
    long[] keys = new long[rows];
    for (int i = 0; i < bits.length; i++) {
      int[] column = codes.get(i);
      int shift = bits[i];
      for (int row = 0; row < rows; row++) {
        keys[row] = (keys[row] << shift) | column[row];
      }
    }
    return keys;
  }

  private void fit(int[] sizes) {
    boolean fits = true;
    for (int i = 0; i < bits.length; i++) {
      int needed = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, sizes[i] - 1));
      fits &= needed <= bits[i];
      bits[i] = Math.max(bits[i], needed);
    }
    if (!fits) {
      int all = Arrays.stream(bits).sum();
      keyed = all <= MAX_BITS;
      table = new CodeTable(keyed ? all : 0);
    }
  }

  private int looked(long key, List<int[]> codes, int row) {
    int number = table.get(key);
    if (number == CodeTable.NONE) {
      number = index.number(path(codes, row));
      table.put(key, number);
    }
    return number;
  }

  private static List<Integer> path(List<int[]> codes, int row) {
    List<Integer> path = new ArrayList<>(codes.size());
    for (int[] column : codes) {
      path.add(column[row]);
    }
    return List.copyOf(path);
  }
}
