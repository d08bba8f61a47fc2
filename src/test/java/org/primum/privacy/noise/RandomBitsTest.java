package org.primum.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RandomBitsTest {

  /// NIST SP 800-38A, appendix F.5.5 (CTR-AES256.Encrypt): the output blocks 1 and 2.
  @Test
  void theStreamIsAes256InCounterMode() {
    byte[] seed =
        HexFormat.of()
            .parseHex(
                "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
                    + "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    var bits = new AesCounterBits(() -> seed);
    var stream = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      stream.append(String.format("%02x", bits.bits(8)));
    }
    assertThat(stream)
        .hasToString("0bdf7df1591716335e9a8b15c860c5025a6e699d536119065433863c8f657b94");
  }

  @Test
  void aSeedGivesTheSameBitsAndTheSystemNever() {
    assertThat(new InsecureTestBits(5).bits(63)).isEqualTo(new InsecureTestBits(5).bits(63));
    assertThat(new InsecureTestBits(5).bits(63)).isNotEqualTo(new InsecureTestBits(6).bits(63));
    assertThat(new SystemRandomBits().bits(63)).isNotEqualTo(new SystemRandomBits().bits(63));
  }

  /// 70,000 numbers below 7: each of 7 cells expects 10,000; the critical value of chi-square with
  /// 6 degrees of freedom at 1e-6 is 38.258 (testdata/privacy/mechanisms.json).
  @Test
  @Tag("statistical")
  void numbersBelowABoundAreUniform() {
    var bits = new InsecureTestBits(11);
    long[] narrow = new long[7];
    long[] wide = new long[7];
    BigInteger bound = BigInteger.valueOf(7).shiftLeft(80);
    for (int i = 0; i < 70_000; i++) {
      narrow[(int) bits.below(7)]++;
      wide[bits.below(bound).shiftRight(80).intValueExact()]++;
    }
    assertThat(chiSquare(narrow)).isLessThan(38.258);
    assertThat(chiSquare(wide)).isLessThan(38.258);
  }

  private static double chiSquare(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += (count - 10_000.0) * (count - 10_000.0) / 10_000.0;
    }
    return sum;
  }

  @Test
  void belowOneIsZeroAndBelowZeroIsNothing() {
    var bits = new InsecureTestBits(1);
    assertThat(bits.below(1)).isZero();
    assertThatThrownBy(() -> bits.below(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
