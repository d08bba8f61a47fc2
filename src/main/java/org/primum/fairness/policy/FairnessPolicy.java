package org.primum.fairness.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.primum.gate.ConfigInvalidException;

/// What a board demands of a model, in the form the audit runs on.
///
/// @param attributes the sensitive features, in the order of the report
/// @param intersections combinations of them that are audited too
/// @param suppressBelow a number on fewer rows is not shown; 0 shows all
/// @param rules in the order of the report
/// @param people what sentences call those who have the outcome, and those who do not
/// @param context the columns around the sensitive ones
public record FairnessPolicy(
    String name,
    int revision,
    AuditData data,
    List<Attribute> attributes,
    List<Intersection> intersections,
    Statistics statistics,
    Minimum minimum,
    int suppressBelow,
    Defaults defaults,
    List<Rule> rules,
    List<Waiver> waivers,
    People people,
    Context context) {

  /// The small-cell rule of the US Centers for Medicare & Medicaid Services.
  public static final int USUAL_SUPPRESSION = 11;

  /// More groups of one attribute than this are refused: it is an identifier, not a feature.
  public static final int MAX_GROUPS = 1000;

  /// Ids of the findings that come without a rule of the policy.
  public static final String MISSING_GROUP = "missing-group";

  public static final String UNKNOWN_CATEGORY = "unknown-category";

  /// A policy that has no word for those who have the outcome.
  public FairnessPolicy(
      String name,
      int revision,
      AuditData data,
      List<Attribute> attributes,
      List<Intersection> intersections,
      Statistics statistics,
      Minimum minimum,
      int suppressBelow,
      Defaults defaults,
      List<Rule> rules,
      List<Waiver> waivers) {
    this(
        name,
        revision,
        data,
        attributes,
        intersections,
        statistics,
        minimum,
        suppressBelow,
        defaults,
        rules,
        waivers,
        People.of(data.target()),
        Context.NONE);
  }

  /// The same policy among other columns.
  public FairnessPolicy in(Context other) {
    return new FairnessPolicy(
        name,
        revision,
        data,
        attributes,
        intersections,
        statistics,
        minimum,
        suppressBelow,
        defaults,
        rules,
        waivers,
        people,
        other);
  }

  /// Groups of several attributes at once.
  ///
  /// @param of names of attributes
  /// @param maxGroups more groups than this are refused
  public record Intersection(List<String> of, int maxGroups) {

    public static final int USUAL_MAX_GROUPS = 64;

    public Intersection {
      of = List.copyOf(of);
      if (of.size() < 2 || new HashSet<>(of).size() < of.size()) {
        throw new ConfigInvalidException(
            "intersections.of: name two or more attributes, each once");
      }
      if (maxGroups < 1) {
        throw new ConfigInvalidException("intersections.maxGroups: at least 1, got " + maxGroups);
      }
    }
  }

  public FairnessPolicy {
    attributes = List.copyOf(attributes);
    intersections = List.copyOf(intersections);
    rules = List.copyOf(rules);
    waivers = List.copyOf(waivers);
    if (attributes.isEmpty()) {
      throw new ConfigInvalidException("attributes: name at least one sensitive feature");
    }
    if (suppressBelow < 0) {
      throw new ConfigInvalidException("suppress.below: not negative, got " + suppressBelow);
    }
    Set<String> names = unique("attributes", attributes.stream().map(Attribute::name).toList());
    Set<String> ids = unique("rules", rules.stream().map(Rule::id).toList());
    for (String reserved : List.of(MISSING_GROUP, UNKNOWN_CATEGORY)) {
      if (!ids.add(reserved)) {
        throw new ConfigInvalidException("rules: the id '" + reserved + "' is taken; use another");
      }
    }
    intersections.forEach(i -> requireKnown("intersections", i.of(), names));
    for (Rule rule : rules) {
      TargetFit.require(data.target(), rule);
      if (rule.over() instanceof Rule.Over.Of(List<String> of)) {
        requireKnown("rules." + rule.id() + ".over", of, names);
      }
      requireColumns(rule, data);
      ProxyRule.require(rule, context);
    }
    for (Rule rule : rules) {
      boolean stratified =
          rule.within() == Rule.Within.CONDITION || rule.metric().metric() == Metric.CDD;
      if (stratified && context.condition().isEmpty()) {
        throw new ConfigInvalidException(
            "rules." + rule.id() + ": it compares within strata; name their columns in condition");
      }
    }
    for (Attribute condition : context.condition()) {
      boolean sensitive =
          attributes.stream()
              .anyMatch(
                  a -> a.name().equals(condition.name()) || a.column().equals(condition.column()));
      if (sensitive) {
        throw new ConfigInvalidException(
            "condition: '"
                + condition.name()
                + "' is a sensitive feature; compare within it by an intersection");
      }
    }
    requireInputs(context, data);
    waivers.forEach(w -> requireKnown("waivers.rule", List.of(w.rule()), ids));
  }

  private static void requireColumns(Rule rule, AuditData data) {
    String metric = "rules." + rule.id() + ".metric: " + rule.metric().id();
    if (rule.metric().metric().needsScore() && !data.hasScores()) {
      throw new ConfigInvalidException(
          metric + " is made of scores; name their column with data.score.column");
    }
    if (rule.metric().metric() == Metric.NEED_AT && data.need() instanceof AuditData.Need.None) {
      throw new ConfigInvalidException(
          metric + " needs a measure of need; name its column with data.need.column");
    }
  }

  /// What all columns tell together says something of the inputs only where they are inputs.
  private static void requireInputs(Context context, AuditData data) {
    if (context.together() == Context.Together.NOT_ASKED) {
      return;
    }
    for (Attribute column : context.proxies()) {
      if (data.ownColumns().contains(column.column())) {
        throw new ConfigInvalidException(
            "proxies.columns: '"
                + column.name()
                + "' is no input: data names its column as outcome, prediction, score, weight,"
                + " cluster or need; leave it out, or ask nothing together");
      }
    }
    if (context.together() == Context.Together.INPUTS_AND_SCORE && !data.hasScores()) {
      throw new ConfigInvalidException(
          "proxies.together: there is no score; name its column with data.score.column, or say"
              + " inputs");
    }
  }

  private static Set<String> unique(String key, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new ConfigInvalidException(key + ": '" + name + "' occurs twice");
      }
    }
    return seen;
  }

  private static void requireKnown(String key, List<String> names, Set<String> known) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ConfigInvalidException(
            key
                + ": '"
                + name
                + "' is not declared; there is "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /// Every list of attributes whose groups are audited: each attribute, each intersection, and
  /// whatever a rule speaks of, each once.
  public List<List<String>> audited() {
    List<List<String>> all = new ArrayList<>();
    attributes.forEach(a -> all.add(List.of(a.name())));
    intersections.forEach(i -> all.add(i.of()));
    for (Rule rule : rules) {
      if (rule.over() instanceof Rule.Over.Of(List<String> of) && !all.contains(of)) {
        all.add(of);
      }
    }
    return all;
  }

  public Attribute attribute(String wanted) {
    return attributes.stream().filter(a -> a.name().equals(wanted)).findFirst().orElseThrow();
  }

  /// The scores at which counts have to be exact: where a row is flagged, and where rules look.
  public List<Double> thresholds() {
    TreeSet<Double> all = new TreeSet<>();
    if (data.target()
        instanceof
        AuditData.Target.Event(var _, AuditData.Decision.ByThreshold(String _, double threshold))) {
      all.add(threshold);
    }
    for (Rule rule : rules) {
      boolean threshold =
          rule.metric().metric() == Metric.NET_BENEFIT
              || rule.metric().metric() == Metric.STANDARDIZED_NET_BENEFIT;
      if (threshold) {
        all.add(rule.metric().at());
      }
    }
    return List.copyOf(all);
  }

  /// How many groups of these attributes rules can speak of, whoever comes; 0 where the policy does
  /// not say. Allowances are shared by so many, found or not: else a group that joins would cost
  /// the others some of theirs.
  public int planned(List<String> of) {
    return most(of.stream().map(this::attribute).toList(), maxGroups(of));
  }

  /// How many strata the condition can make; 0 where the policy does not say.
  public int plannedStrata() {
    return most(context.condition(), Context.MAX_STRATA);
  }

  private static int most(List<Attribute> attributes, int cap) {
    long most = 1;
    for (Attribute attribute : attributes) {
      most = Math.min(most * attribute.most(), cap);
    }
    return (int) most;
  }

  public int maxGroups(List<String> of) {
    return intersections.stream()
        .filter(i -> i.of().equals(of))
        .mapToInt(Intersection::maxGroups)
        .findFirst()
        .orElse(of.size() > 1 ? Intersection.USUAL_MAX_GROUPS : MAX_GROUPS);
  }
}
