package org.primum.explain.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// The cut of least weight through a part of a graph that hangs together: which of its vertices to
/// part from the others so that the edges between weigh least.
///
/// Stoer and Wagner 1997, [A simple min-cut algorithm](https://doi.org/10.1145/263867.263872).
///
/// @param weight of the edges that are cut, above 0
/// @param side the vertices on one side
/// @param vertices of the part, on both sides
record SmallestCut(long weight, BitSet side, BitSet vertices) {

  /// The smallest cut of each part that has two vertices or more.
  ///
  /// @param weights of the edges, symmetric; 0 where there is none
  static List<SmallestCut> of(long[][] weights) {
    List<SmallestCut> cuts = new ArrayList<>();
    BitSet seen = new BitSet();
    for (int vertex = 0; vertex < weights.length; vertex++) {
      if (!seen.get(vertex)) {
        BitSet part = reached(weights, vertex);
        seen.or(part);
        if (part.cardinality() > 1) {
          cuts.add(cut(weights, part));
        }
      }
    }
    return cuts;
  }

  private static BitSet reached(long[][] weights, int from) {
    BitSet reached = new BitSet();
    BitSet open = new BitSet();
    open.set(from);
    while (!open.isEmpty()) {
      int vertex = open.nextSetBit(0);
      open.clear(vertex);
      reached.set(vertex);
      for (int other = 0; other < weights.length; other++) {
        if (weights[vertex][other] > 0 && !reached.get(other)) {
          open.set(other);
        }
      }
    }
    return reached;
  }

  private static SmallestCut cut(long[][] weights, BitSet part) {
    long[][] left = Arrays.stream(weights).map(long[]::clone).toArray(long[][]::new);
    BitSet[] merged = new BitSet[weights.length];
    Arrays.setAll(merged, vertex -> BitSet.valueOf(new long[0]));
    part.stream().forEach(vertex -> merged[vertex].set(vertex));
    BitSet alive = (BitSet) part.clone();
    SmallestCut best = new SmallestCut(Long.MAX_VALUE, new BitSet(), part);
    while (alive.cardinality() > 1) {
      int[] last = lastTwo(left, alive);
      long weight = alive.stream().mapToLong(other -> left[last[1]][other]).sum();
      if (weight < best.weight()) {
        best = new SmallestCut(weight, (BitSet) merged[last[1]].clone(), part);
      }
      alive.clear(last[1]);
      merged[last[0]].or(merged[last[1]]);
      alive.stream()
          .filter(other -> other != last[0])
          .forEach(other -> {
            left[last[0]][other] += left[last[1]][other];
            left[other][last[0]] = left[last[0]][other];
          });
    }
    return best;
  }

  /// The two vertices that come last where always the one that hangs most on those before is next.
  private static int[] lastTwo(long[][] weights, BitSet alive) {
    long[] hold = new long[weights.length];
    BitSet open = (BitSet) alive.clone();
    int before = -1;
    int last = -1;
    while (!open.isEmpty()) {
      int next = open.nextSetBit(0);
      for (int vertex = next; vertex >= 0; vertex = open.nextSetBit(vertex + 1)) {
        next = hold[vertex] > hold[next] ? vertex : next;
      }
      open.clear(next);
      before = last;
      last = next;
      for (int vertex = open.nextSetBit(0); vertex >= 0; vertex = open.nextSetBit(vertex + 1)) {
        hold[vertex] += weights[next][vertex];
      }
    }
    return new int[] {before, last};
  }
}
