package org.primum.step.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.primum.data.NumberColumn;
import org.primum.fairness.AuditResult;
import org.primum.fairness.GroupCurves;
import org.primum.fairness.GroupTable;
import org.primum.fairness.policy.AuditData;
import org.primum.fairness.policy.FairnessPolicy;
import org.primum.fairness.policy.Group;
import org.primum.report.CurvePanel;
import org.primum.report.CurvePanel.At;
import org.primum.report.CurvePanel.Axis;
import org.primum.report.CurvePanel.Shape;
import org.primum.report.CurvePanel.Stroke;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.report.Report.Panel;

/// The curves of each group beside each other, all on one scale: whether scores mean the same for
/// everybody, and whether acting on them gains as much.
final class CurvePictures {

  /// More pictures beside each other are looked at by nobody; all are in curves.json.
  private static final int MAX_PANELS = 12;

  private final FairnessPolicy policy;
  private final AuditResult result;
  private final List<GroupCurves> curves;

  CurvePictures(FairnessPolicy policy, AuditResult result) {
    this.policy = policy;
    this.result = result;
    this.curves = result.depth().curves();
  }

  /// Nothing where there are no scores.
  List<Report.Section> sections() {
    return curves.isEmpty() ? List.of() : List.of(reliability(), decisions());
  }

