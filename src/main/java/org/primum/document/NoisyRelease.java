package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What a gate has to know of `release.json`, whatever else it holds: was the noise real, and was
/// it paid for?
final class NoisyRelease {

  private NoisyRelease() {}

  /// Reasons why the release must not count; empty where it may.
  static List<String> objections(Source source) {
    JsonNode root = Documents.readWithoutSchema(source);
    List<String> objections = new ArrayList<>();
    if (!root.path("private").asBoolean(false)) {
      objections.add(
          "its release.json does not say private: true, so its noise may protect nobody");
    }
    if (!root.path("ledgerSequence").isIntegralNumber()) {
      objections.add("its release.json names no entry of a privacy ledger");
    }
    return objections;
  }
}
