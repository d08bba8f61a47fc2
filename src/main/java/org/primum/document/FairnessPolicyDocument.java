package org.primum.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.primum.data.NumberColumn;
import org.primum.fairness.policy.Asked;
import org.primum.fairness.policy.Attribute;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.Context;
import org.primum.fairness.policy.Declarations;
import org.primum.fairness.policy.Declarations.Characteristic;
import org.primum.fairness.policy.Declarations.Origin;
import org.primum.fairness.policy.Defaults;
import org.primum.fairness.policy.Defaults.Unjudged;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Grouping;
import org.primum.fairness.policy.Metric;
import org.primum.fairness.policy.Minimum;
import org.primum.fairness.policy.People;
import org.primum.fairness.policy.Rule;
import org.primum.fairness.policy.Statistics;
import org.primum.fairness.policy.Waiver;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.Severity;
import org.primum.gate.Threshold;

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
    Origin origin = choice(Origin.class, root.required("data"), "origin", Origin.UNDECLARED);
    return new Declarations(
        origin, list(root.required("attributes"), FairnessPolicyDocument::declared));
  }

  private static Declarations.Declared declared(JsonNode node) {
    return new Declarations.Declared(
        node.required("name").asText(),
        node.required("column").asText(),
        list(node.path("represents"), word -> Characteristic.valueOf(constant(word.asText()))),
        node.has("modelInput")
            ? Optional.of(node.required("modelInput").asBoolean())
            : Optional.empty());
  }

  private static FairnessPolicy policy(JsonNode root) {
    AuditData data = data(root);
    JsonNode people = root.at("/data/label/people");
    return new FairnessPolicy(
        root.at("/metadata/name").asText(),
        root.at("/metadata/revision").asInt(),
        data,
        attributes(root),
        list(root.path("intersections"), FairnessPolicyDocument::intersection),
        statistics(root.path("statistics")),
        minimum(root.path("minimum")),
        root.path("suppress").path("below").asInt(FairnessPolicy.USUAL_SUPPRESSION),
        defaults(root.path("defaults")),
        list(root.required("rules"), FairnessPolicyDocument::rule),
        list(root.path("waivers"), FairnessPolicyDocument::waiver),
        people.isTextual() ? People.named(people.asText()) : People.of(data.target()),
        new Context(
            list(root.path("condition"), FairnessPolicyDocument::column),
            list(root.at("/proxies/columns"), FairnessPolicyDocument::column),
            choice(
                Context.Together.class,
                root.path("proxies"),
                "together",
                Context.Together.NOT_ASKED)));
  }

  private interface Reader<T> {
    T read(JsonNode node);
  }

  private static <T> List<T> list(JsonNode nodes, Reader<T> reader) {
    List<T> all = new ArrayList<>();
    nodes.forEach(node -> all.add(reader.read(node)));
    return all;
  }

  private static AuditData data(JsonNode root) {
    JsonNode node = root.required("data");
    return new AuditData(
        target(node), weight(node.path("weight")), cluster(root), need(node.path("need")));
  }

  private static AuditData.Weight weight(JsonNode node) {
    if (node.isMissingNode()) {
      return new AuditData.Weight.Equal();
    }
    String column = node.required("column").asText();
    return node.path("kind").asText().equals("frequency")
        ? new AuditData.Weight.Frequency(column)
        : new AuditData.Weight.Column(column);
  }

  private static AuditData.Need need(JsonNode node) {
    return node.isMissingNode()
        ? new AuditData.Need.None()
        : new AuditData.Need.Column(node.required("column").asText());
  }

  private static AuditData.Cluster cluster(JsonNode root) {
    JsonNode column = root.at("/data/cluster/column");
    JsonNode bootstrap = root.at("/statistics/bootstrap");
    return column.isMissingNode()
        ? new AuditData.Cluster.None()
        : new AuditData.Cluster.By(
            column.asText(),
            bootstrap.path("clusterReplicates").asInt(AuditData.Cluster.By.USUAL_REPLICATES),
            bootstrap.path("seed").asLong(AuditData.Cluster.By.USUAL_SEED));
  }

  private static AuditData.Target target(JsonNode node) {
    JsonNode label = node.required("label");
    boolean number = label.path("kind").asText().equals("number");
    if (!number && !label.has("classes")) {
      if (!label.has("positive")) {
        throw new ConfigInvalidException(
            "data.label: say what is predicted: positive (an event), classes (one of several) or"
                + " kind: number");
      }
      return new AuditData.Target.Event(yesNo(label, "label"), decision(node));
    }
    String column = label.required("column").asText();
    if (!node.has("prediction") || node.at("/prediction").has("positive")) {
      throw new ConfigInvalidException(
          "data.prediction: give its column, and nothing else, where the label has "
              + (number ? "kind: number" : "classes"));
    }
    String prediction = node.at("/prediction/column").asText();
    return number
        ? new AuditData.Target.Quantity(column, prediction)
        : new AuditData.Target.Classes(
            column, prediction, list(label.required("classes"), FairnessPolicyDocument::value));
  }

  private static AuditData.YesNo yesNo(JsonNode node, String key) {
    if (!node.has("positive")) {
      throw new ConfigInvalidException(
          "data." + key + ".positive: missing; say which value means yes");
    }
    String column = node.required("column").asText();
    String positive = value(node.required("positive"));
    return node.has("negative")
        ? new AuditData.YesNo(column, positive, value(node.required("negative")))
        : AuditData.YesNo.withUsualNegative(column, positive);
  }

  /// A value as columns print it: `1` for 1 and for 1.0.
  private static String value(JsonNode node) {
    return node.isNumber() ? NumberColumn.format(node.asDouble()) : node.asText();
  }

  private static AuditData.Decision decision(JsonNode data) {
    String score = data.at("/score/column").asText();
    if (data.has("prediction")) {
      AuditData.YesNo prediction = yesNo(data.required("prediction"), "prediction");
      return data.has("score")
          ? new AuditData.Decision.ByColumnWithScore(prediction, score)
          : new AuditData.Decision.ByColumn(prediction);
    }
    if (!data.has("score")) {
      throw new ConfigInvalidException("data: give prediction, or score with decision.threshold");
    }
    if (!data.has("decision")) {
      throw new ConfigInvalidException(
          "data.decision.threshold: missing; say from which score on a patient is flagged");
    }
    return new AuditData.Decision.ByThreshold(score, data.at("/decision/threshold").asDouble());
  }

  /// The declared attributes, and after them the columns that only an intersection names: they are
  /// attributes of that name, as found in the data.
  private static List<Attribute> attributes(JsonNode root) {
    List<Attribute> all = list(root.required("attributes"), FairnessPolicyDocument::attribute);
    Set<String> names = new HashSet<>();
    all.forEach(attribute -> names.add(attribute.name()));
    for (JsonNode intersection : root.path("intersections")) {
      for (JsonNode name : intersection.path("of")) {
        if (names.add(name.asText())) {
          all.add(asFound(name.asText()));
        }
      }
    }
    return all;
  }

  private static Attribute asFound(String column) {
    return new Attribute(
        column,
        column,
        new Grouping.AsFound(),
        new Attribute.Reference.Largest(),
        Attribute.Missing.GROUP);
  }

  private static Attribute attribute(JsonNode node) {
    Attribute.Reference reference =
        node.has("reference") && !node.required("reference").asText().equals("largest")
            ? new Attribute.Reference.Named(value(node.required("reference")))
            : new Attribute.Reference.Largest();
    return new Attribute(
        node.required("name").asText(),
        node.required("column").asText(),
        grouping(node),
        reference,
        choice(Attribute.Missing.class, node, "missing", Attribute.Missing.GROUP));
  }

  /// A column beside the sensitive ones: its name alone, or an object that groups its values.
  private static Attribute column(JsonNode node) {
    if (node.isTextual()) {
      return Context.asFound(node.asText());
    }
    String column = node.required("column").asText();
    return Context.grouped(node.path("name").asText(column), column, grouping(node));
  }

  private static Grouping grouping(JsonNode node) {
    if (node.has("bins")) {
      return new Grouping.Bins(list(node.required("bins"), JsonNode::asDouble));
    }
    if (node.has("categories")) {
      return new Grouping.Declared(
          list(node.required("categories"), FairnessPolicyDocument::value),
          choice(Grouping.Other.class, node, "other", Grouping.Other.FAIL));
    }
    return new Grouping.AsFound();
  }

  private static FairnessPolicy.Intersection intersection(JsonNode node) {
    return new FairnessPolicy.Intersection(
        list(node.required("of"), JsonNode::asText),
        node.path("maxGroups").asInt(FairnessPolicy.Intersection.USUAL_MAX_GROUPS));
  }

  private static Statistics statistics(JsonNode node) {
    Statistics usual = Statistics.USUAL;
    return new Statistics(
        node.path("confidence").asDouble(usual.confidence()),
        choice(Statistics.Multiplicity.class, node, "multiplicity", usual.multiplicity()),
        choice(Statistics.Family.class, node, "family", usual.family()),
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
        choice(Unjudged.class, node, "onUndefined", usual.onUndefined()),
        choice(Unjudged.class, node, "onSmall", usual.onSmall()),
        choice(Unjudged.class, node, "onMissingGroup", usual.onMissingGroup()));
  }

  private static Rule rule(JsonNode node) {
    boolean baseline = node.has("against");
    List<Threshold> limits = baseline ? baselineLimits(node) : limits(node);
    String id = node.required("id").asText();
    String name = node.required("metric").asText();
    Asked asked =
        Asked.of("rules." + id + ".metric", name, compare(node))
            .orElseThrow(() -> new ConfigInvalidException(unknownMetric(node, name)));
    return new Rule(
        id,
        asked.metric(),
        asked.compare(),
        over(node.required("over")),
        asked.limits("rules." + id, limits),
        choice(Rule.Decide.class, node, "decide", usualDecision(asked.metric().metric())),
        choice(Severity.class, node, "severity", Severity.BLOCK),
        node.path("rationale").asText(node.path("note").asText("")),
        asked.name(),
        choice(Rule.Within.class, node, "within", Rule.Within.EVERYONE));
  }

  private static Optional<Rule.Compare> compare(JsonNode node) {
    if (node.has("against")) {
      return Optional.of(Rule.Compare.BASELINE);
    }
    return node.has("compare")
        ? Optional.of(choice(Rule.Compare.class, node, "compare", Rule.Compare.NONE))
        : Optional.empty();
  }

  private static Rule.Decide usualDecision(Metric metric) {
    boolean byValue = metric == Metric.MISSING_RATE || metric.method() == Metric.Method.P_VALUE;
    return byValue ? Rule.Decide.POINT : Rule.Decide.SHOW_SAFE;
  }

  private static List<Threshold> limits(JsonNode node) {
    if (node.has("maxDrop") || node.has("maxRise")) {
      throw new ConfigInvalidException(
          where(node) + "maxDrop and maxRise are of rules with 'against: baseline'");
    }
    List<Threshold> limits = new ArrayList<>();
    if (node.has("min") || node.has("equals")) {
      limits.add(new Threshold.AtLeast(either(node, "min").asDouble()));
    }
    if (node.has("max") || node.has("equals")) {
      limits.add(new Threshold.AtMost(either(node, "max").asDouble()));
    }
    return limits;
  }

  /// What is equal to a number is at least and at most that number.
  private static JsonNode either(JsonNode node, String key) {
    if (node.has("equals") && (node.has("min") || node.has("max"))) {
      throw new ConfigInvalidException(where(node) + "give equals, or min and max");
    }
    return node.has("equals") ? node.required("equals") : node.required(key);
  }

  private static List<Threshold> baselineLimits(JsonNode node) {
    if (node.has("min") || node.has("max") || node.has("equals") || node.has("compare")) {
      throw new ConfigInvalidException(
          where(node)
              + "a rule against the baseline has maxDrop, maxRise or both, and no compare, min, max"
              + " or equals");
    }
    List<Threshold> limits = new ArrayList<>();
    if (node.has("maxDrop")) {
      limits.add(new Threshold.AtLeast(0 - node.required("maxDrop").asDouble()));
    }
    if (node.has("maxRise")) {
      limits.add(new Threshold.AtMost(node.required("maxRise").asDouble()));
    }
    return limits;
  }

  private static String where(JsonNode node) {
    return "rules." + node.required("id").asText() + ": ";
  }

  private static String unknownMetric(JsonNode node, String name) {
    return "rules."
        + node.required("id").asText()
        + ".metric: '"
        + name
        + "' is no metric; docs/metrics.md lists them";
  }

  private static Rule.Over over(JsonNode node) {
    if (node.isArray()) {
      return new Rule.Over.Of(list(node, JsonNode::asText));
    }
    return node.asText().equals("all")
        ? new Rule.Over.All()
        : new Rule.Over.Of(List.of(node.asText()));
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

  /// The constant that a key names in lower case with hyphens, or the usual one where it is absent.
  /// The schema has refused every other word.
  private static <E extends Enum<E>> E choice(Class<E> type, JsonNode node, String key, E usual) {
    return node.has(key) ? Enum.valueOf(type, constant(node.required(key).asText())) : usual;
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
