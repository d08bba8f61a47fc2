package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.Declarations;
import org.primum.fairness.policy.Declarations.Characteristic;
import org.primum.fairness.policy.Declarations.Origin;
import org.primum.fairness.policy.Defaults;
import org.primum.fairness.policy.Defaults.Unjudged;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Minimum;
import org.primum.fairness.policy.People;
import org.primum.fairness.policy.Statistics;
import org.primum.fairness.policy.Waiver;
import org.primum.gate.ConfigInvalidException;

/// `kind: FairnessPolicy`, YAML or JSON.
///
/// A key this version does not know is an error with its path, never ignored: a board that wrote it
/// believes that it counts.
public final class FairnessPolicyDocument {

  private static final String SCHEMA = "fairness-policy";

  private FairnessPolicyDocument() {}

  /// @throws ConfigInvalidException naming the file and the key
  public static FairnessPolicy read(Source source) {
    JsonNode root = Documents.read(source, SCHEMA);
    try {
      return policy(root);
    } catch (ConfigInvalidException e) {
      throw new ConfigInvalidException(source.name() + ": " + e.getMessage(), e);
    }
  }

  /// What the same file says of the data that no number depends on.
  public static Declarations declarations(Source source) {
    JsonNode root = Documents.read(source, SCHEMA);
    Origin origin =
        PolicyWords.choice(Origin.class, root.required("data"), "origin", Origin.UNDECLARED);
    return new Declarations(
        origin, PolicyWords.list(root.required("attributes"), FairnessPolicyDocument::declared));
  }

  private static Declarations.Declared declared(JsonNode node) {
    return new Declarations.Declared(
        node.required("name").asText(),
        node.required("column").asText(),
        PolicyWords.list(
            node.path("represents"),
            word -> Characteristic.valueOf(PolicyWords.constant(word.asText()))),
        node.has("modelInput")
            ? Optional.of(node.required("modelInput").asBoolean())
            : Optional.empty());
  }

  private static FairnessPolicy policy(JsonNode root) {
    AuditData data = AuditDataNodes.read(root);
    JsonNode people = root.at("/data/label/people");
    return new FairnessPolicy(
        root.at("/metadata/name").asText(),
        root.at("/metadata/revision").asInt(),
        data,
        GroupNodes.attributes(root),
        PolicyWords.list(root.path("intersections"), GroupNodes::intersection),
        statistics(root.path("statistics")),
        minimum(root.path("minimum")),
        root.path("suppress").path("below").asInt(FairnessPolicy.USUAL_SUPPRESSION),
        defaults(root.path("defaults")),
        PolicyWords.list(root.required("rules"), RuleNodes::read),
        PolicyWords.list(root.path("waivers"), FairnessPolicyDocument::waiver),
        people.isTextual() ? People.named(people.asText()) : People.of(data.target()),
        new Context(
            PolicyWords.list(root.path("condition"), GroupNodes::column),
            PolicyWords.list(root.at("/proxies/columns"), GroupNodes::column),
            PolicyWords.choice(
                Context.Together.class,
                root.path("proxies"),
                "together",
                Context.Together.NOT_ASKED)));
  }

  private static Statistics statistics(JsonNode node) {
    Statistics usual = Statistics.USUAL;
    return new Statistics(
        node.path("confidence").asDouble(usual.confidence()),
        PolicyWords.choice(
            Statistics.Multiplicity.class, node, "multiplicity", usual.multiplicity()),
        PolicyWords.choice(Statistics.Family.class, node, "family", usual.family()),
        bootstrap(node.path("bootstrap")));
  }

  private static Statistics.Bootstrap bootstrap(JsonNode node) {
    Statistics.Bootstrap usual = Statistics.Bootstrap.USUAL;
    return new Statistics.Bootstrap(
        node.path("replicates").asInt(usual.replicates()), node.path("seed").asLong(usual.seed()));
  }

  private static Minimum minimum(JsonNode node) {
    Minimum usual = Minimum.USUAL;
    return new Minimum(
        node.path("n").asDouble(usual.n()),
        node.path("positives").asDouble(usual.positives()),
        node.path("negatives").asDouble(usual.negatives()));
  }

  private static Defaults defaults(JsonNode node) {
    Defaults usual = Defaults.USUAL;
    return new Defaults(
        PolicyWords.choice(Unjudged.class, node, "onUndefined", usual.onUndefined()),
        PolicyWords.choice(Unjudged.class, node, "onSmall", usual.onSmall()),
        PolicyWords.choice(Unjudged.class, node, "onMissingGroup", usual.onMissingGroup()));
  }

  private static Waiver waiver(JsonNode node) {
    String expires = node.required("expires").asText();
    try {
      return new Waiver(
          node.required("rule").asText(),
          node.required("group").asText(),
          node.required("reason").asText(),
          node.required("approvedBy").asText(),
          LocalDate.parse(expires));
    } catch (DateTimeParseException e) {
      throw new ConfigInvalidException(
          "waivers.expires: '" + expires + "' is no day of the calendar", e);
    }
  }
}
