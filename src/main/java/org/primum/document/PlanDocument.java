package org.primum.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;
import org.primum.fairness.FairnessPlan;
import org.primum.fairness.FairnessPlan.Gap;
import org.primum.fairness.FairnessPlan.Line;
import org.primum.fairness.FairnessPlan.Need;
import org.primum.fairness.PlanAssumptions;
import org.primum.gate.Threshold;

/// A plan as JSON: how many rows and patients each claim of each rule needs, and under which
/// assumptions. What no number of rows can show is `null`.
public final class PlanDocument {

  private static final String SCHEMA = "primum.dev/fairness-plan/v1alpha1";

  private PlanDocument() {}

  public static byte[] write(FairnessPlan plan) {
    ObjectNode root = Documents.object().put("schema", SCHEMA);
    assumptions(root.putObject("assumptions"), plan.assumptions());
    ArrayNode rules = root.putArray("rules");
    plan.lines().forEach(line -> line(rules.addObject(), line));
    ArrayNode unplanned = root.putArray("unplanned");
    plan.unplanned().forEach(unplanned::add);
    return Documents.write(root);
  }

  private static void assumptions(ObjectNode node, PlanAssumptions assumptions) {
    node.put("baseRate", assumptions.baseRate());
    ObjectNode rates = node.putObject("rates");
    assumptions.rates().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(rate -> rates.put(rate.getKey().id(), rate.getValue()));
    node.put("referenceRows", assumptions.referenceRows());
    node.put("groups", assumptions.groups());
  }

  private static void line(ObjectNode node, Line line) {
    node.put("id", line.rule().id())
        .put("metric", line.rule().metric().id())
        .put("compare", line.rule().compare().id())
        .put("over", line.over())
        .put("decide", line.rule().decide().id());
    switch (line.limit()) {
      case Threshold.AtLeast(double min) -> node.put("min", min);
      case Threshold.AtMost(double max) -> node.put("max", max);
      case Threshold.Present() -> {}
    }
    node.put("groups", line.groups())
        .put("level", rounded(line.level()))
        .put("referenceRate", line.reference())
        .put("rowsPerPatient", line.share());
    need(node.putObject("safety"), line.safety(), line);
    need(node.putObject("harm"), line.harm(), line);
    ArrayNode visible = node.putArray("visible");
    for (Gap gap : line.visible()) {
      ObjectNode at = visible.addObject().put("patients", gap.patients());
      if (Double.isNaN(gap.beyond())) {
        at.putNull("beyondLimit");
      } else {
        at.put("beyondLimit", gap.beyond());
      }
    }
  }

  /// Without the noise of `1 - 0.95`.
  private static double rounded(double value) {
    return Math.rint(value * 1e12) / 1e12;
  }

  private static void need(ObjectNode node, Need need, Line line) {
    node.put("truth", rounded(need.truth()));
    List<Double> powers = FairnessPlan.POWERS;
    ArrayNode rows = node.putArray("needed");
    for (int i = 0; i < powers.size(); i++) {
      ObjectNode at = rows.addObject().put("power", powers.get(i));
      OptionalLong needed = need.rows().get(i);
      if (needed.isPresent()) {
        at.put("rows", needed.getAsLong()).put("patients", line.patients(needed.getAsLong()));
      } else {
        at.putNull("rows").putNull("patients");
      }
    }
  }
}
