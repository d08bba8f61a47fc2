package org.primum.store;

import java.util.Map;

/// Opens the store behind a location.
public final class Stores {

  private final Map<String, String> environment;

  /// @param environment the variables of docs/object-storage.md; others are ignored
  public Stores(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// The store whose keys are relative to the prefix. Nothing is asked of it yet.
  ///
  /// @throws org.primum.gate.ConfigInvalidException where an object store needs a variable that is
  ///   not set
  public ObjectStore open(Location prefix) {
    return switch (prefix) {
      case Location.Local local -> new DirectoryStore(local.path(), local.text());
      case Location.Remote remote ->
          new S3Store(remote, S3Settings.of(environment), Retries.of(environment));
      case Location.Served served ->
          throw new IllegalArgumentException(served + " is a service, and no store");
    };
  }
}
