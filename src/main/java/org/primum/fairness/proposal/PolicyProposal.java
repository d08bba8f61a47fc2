package org.primum.fairness.proposal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Minimum;
import org.primum.fairness.proposal.PolicyDraft.Entry;
import org.primum.fairness.proposal.PolicyDraft.Value;
import org.primum.fairness.tally.Tally;

/// A policy for a table, for a person to edit. It names columns and groups, and says of each what
/// made it think so; of a limit it says that nobody has chosen it yet.
///
/// @param table how the file calls it
/// @param name of the policy
public record PolicyProposal(String table, String name, long rows, ColumnRoles roles) {

  private static final Minimum MINIMUM = Minimum.USUAL;

  /// Where a table has no prediction; half is where it is as likely as not, and no more than that.
  private static final double PLACEHOLDER = 0.5;

  /// The limit of a proposed difference, for a person to change.
  private static final double POINTS = 0.05;

  /// What can be said before the groups are counted: enough to count them by.
  public PolicyDraft first() {
    return draft(List.of());
  }

  /// The same with what the counts say: references, sizes, and which groups can be tested.
  ///
  /// @param tally made under [#first]
  public PolicyDraft counted(Tally tally) {
    List<List<GroupSize>> sizes = new ArrayList<>();
    for (int at = 0; at < roles.sensitive().size(); at++) {
      sizes.add(GroupSize.of(tally, at));
    }
    return draft(sizes);
  }

  private PolicyDraft draft(List<List<GroupSize>> sizes) {
    List<Entry> attributes = new ArrayList<>();
    List<Entry> rules = new ArrayList<>();
    List<String> names = names();
    for (int at = 0; at < names.size(); at++) {
      Groups groups = new Groups(sizes.isEmpty() ? List.of() : sizes.get(at));
      attributes.add(attribute(names.get(at), roles.sensitive().get(at), groups));
      rules.addAll(rules(names.get(at), groups));
    }
    if (rules.stream().noneMatch(rule -> rule.settings().size() > 1)) {
      rules.add(
          missed(
              names.getFirst(), List.of("No group is large enough yet: this one is undecided.")));
    }
    return new PolicyDraft(
        name,
        header(),
        data(),
        attributes,
        rules.stream().filter(rule -> rule.settings().size() > 1).toList(),
        more(),
        footer(names, rules));
  }

  private List<String> header() {
    return List.of(
        "Proposed by `primum fairness-audit init` from " + table + ", " + number(rows) + " rows.",
        "Nobody has decided anything yet. Read every line, above all the limits of the rules: a limit is",
        "a choice about people, and no program can make it. fairness-audit takes this file as it is;",
        "`primum fairness-plan --policy` tells how many patients the rules need.");
  }

  // ---- data

  private List<Entry> data() {
    List<Entry> data = new ArrayList<>();
    data.add(label());
    roles.prediction().forEach(column -> data.add(prediction(column)));
    roles.score().forEach(column -> data.add(score(column)));
    if (roles.prediction().isEmpty()) {
      data.add(
          Entry.of(
                  "decision",
                  List.of(
                      "TO DECIDE: from which score on a patient is flagged. There is no prediction column to",
                      "take it from; 0.5 is only a number."))
              .with("threshold", PLACEHOLDER));
    }
    roles
        .weight()
        .forEach(column ->
            data.add(
                Entry.of("weight", List.of("Guessed by its name: inverse sampling probabilities."))
                    .with("column", column.name())));
    roles.patient().stream()
        .filter(PolicyProposal::repeats)
        .forEach(column -> data.add(cluster(column)));
    return data;
  }

  private static boolean repeats(ColumnProfile column) {
    return column.missing() == 0
        && column.distinct() < column.rows()
        && column.distinct() < ColumnProfile.MOST;
  }

  private static Entry cluster(ColumnProfile column) {
    return Entry.of(
            "cluster",
            List.of(
                "%s names %s people in %s rows, which are no independent patients: intervals are by people."
                    .formatted(column.name(), number(column.distinct()), number(column.rows()))))
        .with("column", column.name());
  }

