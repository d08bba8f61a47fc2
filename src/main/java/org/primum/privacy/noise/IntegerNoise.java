package org.primum.privacy.noise;

import java.math.BigInteger;

/// Symmetric noise on the whole numbers with mean zero.
public sealed interface IntegerNoise permits DiscreteLaplace, DiscreteGaussian {

  /// One draw, exactly from the distribution.
  BigInteger draw(RandomBits bits);
}
