package org.primum.explain.sampling;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/// What a linear model's margin is expected to be where some terms are known and all are normal:
/// `E[w z | z_S] = w mean + c (z_S - mean_S)` with `c = (w Cov)_S inverse(Cov_SS)`.
///
/// Where the terms are linearly dependent, the inverse is Moore and Penrose's: directions whose
/// variance, on the scale of correlations, is below [#TOLERANCE] of the largest say nothing.
final class GaussianRegression {

  /// Relative to the largest eigenvalue of the correlations.
  static final double TOLERANCE = 1e-10;

  private final double[] deviations;
  private final double[][] correlations;

  /// Correlations times the coefficients of standardized terms.
  private final double[] targets;

  private final boolean isRegular;

  GaussianRegression(double[] coefficients, double[][] covariances) {
    int terms = coefficients.length;
    this.deviations = new double[terms];
    this.correlations = new double[terms][terms];
    this.targets = new double[terms];
    for (int i = 0; i < terms; i++) {
      deviations[i] = Math.sqrt(Math.max(0, covariances[i][i]));
    }
    for (int i = 0; i < terms; i++) {
      for (int j = 0; j < terms; j++) {
        double scale = deviations[i] * deviations[j];
        correlations[i][j] = scale > 0 ? covariances[i][j] / scale : 0;
        targets[i] += correlations[i][j] * coefficients[j] * deviations[j];
      }
    }
    this.isRegular = terms > 0 && isRegular(correlations);
  }

  /// By the interlacing of eigenvalues (Cauchy), a part of a regular matrix is regular.
  private static boolean isRegular(double[][] matrix) {
    double[] values =
        new EigenDecomposition(new Array2DRowRealMatrix(matrix, false)).getRealEigenvalues();
    double largest = Arrays.stream(values).max().orElse(0);
    return Arrays.stream(values).min().orElse(0) > TOLERANCE * largest;
  }

  boolean isRegular() {
    return isRegular;
  }

  /// What one unit of each known term above its mean adds to the expected margin.
  ///
  /// @param known terms, each once
  double[] slopes(int[] known) {
    double[] right = new double[known.length];
    double[][] part = new double[known.length][known.length];
    for (int i = 0; i < known.length; i++) {
      right[i] = targets[known[i]];
      for (int j = 0; j < known.length; j++) {
        part[i][j] = correlations[known[i]][known[j]];
      }
    }
    double[] slopes = isRegular ? solved(part, right) : projected(part, right);
    for (int i = 0; i < known.length; i++) {
      slopes[i] = deviations[known[i]] > 0 ? slopes[i] / deviations[known[i]] : 0;
    }
    return slopes;
  }

  /// By Cholesky's factors, in place.
  private static double[] solved(double[][] matrix, double[] right) {
    int size = right.length;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = i == j ? Math.sqrt(sum) : sum / matrix[j][j];
      }
      double sum = right[i];
      for (int k = 0; k < i; k++) {
        sum -= matrix[i][k] * right[k];
      }
      right[i] = sum / matrix[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        right[i] -= matrix[k][i] * right[k];
      }
      right[i] /= matrix[i][i];
    }
    return right;
  }

  private static double[] projected(double[][] matrix, double[] right) {
    if (right.length == 0) {
      return right;
    }
    RealMatrix symmetric = new Array2DRowRealMatrix(matrix, false);
    EigenDecomposition eigen = new EigenDecomposition(symmetric);
    double[] values = eigen.getRealEigenvalues();
    double largest = Arrays.stream(values).max().orElse(0);
    double[] slopes = new double[right.length];
    for (int i = 0; i < values.length; i++) {
      if (largest > 0 && values[i] > TOLERANCE * largest) {
        RealVector direction = eigen.getEigenvector(i);
        double share =
            direction.dotProduct(new org.apache.commons.math3.linear.ArrayRealVector(right, false))
                / values[i];
        for (int j = 0; j < slopes.length; j++) {
          slopes[j] += share * direction.getEntry(j);
        }
      }
    }
    return slopes;
  }
}