  private Entry label() {
    ColumnProfile label = roles.label();
    String having = roles.positive();
    long with = count(label, having);
    List<String> words = new ArrayList<>();
    words.add(
        "Guessed: the outcome. "
            + shown(with)
            + " rows have it, "
            + shown(label.rows() - label.missing() - with)
            + " do not, "
            + shown(label.missing())
            + " do not say.");
    words.add("Add `people: readmitted patients` (or whoever they are), and reports name them so.");
    return yesNo("label", label, having, words);
  }

  private Entry prediction(ColumnProfile column) {
    String flagged = ColumnRoles.happened(column).orElse(column.values().lastKey());
    return yesNo(
        "prediction",
        column,
        flagged,
        List.of("Guessed: who is flagged, " + shown(count(column, flagged)) + " rows."));
  }

  private static long count(ColumnProfile column, String value) {
    Long count = column.values().get(value);
    return count == null ? 0 : count;
  }

  private static Entry yesNo(
      String key, ColumnProfile column, String positive, List<String> words) {
    return Entry.of(key, words)
        .with("column", column.name())
        .with("positive", positive)
        .with("negative", ColumnRoles.other(column, positive));
  }

  private static Entry score(ColumnProfile column) {
    return Entry.of("score", List.of("Guessed: a probability, all values are from 0 to 1."))
        .with("column", column.name());
  }

  // ---- attributes

  /// The groups of an attribute, none before they are counted.
  private record Groups(List<GroupSize> sizes) {

    Optional<String> largest() {
      return sizes.stream()
          .filter(GroupSize::isNamed)
          .max(Comparator.comparingLong(GroupSize::rows))
          .map(GroupSize::value);
    }

    List<GroupSize> judgedByMisses() {
      return sizes.stream().filter(GroupSize::judgedByMisses).toList();
    }

    List<GroupSize> judgedByAlarms() {
      return sizes.stream().filter(GroupSize::judgedByAlarms).toList();
    }

    List<String> table() {
      return sizes.stream()
          .map(s ->
              "  %s: %s rows, %s with the outcome, %s without"
                  .formatted(s.value(), shown(s.rows()), shown(s.having()), shown(s.lacking())))
          .toList();
    }
  }

  private Entry attribute(String attribute, ColumnProfile column, Groups groups) {
    List<String> words = new ArrayList<>();
    words.add("Guessed by its name." + ages(column));
    words.addAll(groups.table());
    words.addAll(alike(column));
    groups
        .largest()
        .ifPresent(largest ->
            words.add(
                "TO DECIDE: the reference. "
                    + largest
                    + " is the largest group, not the right one by that."));
    Entry entry = Entry.of(attribute, words).with("name", attribute).with("column", column.name());
    Entry grouped =
        AgeBins.fit(column)
            ? entry.with("bins", new Value.Numbers(AgeBins.edges(column, MINIMUM.n())))
            : entry.with("categories", new Value.Texts(List.copyOf(column.values().keySet())));
    return groups.largest().map(largest -> grouped.with("reference", largest)).orElse(grouped);
  }

  /// Categories that only differ in capitals or blanks are one group written in two ways.
  private static List<String> alike(ColumnProfile column) {
    Map<String, List<String>> spellings = new TreeMap<>();
    for (String value : column.values().keySet()) {
      String plain = value.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
      spellings.computeIfAbsent(plain, _ -> new ArrayList<>()).add(value);
    }
    return spellings.values().stream()
        .filter(same -> same.size() > 1)
        .map(same ->
            "TO DECIDE: "
                + String.join(" and ", same)
                + " look like one group, written in "
                + same.size()
                + " ways; if so, make them one in the data.")
        .toList();
  }

  private static String ages(ColumnProfile column) {
    return AgeBins.fit(column)
        ? " TO DECIDE: the edges; they are usual ones, left out where they cut off too few rows."
        : " A category that joins later fails the audit until it stands here.";
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (ColumnProfile column : roles.sensitive()) {
      String name = ColumnName.attribute(column.name());
      while (!taken.add(name)) {
        name += "_";
      }
      names.add(name);
    }
    return names;
  }

