package org.primum.step;

/// An option that cannot be followed: a value out of range, options that exclude each other, an
/// output directory that already holds a result. Maps to exit 2.
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
