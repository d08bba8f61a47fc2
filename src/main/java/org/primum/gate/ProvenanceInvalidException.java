package org.primum.gate;

/// A digest, signature or lineage that does not match: somebody changed bytes that were bound. Maps
/// to exit 13.
public final class ProvenanceInvalidException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ProvenanceInvalidException(String message) {
    super(message);
  }
}