  // ---- rules

  /// One that nobody proposes has no settings but its reason, and stands in the footer.
  private static List<Entry> rules(String attribute, Groups groups) {
    List<Entry> rules = new ArrayList<>();
    if (groups.sizes().isEmpty()) {
      return rules;
    }
    if (groups.judgedByMisses().size() > 1) {
      rules.add(missed(attribute, tested(groups, groups.judgedByMisses())));
    } else {
      rules.add(untested(attribute, "misses", MINIMUM.positives(), "with the outcome"));
    }
    if (groups.judgedByAlarms().size() > 1) {
      rules.add(alarms(attribute, tested(groups, groups.judgedByAlarms())));
    } else {
      rules.add(untested(attribute, "false alarms", MINIMUM.negatives(), "without it"));
    }
    return rules;
  }

  private static List<String> tested(Groups groups, List<GroupSize> large) {
    List<GroupSize> small = groups.sizes().stream().filter(s -> !large.contains(s)).toList();
    String can = "Large enough to be judged: " + values(large) + ".";
    return small.isEmpty()
        ? List.of(can)
        : List.of(
            can, "Too small, so this rule will be INCONCLUSIVE for them: " + values(small) + ".");
  }

  private static String values(List<GroupSize> sizes) {
    return sizes.stream().map(GroupSize::value).collect(Collectors.joining(", "));
  }

  private static Entry missed(String attribute, List<String> words) {
    return rule("missed-by-" + attribute, words)
        .with("metric", "tpr")
        .with("compare", "difference")
        .with("over", attribute)
        .with("min", -POINTS)
        .with("decide", "exclude-harm")
        .with("rationale", "TO DECIDE: why five points, who is harmed by a miss, who agreed");
  }

  private static Entry alarms(String attribute, List<String> words) {
    return rule("alarms-by-" + attribute, words)
        .with("metric", "fpr")
        .with("compare", "difference")
        .with("over", attribute)
        .with("max", POINTS)
        .with("decide", "exclude-harm")
        .with("rationale", "TO DECIDE: why five points, who is harmed by an alarm, who agreed");
  }

  private static Entry rule(String id, List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.add(
        "TO DECIDE: the limit; and whether to refuse proven harm, or to ask for proof of none (show-safe).");
    return Entry.of(id, all).with("id", id);
  }

  private static Entry untested(String attribute, String what, double least, String whom) {
    return Entry.of(
            attribute + ", " + what,
            List.of(
                "No rule on %s by %s: fewer than two groups have %s patients %s."
                    .formatted(what, attribute, number((long) least), whom)))
        .with("id", attribute);
  }

  // ---- the rest

  private static List<Entry> more() {
    return List.of(
        Entry.of(
                "minimum",
                List.of(
                    "Rows that a number needs before a rule judges it; more make wider claims safe."))
            .with("n", MINIMUM.n())
            .with("positives", MINIMUM.positives())
            .with("negatives", MINIMUM.negatives()),
        Entry.of("suppress", List.of("Numbers on fewer rows than this are shown nowhere."))
            .with("below", FairnessPolicy.USUAL_SUPPRESSION));
  }

  private List<String> footer(List<String> names, List<Entry> rules) {
    List<String> footer = new ArrayList<>();
    rules.stream()
        .filter(rule -> rule.settings().size() == 1)
        .forEach(rule -> footer.addAll(rule.words()));
    if (names.size() > 1) {
      footer.add("People are in several groups at once. To audit them so:");
      footer.add("  intersections: [{of: [" + names.get(0) + ", " + names.get(1) + "]}]");
    }
    if (!roles.others().isEmpty()) {
      footer.add("Not proposed, though of few values; add those by which people differ:");
      footer.add("  " + ColumnRoles.names(roles.others()));
    }
    return footer;
  }

  /// A count, or that it is small: this file is not kept like the data.
  private static String shown(long n) {
    return n > 0 && n < FairnessPolicy.USUAL_SUPPRESSION
        ? "fewer than " + FairnessPolicy.USUAL_SUPPRESSION
        : number(n);
  }

  private static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
