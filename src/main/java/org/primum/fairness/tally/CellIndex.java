package org.primum.fairness.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Numbers the combinations of group codes in the order they are met: a tree with one level for
/// each attribute, whose edges are kept in a hash table of primitives.
final class CellIndex {

  private final List<Level> levels = new ArrayList<>();

  CellIndex(int depth) {
    for (int i = 0; i < depth; i++) {
      levels.add(new Level());
    }
  }

  /// The node below `node` for that code.
  int child(int depth, int node, int code) {
    return levels.get(depth).child(node, code);
  }

  /// How many combinations were met; one for no attribute.
  int leaves() {
    return levels.isEmpty() ? 1 : levels.getLast().size;
  }

  /// The codes of every combination, in the order of their numbers.
  List<int[]> paths() {
    List<int[]> paths = List.of(new int[0]);
    for (Level level : levels) {
      List<int[]> longer = new ArrayList<>();
      for (int node = 0; node < level.size; node++) {
        int[] above = paths.get((int) (level.edges[node] >> 32));
        int[] path = Arrays.copyOf(above, above.length + 1);
        path[above.length] = (int) level.edges[node];
        longer.add(path);
      }
      paths = longer;
    }
    return paths;
  }

  /// Edges from the nodes of one level to those of the next.
  private static final class Level {

    /// Parent in the high half, code in the low, by number of the node.
    private long[] edges = new long[16];

    /// Open addressing: the number of a node plus one, or 0.
    private int[] slots = new int[32];

    private int size;

    int child(int node, int code) {
      long edge = ((long) node << 32) | code;
      int slot = slot(edge);
      if (slots[slot] > 0) {
        return slots[slot] - 1;
      }
      if (size == edges.length) {
        grow();
        slot = slot(edge);
      }
      edges[size] = edge;
      slots[slot] = ++size;
      return size - 1;
    }

    private int slot(long edge) {
      int slot = (int) ((edge * 0x9E37_79B9_7F4A_7C15L) >>> 33) & (slots.length - 1);
      while (slots[slot] > 0 && edges[slots[slot] - 1] != edge) {
        slot = (slot + 1) & (slots.length - 1);
      }
      return slot;
    }

    private void grow() {
      edges = Arrays.copyOf(edges, size * 2);
      slots = new int[size * 4];
      for (int node = 0; node < size; node++) {
        slots[slot(edges[node])] = node + 1;
      }
    }
  }
}
