package org.primum.cohort;

/// The random numbers of one patient, from the seed and the patient's number alone: patients can be
/// drawn in any order and on any machine, and come out the same.
///
/// SplitMix64 (Steele, Lea and Flood 2014,
/// [doi:10.1145/2660193.2660195](https://doi.org/10.1145/2660193.2660195)); functions of
/// StrictMath, which are the same bits everywhere.
final class Draws {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  Draws(long seed, long patient) {
    state = mix(mix(seed) + patient * GOLDEN_GAMMA);
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }

  /// In [0, 1).
  double uniform() {
    state += GOLDEN_GAMMA;
    return (mix(state) >>> 11) * 0x1p-53;
  }

  boolean happens(double probability) {
    return uniform() < probability;
  }

  /// Standard normal, by Marsaglia's polar method.
  double normal() {
    double u;
    double s;
    do {
      u = 2 * uniform() - 1;
      double v = 2 * uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
  }

  /// A count with this mean (at most some dozens), by Knuth's products.
  int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    double product = uniform();
    int count = 0;
    while (product > limit) {
      product *= uniform();
      count++;
    }
    return count;
  }

  /// The first index whose cumulative share the draw stays below.
  int among(double... shares) {
    double left = uniform();
    for (int index = 0; index < shares.length - 1; index++) {
      left -= shares[index];
      if (left < 0) {
        return index;
      }
    }
    return shares.length - 1;
  }
}
