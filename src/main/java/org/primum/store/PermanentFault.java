package org.primum.store;

import java.io.IOException;

/// A refusal of an object store that will not pass by trying again, in words for a person.
public final class PermanentFault extends IOException {

  private static final long serialVersionUID = 1L;

  private final S3Failure failure;

  /// @param what names the request
  PermanentFault(String what, S3Failure failure) {
    super(what + ": " + failure.advice() + " (" + failure.getMessage() + ")", failure);
    this.failure = failure;
  }

  boolean isNotImplemented() {
    return failure.isNotImplemented();
  }
}
