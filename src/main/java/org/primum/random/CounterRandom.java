package org.primum.random;

import java.nio.charset.StandardCharsets;

/// A stream of random numbers that is a pure function of a seed, a key and a counter: what one
/// group draws in one replicate depends on nothing but these, so that another group, another order
/// or another number of threads changes no draw.
///
/// SplitMix64: Steele, Lea, Flood 2014, *Fast splittable pseudorandom number generators*, OOPSLA,
/// [doi:10.1145/2660193.2660195](https://doi.org/10.1145/2660193.2660195). Passes BigCrush; not for
/// secrets.
public final class CounterRandom {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private final long stream;
  private long state;

  /// The stream of this key under this seed.
  public CounterRandom(long seed, String key) {
    long hash = mixed(seed + GOLDEN);
    for (byte one : key.getBytes(StandardCharsets.UTF_8)) {
      hash = mixed((hash ^ (one & 0xff)) + GOLDEN);
    }
    stream = hash;
    state = hash;
  }

  /// Moves to the start of a replicate's own part of the stream.
  public void at(long replicate) {
    state = mixed(stream + mixed(replicate * GOLDEN + 1));
  }

  /// Uniform in (0, 1), never an end: 53 bits, moved by half a step.
  public double next() {
    state += GOLDEN;
    return (mixed(state) >>> 11) * UNIT + UNIT / 2;
  }

  /// Normally distributed, mean 0 and variance 1: Box and Muller 1958, *A note on the generation of
  /// random normal deviates*,
  /// [doi:10.1214/aoms/1177706645](https://doi.org/10.1214/aoms/1177706645).
  public double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(next()));
    return radius * StrictMath.cos(2 * Math.PI * next());
  }

  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
