package org.primum.privacy;

import java.math.BigDecimal;

/// What a release may reveal about one patient, in the terms of the definition it was proved under.
/// Amounts are exact decimals: ten times 0.1 is 1, and an eleventh does not fit.
public sealed interface PrivacyLoss {

  /// Below this a release is noise only and the request a slip of the pen; above, no protection.
  BigDecimal SMALLEST = new BigDecimal("0.000001");

  BigDecimal LARGEST = new BigDecimal(1000);

  /// More digits than any budget needs, and few enough that sums stay quick.
  int MAX_DIGITS = 30;

  /// Pure differential privacy.
  ///
  /// @param epsilon in nats, from [#SMALLEST] to [#LARGEST]
  record Pure(BigDecimal epsilon) implements PrivacyLoss {
    public Pure {
      epsilon = checked(Definition.PURE, epsilon);
    }

    @Override
    public Definition definition() {
      return Definition.PURE;
    }

    @Override
    public BigDecimal amount() {
      return epsilon;
    }
  }

  /// Zero-concentrated differential privacy (Bun and Steinke 2016, definition 1.1).
  ///
  /// @param rho from [#SMALLEST] to [#LARGEST]
  record ZeroConcentrated(BigDecimal rho) implements PrivacyLoss {
    public ZeroConcentrated {
      rho = checked(Definition.ZCDP, rho);
    }

    @Override
    public Definition definition() {
      return Definition.ZCDP;
    }

    @Override
    public BigDecimal amount() {
      return rho;
    }
  }

  Definition definition();

  /// The epsilon or rho.
  BigDecimal amount();

  /// Half of this loss, exactly.
  default PrivacyLoss half() {
    return definition().loss(amount().divide(BigDecimal.TWO));
  }

  /// The same number in one form: no zeros at the end, no exponent.
  static BigDecimal plain(BigDecimal amount) {
    BigDecimal plain = amount.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  private static BigDecimal checked(Definition definition, BigDecimal amount) {
    String name = definition.unit();
    if (amount.signum() <= 0) {
      throw new IllegalArgumentException(name + " must be above zero, got " + shown(amount));
    }
    if (amount.compareTo(SMALLEST) < 0 || amount.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException(
          name
              + " must lie between "
              + SMALLEST.toPlainString()
              + " and "
              + LARGEST
              + ", got "
              + shown(amount));
    }
    if (amount.precision() > MAX_DIGITS) {
      throw new IllegalArgumentException(
          name + " has at most " + MAX_DIGITS + " digits, got " + amount.precision());
    }
    return plain(amount);
  }

  private static String shown(BigDecimal amount) {
    return amount.precision() > MAX_DIGITS ? "one of many digits" : amount.toString();
  }
}
