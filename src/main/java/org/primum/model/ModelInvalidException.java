package org.primum.model;

/// A model that cannot be loaded or scored. The message names the file and what is wrong in it.
/// Maps to exit 12.
public final class ModelInvalidException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelInvalidException(String message) {
    super(message);
  }

  public ModelInvalidException(String message, Throwable cause) {
    super(message, cause);
  }
}
