package org.primum.step.explanation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.primum.explain.value.RowExplanation;
import org.primum.explain.value.RowExplanation.Effect;
import org.primum.gate.Subject;
import org.primum.gate.Verdict;
import org.primum.report.Report;
import org.primum.report.Report.Block;
import org.primum.report.Report.Panel;
import org.primum.report.ShapleyForce;
import org.primum.report.ShapleyWaterfall;
import org.primum.report.ShapleyWaterfall.Step;
import org.primum.report.TextTable;

/// The explanation of one patient for people: lines for a terminal, and a page with pictures.
///
/// @param id the patient's
/// @param rows the rows with that id, each with its classes
/// @param top how many features stand apart
record PatientPages(String id, List<List<RowExplanation>> rows, int top) {

  /// How wide the bars of the terminal are.
  private static final int BARS = 40;

  PatientPages {
    rows = rows.stream().map(List::copyOf).toList();
  }

  String table() {
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      for (RowExplanation one : rows.get(row)) {
        String title = title(row, one);
        out.append(out.isEmpty() ? "" : "\n").append(title.isEmpty() ? "" : title + "\n");
        out.append(lines(one));
      }
    }
    return out.toString();
  }

  /// Which row and class, where there are several.
  private String title(int row, RowExplanation one) {
    String which = rows.size() == 1 ? "" : "row " + (row + 1) + " of " + rows.size();
    boolean several = rows.get(row).size() > 1 || one.output() > 0;
    String of = several ? "class " + one.output() : "";
    return which + (which.isEmpty() || of.isEmpty() ? "" : ", ") + of;
  }

  private String lines(RowExplanation one) {
    Scale scale = Scale.of(one.baseValue(), steps(one));
    TextTable table = new TextTable(List.of("feature", "phi", "lowers <   > raises"));
    table.row(
        "starts from",
        number(one.baseValue()),
        scale.mark(one.baseValue()) + said(one.baseProbability()));
    double at = one.baseValue();
    for (Step step : steps(one)) {
      table.row(step.label(), signed(step.phi()), scale.bar(at, at + step.phi()));
      at += step.phi();
    }
    table.row(
        "prediction", number(one.margin()), scale.mark(one.margin()) + said(one.probability()));
    return table.write();
  }

  /// The largest effects, and the rest added up.
  private List<Step> steps(RowExplanation one) {
    List<Effect> sorted = one.largestFirst();
    List<Step> steps = new ArrayList<>();
    int most = sorted.size() <= top + 1 ? sorted.size() : top;
    sorted.subList(0, most).forEach(e -> steps.add(new Step(e.label(), e.phi())));
    if (most < sorted.size()) {
      double rest = sorted.stream().skip(most).mapToDouble(Effect::phi).sum();
      steps.add(new Step((sorted.size() - most) + " other features", rest));
    }
    return steps;
  }

  private static String said(OptionalDouble probability) {
    return probability.isPresent() ? "  " + percent(probability.getAsDouble()) : "";
  }

  private static String percent(double probability) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.3f", value);
  }

  /// Margins along a line of a terminal.
  private record Scale(double min, double max) {

    static Scale of(double base, List<Step> steps) {
      double min = base;
      double max = base;
      double at = base;
      for (Step step : steps) {
        at += step.phi();
        min = Math.min(min, at);
        max = Math.max(max, at);
      }
      return new Scale(min, max);
    }

    private int at(double margin) {
      return max > min ? (int) Math.round((margin - min) / (max - min) * BARS) : 0;
    }

    String mark(double margin) {
      return " ".repeat(at(margin)) + "|";
    }

    String bar(double from, double to) {
      int length = Math.max(1, Math.abs(at(to) - at(from)));
      int start = Math.min(at(from), at(to));
      return " ".repeat(start) + (to < from ? "<" : ">").repeat(length);
    }
  }

  Report report(String version, Subject subject, Instant now) {
    Verdict verdict =
        new Verdict(
            "explain", version, subject, List.of(), sentence(), now, new Verdict.Expiry.Never());
    List<Report.Section> sections = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      for (RowExplanation one : rows.get(row)) {
        sections.add(section(title(row, one), one));
      }
    }
    sections.add(reading());
    return new Report("Explanation of one prediction", verdict, "", sections)
        .headed("Patient " + id);
  }

  private String sentence() {
    RowExplanation one = rows.getFirst().getFirst();
    List<Effect> sorted = one.largestFirst();
    String most =
        sorted.isEmpty() ? "" : " What moved it most: " + sorted.getFirst().feature() + ".";
    return rows.size() == 1 && rows.getFirst().size() == 1
        ? "Predicted: "
            + number(one.margin())
            + said(one.probability()).replace("  ", ", ")
            + "."
            + most
        : rows.size()
            + (rows.size() == 1 ? " row of " : " rows of ")
            + rows.getFirst().size()
            + " classes.";
  }

  private Report.Section section(String title, RowExplanation one) {
    List<Step> all = one.effects().stream().map(e -> new Step(e.label(), e.phi())).toList();
    ShapleyWaterfall.Reading reading = margin -> reading(one, margin);
    List<Panel> panels =
        List.of(
            new Panel(
                "Step by step",
                "From the base value down to the prediction.",
                ShapleyWaterfall.svg(
                    one.baseValue(), one.margin(), steps(one), reading, one.isLogOdds())),
            new Panel(
                "As a balance",
                "What raises it from the left, what lowers it from the right.",
                ShapleyForce.svg(one.baseValue(), one.margin(), all, reading)));
    List<List<String>> rows = new ArrayList<>();
    one.largestFirst()
        .forEach(e -> rows.add(List.of(e.feature(), e.value().orElse("–"), signed(e.phi()))));
    return Report.Section.of(
        "How this prediction came about" + (title.isEmpty() ? "" : " (" + title + ")"),
        new Block.Panels(
            "On the margin scale: for a classifier log-odds, 0.7 doubles the odds.",
            panels,
            Block.Width.LARGE),
        new Block.Details(
            "All features as numbers",
            List.of(new Block.Grid("", List.of("feature", "value", "phi"), rows))));
  }

  private static String reading(RowExplanation one, double margin) {
    if (margin == one.margin() && one.probability().isPresent()) {
      return percent(one.probability().getAsDouble());
    }
    return margin == one.baseValue() && one.baseProbability().isPresent()
        ? percent(one.baseProbability().getAsDouble())
        : "";
  }

  private static Report.Section reading() {
    return Report.Section.of(
        "How to read this",
        new Block.Bullets(
            List.of(
                "It explains the model, not the patient: what moved this prediction, not what causes"
                    + " the outcome, and not what to change.",
                "This page speaks of one patient. Keep it where the patient's records are kept.")));
  }
}
