package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.document.ShapleyInteractions;
import org.primum.document.ShapleyShard;
import org.primum.explain.summary.InteractionSummary;
import org.primum.explain.summary.InteractionSummary.Pair;
import org.primum.report.Report.Block;
import org.primum.report.Report.Panel;
import org.primum.report.Report.Section;

/// The sections of the report on interactions: which pairs are strongest, class by class.
final class InteractionSections {

  private static final int LINES = 15;

  private InteractionSections() {}

  /// None where none were asked for, or no row was explained.
  static List<Section> of(ShapPictures pictures) {
    ShapleyShard shard = pictures.shard();
    Optional<InteractionSummary> summary = shard.interactions().map(ShapleyInteractions::summary);
    if (summary.isEmpty() || shard.tally().overall().rows() == 0) {
      return List.of();
    }
    List<Section> sections = new ArrayList<>();
    List<InteractionSummary.Output> outputs = summary.get().outputs();
    for (int output = 0; output < outputs.size(); output++) {
      String of = outputs.size() == 1 ? "" : " (class " + output + ")";
      List<ShapPictures.Drawn> drawn = new InteractionPictures(pictures, output).all();
      sections.add(strongest(of, outputs.get(output).strongest(), drawn));
    }
    return sections;
  }

  private static Section strongest(String of, List<Pair> pairs, List<ShapPictures.Drawn> drawn) {
    String title = "Which features act together" + of;
    if (pairs.isEmpty()) {
      return Section.of(
          title,
          new Block.Paragraph(
              "No two of the features that were asked for interact: the model adds up what each"
                  + " gives."));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Pair pair : pairs.subList(0, Math.min(LINES, pairs.size()))) {
      rows.add(
          List.of(
              Integer.toString(pair.rank()),
              pair.first(),
              pair.second(),
              ShapSections.number(pair.meanAbs())));
    }
    return Section.of(
        title,
        new Block.Paragraph(
            "Two features act together where one moves the prediction further, or the other way,"
                + " depending on the other. The number is half of what a pair does together, on"
                + " average, up or down: that half is part of the Shapley value of each of the"
                + " two."),
        panels(drawn),
        new Block.Grid(
            "Pairs by mean magnitude", List.of("rank", "feature", "feature", "mean |Φ|"), rows));
  }

  private static Block panels(List<ShapPictures.Drawn> drawn) {
    List<Panel> panels =
        drawn.stream().map(one -> new Panel(one.title(), one.caption(), one.svg())).toList();
    return new Block.Panels(
        "On the scale of the predictions; means over all rows, dots of some.",
        panels,
        Block.Width.LARGE);
  }
}
