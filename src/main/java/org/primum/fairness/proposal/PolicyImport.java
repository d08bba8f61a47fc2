package org.primum.fairness.proposal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.primum.fairness.proposal.Imported.Decision;
import org.primum.fairness.proposal.Imported.Demand;
import org.primum.fairness.proposal.PolicyDraft.Entry;
import org.primum.fairness.proposal.PolicyDraft.Value;
import org.primum.gate.ConfigInvalidException;

/// A policy with the thresholds of another tool, for a person to complete.
///
/// @param source how the file calls where they come from
public record PolicyImport(String source, Imported imported) {

  /// @throws ConfigInvalidException where nothing could be imported
  public PolicyDraft draft() {
    if (imported.demands().isEmpty()) {
      throw new ConfigInvalidException(
          source
              + ": holds no threshold that a policy can express. "
              + String.join(" ", imported.left()));
    }
    return new PolicyDraft(
        "imported-from-" + imported.tool(),
        header(),
        data(),
        attributes().stream().map(this::attribute).toList(),
        rules(),
        List.of(),
        footer());
  }

  private List<String> header() {
    return List.of(
        "Imported by `primum fairness-convert` from " + source + " (" + imported.tool() + ").",
        "The rules decide by the value alone, as "
            + imported.tool()
            + " does: chance fails a fair model by them.",
        "TO DECIDE: exclude-harm or show-safe in place of point, and a rationale for each limit.");
  }

  private List<Entry> data() {
    List<Entry> data = new ArrayList<>();
    data.add(
        Entry.of(
                "label",
                List.of("TO CHECK: the outcome's column, and the value that says it happened."))
            .with("column", imported.columns().label())
            .with("positive", 1));
    switch (imported.columns().decision()) {
      case Decision.Flagged(String column) ->
          data.add(
              Entry.of("prediction", List.of("TO CHECK: who is flagged."))
                  .with("column", column)
                  .with("positive", 1));
      case Decision.From(String column, double threshold) -> {
        data.add(
            Entry.of("score", List.of("TO CHECK: a probability from 0 to 1."))
                .with("column", column));
        data.add(
            Entry.of("decision", List.of("TO CHECK: from which score on a patient is flagged."))
                .with("threshold", threshold));
      }
    }
    if (!imported.columns().weight().isEmpty()) {
      data.add(
          Entry.of("weight", List.of("TO CHECK: inverse sampling probabilities."))
              .with("column", imported.columns().weight()));
    }
    return data;
  }

  private Set<String> attributes() {
    Set<String> names = new LinkedHashSet<>(imported.references().keySet());
    imported.demands().forEach(demand -> names.addAll(demand.over()));
    return names;
  }

  private Entry attribute(String name) {
    String reference = imported.references().getOrDefault(name, "");
    Entry entry =
        Entry.of(name, List.of()).with("name", ColumnName.attribute(name)).with("column", name);
    return reference.isEmpty() ? entry : entry.with("reference", reference);
  }

  private List<Entry> rules() {
    List<Entry> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Demand demand : imported.demands()) {
      String id = id(demand);
      int more = 2;
      while (!ids.add(id)) {
        id = id(demand) + "-" + more++;
      }
      rules.add(rule(id, demand));
    }
    return rules;
  }

  private static String id(Demand demand) {
    String compare =
        switch (demand.compare()) {
          case NONE -> "";
          case DIFFERENCE, ABS_DIFFERENCE, WORST, MAX_MIN, VS_OVERALL, VS_REST -> "-difference";
          case RATIO, LOG_RATIO, MIN_MAX_RATIO -> "-ratio";
          case BASELINE -> "-baseline";
        };
    String name = demand.metric().id() + compare + "-by-" + String.join("-", demand.over());
    return name.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  private static Entry rule(String id, Demand demand) {
    List<String> attributes = demand.over().stream().map(ColumnName::attribute).toList();
    Entry rule =
        Entry.of(id, List.of("From " + demand.source() + "."))
            .with("id", id)
            .with("metric", demand.metric().id())
            .with("compare", demand.compare().id());
    Entry over =
        attributes.size() == 1
            ? rule.with("over", attributes.getFirst())
            : rule.with("over", new Value.Texts(attributes));
    Entry limited = over;
    if (demand.limits().smallest().isPresent()) {
      limited = limited.with("min", demand.limits().min());
    }
    if (demand.limits().largest().isPresent()) {
      limited = limited.with("max", demand.limits().max());
    }
    return limited.with("decide", "point");
  }

  private List<String> footer() {
    List<String> footer = new ArrayList<>();
    if (!imported.left().isEmpty()) {
      footer.add("Not imported:");
      imported.left().forEach(line -> footer.add("  " + line));
    }
    return footer;
  }
}
