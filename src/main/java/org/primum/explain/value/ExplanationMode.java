package org.primum.explain.value;

/// What "not knowing a feature" means in the values.
public enum ExplanationMode {
  /// Follow both branches of a split on an unknown feature, weighted by the training rows that took
  /// them (`path-dependent`; Lundberg et al. 2020, Algorithm 2).
  PATH_DEPENDENT,
  /// Put the values of background rows in the place of unknown ones and take the mean
  /// (`interventional`; Lundberg et al. 2020). For a linear model that is the mean value in the
  /// place of an unknown one, by default that of the training rows (Strumbelj and Kononenko 2014).
  INTERVENTIONAL,
  /// Expect what the known features say of the unknown ones, as if all were normal with the
  /// background's means and covariances (`correlated`, for linear models).
  CORRELATED
}
