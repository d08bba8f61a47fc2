package org.primum.gate;

/// A policy, schema or version that is wrong. The message names the file and the key, and says what
/// to do next. Maps to exit 10.
public final class ConfigInvalidException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigInvalidException(String message) {
    super(message);
  }

  public ConfigInvalidException(String message, Throwable cause) {
    super(message, cause);
  }
}
