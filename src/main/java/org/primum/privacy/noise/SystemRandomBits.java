package org.primum.privacy.noise;

import java.security.SecureRandom;

/// Bits for releases: AES-256 in counter mode under a key of the operating system's generator. The
/// key lives in this object only; it is never written, logged or returned. A process image that is
/// restored twice (a snapshot) would draw the same bits twice: make a new object after a restore.
public final class SystemRandomBits implements RandomBits {

  private final AesCounterBits stream;

  public SystemRandomBits() {
    SecureRandom system = new SecureRandom();
    this.stream = new AesCounterBits(() -> seed(system));
  }

  private static byte[] seed(SecureRandom system) {
    byte[] seed = new byte[AesCounterBits.SEED_BYTES];
    system.nextBytes(seed);
    return seed;
  }

  @Override
  public long bits(int count) {
    return stream.bits(count);
  }
}
