package org.primum.step;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/// Draws the nonces of moves: 128 bits nobody draws twice.
final class Nonces implements Supplier<String> {

  private static final int BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
