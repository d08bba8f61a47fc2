package org.primum.explain.sampling;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.primum.explain.value.RowRandom;

/// Which coalitions a kernel regression asks for: whole sizes, from the smallest and largest
/// inward, as far as the budget goes; and a random choice of the others, each with its complement.
///
/// The Shapley kernel gives all coalitions of size s together the weight `(n - 1) / (s (n - s))`
/// (Lundberg and Lee 2017, theorem 2, <https://arxiv.org/abs/1705.07874>), here scaled so that all
/// sizes weigh 1 together.
final class KernelPlan {

  private final int players;

  /// By size from 1 to `players - 1`.
  private final double[] masses;

  private final List<BitSet> whole = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();

  /// The first size that is not enumerated; sizes up to `players - first` are not either.
  private int first = 1;

  private final int pairs;

  /// @param budget how many coalitions may be asked for, at least twice the players
  KernelPlan(int players, int budget) {
    this.players = players;
    this.masses = masses(players);
    int left = budget;
    while (2 * first <= players && (first == 1 || isWorth(left)) && count(first) <= left) {
      left -= (int) count(first);
      enumerate(first);
      first++;
    }
    this.pairs = 2 * first <= players ? left / 2 : 0;
  }

  private static double[] masses(int players) {
    double[] masses = new double[players];
    double sum = 0;
    for (int size = 1; size < players; size++) {
      masses[size] = (players - 1.0) / ((double) size * (players - size));
      sum += masses[size];
    }
    for (int size = 1; size < players; size++) {
      masses[size] /= sum;
    }
    return masses;
  }

  /// Whether random choice would take each coalition of the next size about once: then all are.
  private boolean isWorth(int left) {
    return left * mass(first) / restMass() >= count(first) * (1 - 1e-8);
  }

  /// The weight of a size and its complement's.
  private double mass(int size) {
    return 2 * size == players ? masses[size] : 2 * masses[size];
  }

  /// The weight of all sizes that are chosen from at random.
  double restMass() {
    double mass = 0;
    for (int size = first; size <= players - first; size++) {
      mass += masses[size];
    }
    return mass;
  }

  /// How many coalitions have a size or its complement's, or more than any budget.
  private double count(int size) {
    double count = 1;
    for (int i = 0; i < size; i++) {
      count = count * (players - i) / (i + 1);
    }
    return Math.rint(2 * size == players ? count : 2 * count);
  }

  private void enumerate(int size) {
    double weight = mass(size) / count(size);
    int[] members = new int[size];
    for (int i = 0; i < size; i++) {
      members[i] = i;
    }
    boolean more = true;
    while (more) {
      BitSet coalition = new BitSet(players);
      for (int member : members) {
        coalition.set(member);
      }
      whole.add(coalition);
      weights.add(weight);
      if (2 * size != players) {
        whole.add(complement(coalition));
        weights.add(weight);
      }
      more = next(members);
    }
  }

  /// The next choice in lexicographic order.
  private boolean next(int[] members) {
    int at = members.length - 1;
    while (at >= 0 && members[at] == players - members.length + at) {
      at--;
    }
    if (at < 0) {
      return false;
    }
    members[at]++;
    for (int i = at + 1; i < members.length; i++) {
      members[i] = members[i - 1] + 1;
    }
    return true;
  }

  private BitSet complement(BitSet coalition) {
    BitSet complement = (BitSet) coalition.clone();
    complement.flip(0, players);
    return complement;
  }

  /// The coalitions that are all asked for.
  List<BitSet> whole() {
    return whole;
  }

  /// The weight of one of them.
  double weight(int index) {
    return weights.get(index);
  }

  /// How many pairs are chosen at random; 0 where every coalition is enumerated.
  int pairs() {
    return pairs;
  }

  /// Pairs chosen at random: a coalition, its complement, the next one.
  List<BitSet> draw(int count, RowRandom random) {
    List<BitSet> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BitSet coalition = random.subset(size(random.uniform() * restMass()), players);
      drawn.add(coalition);
      drawn.add(complement(coalition));
    }
    return drawn;
  }

  private int size(double target) {
    double sum = 0;
    for (int size = first; size < players - first; size++) {
      sum += masses[size];
      if (target < sum) {
        return size;
      }
    }
    return players - first;
  }
}
