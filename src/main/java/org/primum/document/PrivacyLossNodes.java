package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import org.primum.privacy.Definition;
import org.primum.privacy.PrivacyLoss;

/// The keys `epsilon` and `rho`, of which exactly one may stand.
final class PrivacyLossNodes {

  private PrivacyLossNodes() {}

  /// @param why what makes it that definition, for the message
  static PrivacyLoss read(JsonNode node, Definition definition, String why) {
    Definition other = definition == Definition.PURE ? Definition.ZCDP : Definition.PURE;
    if (node.has(other.unit())) {
      throw new IllegalArgumentException(
          other.unit() + ": not under " + why + ", which is counted in " + definition.unit());
    }
    if (!node.has(definition.unit())) {
      throw new IllegalArgumentException(definition.unit() + ": missing");
    }
    return definition.loss(node.required(definition.unit()).decimalValue());
  }
}
