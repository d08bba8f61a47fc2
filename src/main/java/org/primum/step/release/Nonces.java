package org.primum.step.release;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/// Draws the nonces of moves: 128 bits nobody draws twice.
final class Nonces implements Supplier<String> {

  static final int DIGITS = 32;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    byte[] bytes = new byte[DIGITS / 2];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
