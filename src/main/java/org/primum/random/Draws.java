package org.primum.random;

/// Exact draws from discrete distributions, the same on every machine: only arithmetic and
/// functions whose every bit is specified.
///
/// Small means by inversion; large ones by Hörmann's transformed rejection with squeeze, whose time
/// does not depend on the counts.
public final class Draws {

  private static final double SMALL_MEAN = 10;
  private static final double[] STIRLING = {
    0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509,
    0.01664469118982119, 0.01387612882307075, 0.01189670994589177, 0.01041126526197209,
    0.009255462182712733, 0.008330563433362871
  };

  private Draws() {}

  /// Events among `n` rows that each happen with probability `p`.
  ///
  /// Hörmann 1993, *The generation of binomial random variates*, Journal of Statistical Computation
  /// and Simulation 46:101-110, algorithm BTRS,
  /// [doi:10.1080/00949659308811496](https://doi.org/10.1080/00949659308811496).
  ///
  /// @param n whole, from 0 to 2^53
  /// @param p in [0, 1]
  public static double binomial(CounterRandom random, double n, double p) {
    if (n == 0 || p <= 0) {
      return 0;
    }
    if (p >= 1) {
      return n;
    }
    if (p > 0.5) {
      return n - atMostHalf(random, n, 1 - p);
    }
    return atMostHalf(random, n, p);
  }

  private static double atMostHalf(CounterRandom random, double n, double p) {
    return n * p < SMALL_MEAN ? invertedBinomial(random, n, p) : rejectedBinomial(random, n, p);
  }

  private static double invertedBinomial(CounterRandom random, double n, double p) {
    double odds = p / (1 - p);
    double probability = StrictMath.exp(n * StrictMath.log1p(-p));
    double rest = random.next();
    double k = 0;
    while (rest > probability && k < n) {
      rest -= probability;
      k++;
      probability *= (n - k + 1) / k * odds;
      if (probability < Double.MIN_NORMAL && k > n * p) {
        break;
      }
    }
    return k;
  }

  private static double rejectedBinomial(CounterRandom random, double n, double p) {
    double spread = Math.sqrt(n * p * (1 - p));
    double b = 1.15 + 2.53 * spread;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double c = n * p + 0.5;
    double squeeze = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * spread;
    double mode = Math.floor((n + 1) * p);
    while (true) {
      double u = random.next() - 0.5;
      double v = random.next();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + c);
      if (us >= 0.07 && v <= squeeze) {
        return k;
      }
      if (k < 0 || k > n) {
        continue;
      }
      double height = StrictMath.log(v * alpha / (a / (us * us) + b));
      if (height <= logRelative(n, p, mode, k)) {
        return k;
      }
    }
  }

  /// log of P(k) / P(mode).
  private static double logRelative(double n, double p, double mode, double k) {
    double odds = p / (1 - p);
    return (mode + 0.5) * StrictMath.log((mode + 1) / (odds * (n - mode + 1)))
        + stirling(mode)
        + stirling(n - mode)
        + (n + 1) * StrictMath.log((n - mode + 1) / (n - k + 1))
        + (k + 0.5) * StrictMath.log(odds * (n - k + 1) / (k + 1))
        - stirling(k)
        - stirling(n - k);
  }

  /// What Stirling's formula for log k! leaves out.
  private static double stirling(double k) {
    if (k < STIRLING.length) {
      return STIRLING[(int) k];
    }
    double r = 1 / (k + 1);
    double r2 = r * r;
    return (1.0 / 12 - (1.0 / 360 - r2 / 1260) * r2) * r;
  }

  /// A Poisson count.
  ///
  /// Hörmann 1993, *The transformed rejection method for generating Poisson random variables*,
  /// Insurance: Mathematics and Economics 12:39-45, algorithm PTRS,
  /// [doi:10.1016/0167-6687(93)90997-4](https://doi.org/10.1016/0167-6687(93)90997-4).
  ///
  /// @param mean from 0 to 2^53
  public static double poisson(CounterRandom random, double mean) {
    if (mean <= 0) {
      return 0;
    }
    return mean < SMALL_MEAN ? invertedPoisson(random, mean) : rejectedPoisson(random, mean);
  }

  private static double invertedPoisson(CounterRandom random, double mean) {
    double probability = StrictMath.exp(-mean);
    double rest = random.next();
    double k = 0;
    while (rest > probability && probability > Double.MIN_NORMAL) {
      rest -= probability;
      k++;
      probability *= mean / k;
    }
    return k;
  }

  private static double rejectedPoisson(CounterRandom random, double mean) {
    double b = 0.931 + 2.53 * Math.sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    double squeeze = 0.9277 - 3.6224 / (b - 2);
    while (true) {
      double u = random.next() - 0.5;
      double v = random.next();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= squeeze) {
        return k;
      }
      if (k < 0 || (us < 0.013 && v > us)) {
        continue;
      }
      double height = StrictMath.log(v * inverseAlpha / (a / (us * us) + b));
      if (height <= logPoisson(mean, k)) {
        return k;
      }
    }
  }

  /// log of P(k), by Stirling's formula for log k! with its remainder.
  private static double logPoisson(double mean, double k) {
    double factorial = (k + 0.5) * StrictMath.log(k + 1) - (k + 1) + LOG_ROOT_TWO_PI + stirling(k);
    return k * StrictMath.log(mean) - mean - factorial;
  }

  private static final double LOG_ROOT_TWO_PI = 0.9189385332046727;

  /// Marked rows among `draws` rows taken without replacement: inversion from the likeliest count
  /// outwards, so the time grows with the standard deviation.
  ///
  /// @param marked whole, at least 0
  /// @param others whole, at least 0
  /// @param draws whole, from 0 to `marked + others`
  public static double hypergeometric(
      CounterRandom random, double marked, double others, double draws) {
    double min = Math.max(0, draws - others);
    double max = Math.min(draws, marked);
    if (min == max) {
      return min;
    }
    Urn urn = new Urn(marked, others, draws);
    double mode =
        Math.clamp(Math.floor((draws + 1) * (marked + 1) / (marked + others + 2)), min, max);
    double atMode = StrictMath.exp(urn.logProbability(mode));
    return urn.invert(random.next(), mode, atMode, min, max);
  }

  private record Urn(double marked, double others, double draws) {

    double up(double k) {
      return (marked - k) / (k + 1) * ((draws - k) / (others - draws + k + 1));
    }

    double logProbability(double k) {
      return logChoose(marked, k)
          + logChoose(others, draws - k)
          - logChoose(marked + others, draws);
    }

    double invert(double uniform, double mode, double atMode, double min, double max) {
      double rest = uniform - atMode;
      double above = atMode;
      double below = atMode;
      double high = mode;
      double low = mode;
      while (rest > 0 && (low > min || high < max)) {
        if (high < max) {
          above *= up(high);
          high++;
          rest -= above;
          if (rest <= 0) {
            return high;
          }
        }
        if (low > min) {
          low--;
          below /= up(low);
          rest -= below;
          if (rest <= 0) {
            return low;
          }
        }
        if (above + below < Double.MIN_NORMAL) {
          return mode;
        }
      }
      return mode;
    }

    private static double logChoose(double n, double k) {
      return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    }

    private static double logFactorial(double k) {
      return (k + 0.5) * StrictMath.log(k + 1) - (k + 1) + LOG_ROOT_TWO_PI + stirling(k);
    }
  }
}
