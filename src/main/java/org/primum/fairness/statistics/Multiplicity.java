package org.primum.fairness.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Adjusted p-values of a family of hypotheses: each is the smallest level at which the procedure
/// would reject its hypothesis, so it is compared with alpha itself.
///
/// What the first six hold is the chance of even one false claim (family-wise), the last two the
/// expected share of false claims among all claims (false discovery rate).
public enum Multiplicity {
  /// Every p times the number of hypotheses. Valid whatever the dependence.
  BONFERRONI {
    @Override
    void adjust(double[] sorted) {
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] *= sorted.length;
      }
    }
  },

  /// `1 - (1 - p)^m`. Valid for independent and for normal two-sided tests. Šidák 1967, JASA
  /// 62:626-633, [doi](https://doi.org/10.1080/01621459.1967.10482935).
  SIDAK {
    @Override
    void adjust(double[] sorted) {
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = -Math.expm1(sorted.length * Math.log1p(-sorted[i]));
      }
    }
  },

  /// Bonferroni step-down: at least as powerful, and valid whatever the dependence. Holm 1979,
  /// Scandinavian Journal of Statistics 6:65-70.
  HOLM {
    @Override
    void adjust(double[] sorted) {
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] *= sorted.length - i;
      }
      rising(sorted);
    }
  },

  /// Šidák step-down: Holm's steps with `1 - (1 - p)^(m - i)`, valid where [#SIDAK] is.
  HOLM_SIDAK {
    @Override
    void adjust(double[] sorted) {
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = -Math.expm1((sorted.length - i) * Math.log1p(-sorted[i]));
      }
      rising(sorted);
    }
  },

  /// Holm's steps backwards: more powerful, valid for independent or positively dependent tests.
  /// Hochberg 1988, Biometrika 75:800-802, [doi](https://doi.org/10.1093/biomet/75.4.800).
  HOCHBERG {
    @Override
    void adjust(double[] sorted) {
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] *= sorted.length - i;
      }
      cappedByTheNext(sorted);
    }
  },

  /// Closed testing with Simes' test: at least as powerful as [#HOCHBERG], on the same condition.
  /// Hommel 1988, Biometrika 75:383-386, [doi](https://doi.org/10.1093/biomet/75.2.383); the
  /// algorithm of Wright 1992, Biometrics 48:1005-1013, appendix,
  /// [doi](https://doi.org/10.2307/2532694).
  HOMMEL {
    @Override
    void adjust(double[] sorted) {
      double[] best = sorted.clone();
      int n = sorted.length;
      for (int m = n; m > 1; m--) {
        double simes = Double.POSITIVE_INFINITY;
        for (int i = n - m + 1; i <= n; i++) {
          simes = Math.min(simes, m * sorted[i - 1] / (m + i - n));
        }
        for (int i = 1; i <= n; i++) {
          double bound = i > n - m ? simes : Math.min(simes, m * sorted[i - 1]);
          best[i - 1] = Math.max(best[i - 1], bound);
        }
      }
      System.arraycopy(best, 0, sorted, 0, n);
    }
  },

  /// False discovery rate for independent or positively dependent tests. Benjamini, Hochberg 1995,
  /// JRSS B 57:289-300, [doi](https://doi.org/10.1111/j.2517-6161.1995.tb02031.x).
  BENJAMINI_HOCHBERG {
    @Override
    void adjust(double[] sorted) {
      falseDiscovery(sorted, 1);
    }
  },

  /// False discovery rate whatever the dependence. Benjamini, Yekutieli 2001, Annals of Statistics
  /// 29:1165-1188, [doi](https://doi.org/10.1214/aos/1013699998).
  BENJAMINI_YEKUTIELI {
    @Override
    void adjust(double[] sorted) {
      double harmonic = IntStream.rangeClosed(1, sorted.length).mapToDouble(i -> 1.0 / i).sum();
      falseDiscovery(sorted, harmonic);
    }
  };

  /// Replaces p-values that rise by adjusted ones; what exceeds 1 is cut by the caller.
  abstract void adjust(double[] sorted);

  /// Adjusted p-values in the order of `p`, each in [0, 1].
  ///
  /// @param p p-values in [0, 1]; may be empty
  /// @param family hypotheses in the family, at least as many as `p`; those that were planned and
  ///   could not be tested are paid for as if they had a p-value of 1
  public double[] adjusted(double[] p, int family) {
    if (family < p.length || !Arrays.stream(p).allMatch(one -> one >= 0 && one <= 1)) {
      throw new IllegalArgumentException(
          "a family of " + family + " holds at least the " + p.length + " p-values in [0, 1]");
    }
    double[] padded = Arrays.copyOf(p, family);
    Arrays.fill(padded, p.length, family, 1);
    int[] order =
        IntStream.range(0, family)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> padded[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] sorted = Arrays.stream(order).mapToDouble(i -> padded[i]).toArray();
    adjust(sorted);
    double[] adjusted = new double[p.length];
    for (int i = 0; i < family; i++) {
      if (order[i] < p.length) {
        adjusted[order[i]] = Math.min(1, sorted[i]);
      }
    }
    return adjusted;
  }

  /// [#adjusted(double[], int)] where all of the family were tested.
  public double[] adjusted(double[] p) {
    return adjusted(p, p.length);
  }

  private static void falseDiscovery(double[] sorted, double factor) {
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] *= factor * sorted.length / (i + 1);
    }
    cappedByTheNext(sorted);
  }

  /// Each at least the one before it.
  private static void rising(double[] values) {
    for (int i = 1; i < values.length; i++) {
      values[i] = Math.max(values[i], values[i - 1]);
    }
  }

  /// Each at most the one after it.
  private static void cappedByTheNext(double[] values) {
    for (int i = values.length - 2; i >= 0; i--) {
      values[i] = Math.min(values[i], values[i + 1]);
    }
  }
}
