package org.primum.privacy.noise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key stream of AES-256 in counter mode (NIST SP 800-38A, section 6.5), a buffer at a time.
/// Where the platform has no such cipher it fails, and nothing weaker takes its place.
final class AesCounterBits implements RandomBits {

  /// A 256-bit key followed by the first 128-bit counter block.
  static final int SEED_BYTES = 48;

  private static final int KEY_BYTES = 32;
  private static final int BUFFER_BYTES = 1 << 16;

  /// A fresh key after 2^32 blocks of 16 bytes, far below the birthday bound of the block cipher.
  private static final long BUFFERS_PER_KEY = (1L << 32) * 16 / BUFFER_BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Supplier<byte[]> seeds;
  private final byte[] zeros = new byte[BUFFER_BYTES];
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private Cipher cipher;
  private long buffersLeft = BUFFERS_PER_KEY;
  private int position = BUFFER_BYTES;
  private long reservoir;
  private int available;

  /// @param seeds gives [#SEED_BYTES] fresh bytes for each key
  AesCounterBits(Supplier<byte[]> seeds) {
    this.seeds = seeds;
    this.cipher = keyed(seeds.get());
  }

  private static Cipher keyed(byte[] seed) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(seed, 0, KEY_BYTES, "AES"),
          new IvParameterSpec(seed, KEY_BYTES, SEED_BYTES - KEY_BYTES));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no AES-256-CTR for the noise", e);
    }
  }

  @Override
  public long bits(int count) {
    if (available < count) {
      reservoir = nextLong();
      available = Long.SIZE;
    }
    long drawn = reservoir & ((1L << count) - 1);
    reservoir >>>= count;
    available -= count;
    return drawn;
  }

  private long nextLong() {
    if (position == BUFFER_BYTES) {
      fill();
    }
    long next = (long) LONGS.get(buffer, position);
    position += Long.BYTES;
    return next;
  }

  private void fill() {
    if (buffersLeft == 0) {
      cipher = keyed(seeds.get());
      buffersLeft = BUFFERS_PER_KEY;
    }
    try {
      cipher.update(zeros, 0, BUFFER_BYTES, buffer, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("counter mode keeps the length", e);
    }
    buffersLeft--;
    position = 0;
  }
}
