package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import org.primum.gate.ConfigInvalidException;
import org.primum.privacy.Definition;
import org.primum.privacy.PrivacyBudget;
import org.primum.privacy.PrivacyLoss;
import org.primum.privacy.Relation;

/// PrivacyBudget: what all releases of a dataset may reveal about one patient.
public final class PrivacyBudgetDocument {

  private PrivacyBudgetDocument() {}

  /// @throws ConfigInvalidException naming the file and the key
  public static PrivacyBudget read(Source source) {
    JsonNode root = Documents.read(source, "privacy-budget");
    try {
      return budget(root);
    } catch (IllegalArgumentException e) {
      throw new ConfigInvalidException(source.name() + ": " + e.getMessage(), e);
    }
  }

  private static PrivacyBudget budget(JsonNode root) {
    Definition definition = Definition.ofId(root.required("definition").asText());
    PrivacyLoss total = PrivacyLossNodes.read(root, definition, "definition: " + definition.id());
    JsonNode column = root.path("unit").path("column");
    JsonNode maxRows = root.path("unit").path("maxRows");
    if (column.isMissingNode() || maxRows.isMissingNode()) {
      throw new IllegalArgumentException(
          "UNIT_UNKNOWN: unit: column and maxRows must say whose a row is and how many rows of each"
              + " patient count, as in unit: {column: patient_id, maxRows: 4}");
    }
    return new PrivacyBudget(
        root.required("dataset").asText(),
        column.asText(),
        maxRows.canConvertToInt() ? maxRows.asInt() : Integer.MAX_VALUE,
        Relation.ofId(root.required("neighbouring").asText()),
        total,
        delta(root));
  }

  private static Optional<BigDecimal> delta(JsonNode root) {
    return root.has("delta")
        ? Optional.of(root.required("delta").decimalValue())
        : Optional.empty();
  }
}
