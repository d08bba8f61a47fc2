package org.primum.privacy.noise;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Bits that anybody who knows the seed can draw again, and so subtract the noise: for tests only.
/// What is made with them is not private and says so.
public final class InsecureTestBits implements RandomBits {

  private final AesCounterBits stream;

  public InsecureTestBits(long seed) {
    long[] keys = {0};
    this.stream = new AesCounterBits(() -> expand(seed, keys[0]++));
  }

  private static byte[] expand(long seed, long key) {
    ByteBuffer input = ByteBuffer.allocate(2 * Long.BYTES).putLong(seed).putLong(key);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-512").digest(input.array());
      return Arrays.copyOf(hash, AesCounterBits.SEED_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-512", e);
    }
  }

  @Override
  public long bits(int count) {
    return stream.bits(count);
  }
}
