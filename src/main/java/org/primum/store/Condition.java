package org.primum.store;

import java.util.Map;

/// Under which condition a write takes place, as the headers of RFC 9110 section 13.1 say it.
record Condition(Map<String, String> headers) {

  static final Condition NONE = new Condition(Map.of());

  static final Condition ABSENT = new Condition(Map.of("If-None-Match", "*"));

  Condition {
    headers = Map.copyOf(headers);
  }

  /// @param version an ETag without its quotes
  static Condition version(String version) {
    return new Condition(Map.of("If-Match", quoted(version)));
  }

  static String quoted(String version) {
    return '"' + version + '"';
  }

  boolean needsObject() {
    return headers.containsKey("If-Match");
  }

  boolean isNone() {
    return headers.isEmpty();
  }
}
