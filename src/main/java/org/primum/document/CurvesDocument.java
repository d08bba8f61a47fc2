package org.primum.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.primum.fairness.AuditResult;
import org.primum.fairness.GroupCurves;
import org.primum.fairness.GroupNeed;
import org.primum.gate.Interval;

/// `curves.json`: reliability, decision curve and ROC of each group whose numbers may be told, and
/// what it needs at which score.
public final class CurvesDocument {

  private static final String SCHEMA = "primum.dev/curves/v1alpha1";

  private CurvesDocument() {}

  public static byte[] write(AuditResult.Depth depth) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    ArrayNode all = root.putArray("curves");
    depth.curves().forEach(of -> write(all.addObject(), of));
    ArrayNode needs = root.putArray("needByTenth");
    depth.needs().forEach(of -> write(needs.addObject(), of));
    return Documents.write(root);
  }

  private static void write(ObjectNode node, GroupCurves of) {
    node.put("group", of.group());
    node.put("n", of.rows());
    node.put("positives", of.positives());
    ArrayNode reliability = node.putArray("reliability");
    for (GroupCurves.Bin bin : of.reliability()) {
      ObjectNode one = reliability.addObject();
      one.put("n", bin.rows()).put("meanScore", bin.said()).put("baseRate", bin.happened());
      one.putArray("ci").add(bin.interval().low()).add(bin.interval().high());
    }
    ArrayNode thresholds = node.putArray("thresholds");
    for (GroupCurves.At at : of.thresholds()) {
      ObjectNode one = thresholds.addObject();
      one.put("threshold", at.threshold())
          .put("tpr", at.tpr())
          .put("fpr", at.fpr())
          .put("netBenefit", at.netBenefit())
          .put("netBenefitOfAll", at.ofAll());
      one.putArray("netBenefitCi").add(at.interval().low()).add(at.interval().high());
    }
  }

  private static void write(ObjectNode node, GroupNeed of) {
    node.put("group", of.group());
    ArrayNode tenths = node.putArray("tenths");
    for (GroupNeed.Tenth tenth : of.tenths()) {
      ObjectNode one = tenths.addObject();
      one.put("tenth", tenth.number()).put("fromScore", tenth.from()).put("mean", tenth.mean());
      switch (tenth.interval()) {
        case Interval.Bounds(double low, double high) -> one.putArray("ci").add(low).add(high);
        case Interval.None() -> one.putNull("ci");
      }
    }
  }
}
