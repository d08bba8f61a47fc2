package org.primum.fairness.tally;

/// How often each bootstrap replicate draws a cluster: Poisson numbers of mean 1 that depend on the
/// seed, the replicate and the cluster's name only. So every row of a cluster is drawn alike, in
/// whatever file, order or thread it is met, and shards add up to the whole.
///
/// The numbers come from a counter-based generator: Steele, Lea and Flood 2014, *Fast splittable
/// pseudorandom number generators*,
/// [doi:10.1145/2660193.2660195](https://doi.org/10.1145/2660193.2660195), sixteen bits each.
/// Rounded to sixteen bits, their mean is exactly 1 and their variance 0.99997. The Poisson
/// bootstrap: Chamandy et al. 2012, *Estimating uncertainty for massive data streams*.
final class PoissonDraws {

  /// No number is larger.
  static final int MAX_TIMES = 8;

  private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;
  private static final byte[] TIMES = times();

  private final int replicates;
  private final long seed;

  PoissonDraws(int replicates, long seed) {
    this.replicates = replicates;
    this.seed = mix(seed + GAMMA);
  }

  private static byte[] times() {
    byte[] times = new byte[1 << 16];
    double probability = StrictMath.exp(-1);
    double cumulative = 0;
    int from = 0;
    for (byte k = 0; k <= MAX_TIMES; k++) {
      cumulative += probability;
      int to = k == MAX_TIMES ? times.length : (int) Math.rint(cumulative * times.length);
      java.util.Arrays.fill(times, from, to, k);
      from = to;
      probability /= k + 1;
    }
    return times;
  }

  int replicates() {
    return replicates;
  }

  /// Writes how often each replicate draws a cluster.
  ///
  /// @param cluster its [#hash]
  /// @param into as many as replicates
  void draw(long cluster, byte[] into) {
    long state = mix(cluster ^ seed);
    for (int i = 0; i < replicates; i += 4) {
      state += GAMMA;
      long bits = mix(state);
      for (int part = i; part < Math.min(i + 4, replicates); part++) {
        into[part] = TIMES[(int) bits & 0xFFFF];
        bits >>>= 16;
      }
    }
  }

  /// Sixty-four bits of a name; two names share them with probability 2^-64.
  static long hash(String name) {
    long hash = GAMMA * (name.length() + 1);
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash + GAMMA * (name.charAt(i) + 1));
    }
    return hash;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }
}
