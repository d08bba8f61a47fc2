package org.primum.promotion;

/// Whether a piece of evidence counts for a release.
public enum Standing {
  /// It speaks of this model and is in force; its rules decide.
  FOUND,
  /// A required step left none.
  MISSING,
  /// It was in force once, or is dated in the future.
  EXPIRED,
  /// It speaks of another model, dataset or policy.
  FOREIGN,
  /// It cannot be read, or says itself that it must not count.
  UNUSABLE;

  /// The name in lower case, as reports and finding reasons print it.
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
