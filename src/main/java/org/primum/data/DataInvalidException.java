package org.primum.data;

/// Bad input data: a column, a type or a value. The message names the table and the column, says
/// what to do next, and never quotes a patient's value. Maps to exit 11.
public final class DataInvalidException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DataInvalidException(String message) {
    super(message);
  }

  public DataInvalidException(String message, Throwable cause) {
    super(message, cause);
  }
}
