package org.primum.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.primum.fairness.GroupCurves;

/// `curves.json`: reliability, decision curve and ROC of each group whose numbers may be told.
public final class CurvesDocument {

  private static final String SCHEMA = "primum.dev/curves/v1alpha1";

  private CurvesDocument() {}

  public static byte[] write(List<GroupCurves> curves) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    ArrayNode all = root.putArray("curves");
    curves.forEach(of -> write(all.addObject(), of));
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
      thresholds
          .addObject()
          .put("threshold", at.threshold())
          .put("tpr", at.tpr())
          .put("fpr", at.fpr())
          .put("netBenefit", at.netBenefit())
          .put("netBenefitOfAll", at.ofAll());
    }
  }
}
