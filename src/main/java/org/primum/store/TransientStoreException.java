package org.primum.store;

import java.io.IOException;

/// The store is unreachable for now; trying the step again may help. Maps to exit 75.
public final class TransientStoreException extends IOException {

  private static final long serialVersionUID = 1L;

  public TransientStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