  private Report.Section reliability() {
    double top = scoreTop();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Paragraph(
            "Where a score means what it says, of 100 patients with a score of 30 % about 30 have"
                + " the outcome: the dots lie on the dashed line. Dots above it are patients at more"
                + " risk than they were told, dots below it at less."));
    perTable(
        blocks,
        "Each dot is about a tenth of the group, with its interval.",
        c -> reliability(c, top));
    return new Report.Section("Does a score mean the same for every group?", blocks);
  }

  private CurvePanel reliability(GroupCurves of, double top) {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(new Shape.Line(List.of(new At(0, 0), new At(top, top)), Stroke.DASHED));
    StringBuilder alt = new StringBuilder(of.group()).append(", said and happened:");
    for (GroupCurves.Bin bin : of.reliability()) {
      shapes.add(
          new Shape.Dot(
              new At(bin.said(), bin.happened()), bin.interval().low(), bin.interval().high()));
      alt.append(
          String.format(Locale.ROOT, " %.0f %% %.0f %%;", 100 * bin.said(), 100 * bin.happened()));
    }
    return new CurvePanel(
        alt.toString(), Axis.shares("score", top), Axis.shares("it happened", top), shapes);
  }

  /// The next fifth above everything that is shown.
  private double scoreTop() {
    double max =
        curves.stream()
            .flatMap(c -> c.reliability().stream())
            .mapToDouble(bin -> Math.max(bin.said(), bin.interval().high()))
            .max()
            .orElse(1);
    return Math.min(1, Math.ceil(max * 5) / 5);
  }

  private Report.Section decisions() {
    double right = thresholdEnd();
    double top = benefitTop(right);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Paragraph(
            "Net benefit weighs patients found against false alarms: at a threshold of 20 % one"
                + " patient found is worth four false alarms. The model (solid) helps a group where"
                + " its line lies above both alerting everybody (dotted) and alerting nobody (the"
                + " dashed line at 0)."));
    String marked = threshold() > 0 ? " The vertical line is the threshold in use." : "";
    perTable(
        blocks,
        "Net benefit per 100 patients, by threshold. The pale band is the "
            + confidence()
            + " interval of the model at each threshold by itself: it does not hold for all"
            + " thresholds at once."
            + marked,
        c -> decision(c, right, top));
    blocks.add(
        new Block.Details("Who is found and who is alarmed at every threshold (ROC)", roc()));
    return new Report.Section("Does acting on the score help every group?", blocks);
  }

  private CurvePanel decision(GroupCurves of, double right, double top) {
    double baseRate = of.baseRate();
    List<At> model = new ArrayList<>(List.of(new At(0, 100 * baseRate)));
    of.thresholds().forEach(at -> model.add(new At(at.threshold(), 100 * at.netBenefit())));
    List<At> all = new ArrayList<>();
    for (int step = 0; step < 100; step++) {
      double threshold = step / 100.0;
      double benefit = baseRate - (1 - baseRate) * threshold / (1 - threshold);
      all.add(new At(threshold, 100 * benefit));
    }
    List<Shape> shapes = new ArrayList<>();
    shapes.add(new Shape.Line(List.of(new At(0, 0), new At(right, 0)), Stroke.DASHED));
    if (threshold() > 0 && threshold() <= right) {
      shapes.add(new Shape.Mark(threshold()));
    }
    shapes.add(
        new Shape.Band(
            of.thresholds().stream()
                .map(at -> new At(at.threshold(), 100 * at.interval().low()))
                .toList(),
            of.thresholds().stream()
                .map(at -> new At(at.threshold(), 100 * at.interval().high()))
                .toList()));
    shapes.add(new Shape.Line(all, Stroke.DOTTED));
    shapes.add(new Shape.Line(model, Stroke.MAIN));
    return new CurvePanel(
        of.group() + ", net benefit per 100 patients" + atThreshold(of),
        Axis.shares("threshold", right),
        new Axis("net benefit per 100", -top / 4, top, List.of(0.0, top / 2, top), false),
        shapes);
  }

  private String atThreshold(GroupCurves of) {
    return of.thresholds().stream()
        .filter(at -> at.threshold() >= threshold())
        .findFirst()
        .map(at ->
            String.format(
                Locale.ROOT,
                " at %.2f: model %.1f (%.1f to %.1f), alerting everybody %.1f, nobody 0",
                at.threshold(),
                100 * at.netBenefit(),
                100 * at.interval().low(),
                100 * at.interval().high(),
                100 * at.ofAll()))
        .orElse("");
  }

  private String confidence() {
    return NumberColumn.format(Math.rint(policy.statistics().confidence() * 1e6) / 1e4) + " %";
  }

  /// The threshold in use; 0 where a column decides.
  private double threshold() {
    return policy.data().target() instanceof AuditData.Target.Event(_, AuditData.Decision how)
            && how instanceof AuditData.Decision.ByThreshold(_, double threshold)
        ? threshold
        : 0;
  }

  /// Up to where any group still gains, and beyond the threshold in use.
  private double thresholdEnd() {
    double last =
        curves.stream()
            .flatMap(c -> c.thresholds().stream())
            .filter(at -> Math.max(at.netBenefit(), at.ofAll()) > 0.002)
            .mapToDouble(GroupCurves.At::threshold)
            .max()
            .orElse(0.5);
    return Math.clamp(Math.ceil(Math.max(last, threshold()) * 5 + 0.2) / 5, 0.2, 1);
  }

  /// The most that is gained anywhere, rounded up, per 100 patients.
  private double benefitTop(double right) {
    double max =
        curves.stream()
            .flatMap(c -> c.thresholds().stream())
            .filter(at -> at.threshold() <= right)
            .mapToDouble(at -> 100 * Math.max(at.netBenefit(), at.ofAll()))
            .max()
            .orElse(1);
    return Math.max(4, Math.ceil(max / 4) * 4);
  }

  private List<Block> roc() {
    List<Block> blocks = new ArrayList<>();
    perTable(
        blocks,
        "Along: the share of patients without the outcome who are alarmed. Up: the share of those"
            + " with it who are found.",
        CurvePictures::roc);
    return blocks;
  }

  private static CurvePanel roc(GroupCurves of) {
    List<At> points = new ArrayList<>(List.of(new At(0, 0)));
    of.thresholds().reversed().forEach(at -> points.add(new At(at.fpr(), at.tpr())));
    points.add(new At(1, 1));
    return new CurvePanel(
        of.group() + ", share found against share alarmed, at each threshold",
        Axis.shares("alarmed", 1),
        Axis.shares("found", 1),
        List.of(
            new Shape.Line(List.of(new At(0, 0), new At(1, 1)), Stroke.DASHED),
            new Shape.Line(points, Stroke.MAIN)));
  }

  private interface Drawn {
    CurvePanel of(GroupCurves curves);
  }

  /// A row of pictures for each attribute; everyone's comes first.
  private void perTable(List<Block> blocks, String caption, Drawn drawn) {
    for (GroupTable table : result.tables()) {
      if (table.of().size() == 1) {
        List<Panel> panels = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Group group : table.groups().keySet()) {
          result
              .depth()
              .curvesOf(group.name())
              .ifPresentOrElse(of -> panels.add(panel(of, drawn)), () -> without.add(group.name()));
        }
        add(blocks, "By " + table.name() + ". " + caption, panels, without);
      }
    }
  }

  private static Panel panel(GroupCurves of, Drawn drawn) {
    return new Panel(
        of.group(),
        String.format(Locale.ROOT, "%,d rows, %,d with it", of.rows(), of.positives()),
        drawn.of(of).svg());
  }

  private static void add(
      List<Block> blocks, String caption, List<Panel> panels, List<String> without) {
    String more =
        panels.size() > MAX_PANELS
            ? " " + (panels.size() - MAX_PANELS) + " more groups are in curves.json."
            : "";
    String none =
        without.isEmpty()
            ? ""
            : " No curve for " + String.join(", ", without) + ": too few rows to show one.";
    if (panels.isEmpty()) {
      blocks.add(new Block.Paragraph(caption.substring(0, caption.indexOf('.') + 1) + none));
    } else {
      List<Panel> shown = panels.subList(0, Math.min(MAX_PANELS, panels.size()));
      blocks.add(new Block.Panels(caption + more + none, shown));
    }
  }
}
