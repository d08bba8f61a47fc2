package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.List;
import org.primum.explain.summary.ShapleySummary.Importance;
import org.primum.report.Report.Block;
import org.primum.report.Report.Panel;
import org.primum.report.Report.Section;
import org.primum.report.ShapleyHeat;

/// The sections of the report whose pictures show single rows, or few of them together.
///
/// @param of what headings add, where there are several classes
/// @param output the class
record ShapRowSections(ShapPictures pictures, String of, int output) {

  private static final int PANELS = 6;
  private static final int PANELS_OF_A_CLASS = 2;

  List<Section> all() {
    List<Section> sections = new ArrayList<>();
    sections.add(swarm());
    if (pictures.hasHeat()) {
      sections.add(heat());
    }
    sections.add(dependence());
    return sections;
  }

  private Section swarm() {
    return Section.of(
        "How it moves single predictions" + of,
        new Block.Picture(
            pictures.swarm(output),
            "Each dot is "
                + shown()
                + ". Right of the line the feature raised the prediction, left of it lowered it."));
  }

  private String shown() {
    long rows = pictures.summary().rows();
    int sampled = pictures.dots().sample().rows();
    return sampled == rows
        ? "one of all " + ShapSections.count(sampled) + " rows"
        : "one of "
            + ShapSections.count(sampled)
            + " rows, chosen out of "
            + ShapSections.count(rows)
            + " by a hash of the row number";
  }

  private Section dependence() {
    String heading = "How the effect depends on the value" + of;
    if (!pictures.isComplete()) {
      return Section.of(
          heading,
          new Block.Paragraph("Not drawn here: --emit withholds the smaller values of each row."));
    }
    if (!pictures.hasDependence()) {
      return Section.of(
          heading,
          new Block.Paragraph(
              "Not drawn here: shards carry no values of the rows. The reports of the shards, or"
                  + " one run over all rows, have these pictures."));
    }
    List<Panel> panels = new ArrayList<>();
    for (ShapPictures.Drawn drawn : drawn()) {
      panels.add(new Panel(drawn.title(), drawn.caption(), drawn.svg()));
    }
    return Section.of(heading, new Block.Panels(caption(), panels, Block.Width.LARGE));
  }

  /// The pictures of the most important features.
  List<ShapPictures.Drawn> drawn() {
    int most = pictures.summary().outputs().size() == 1 ? PANELS : PANELS_OF_A_CLASS;
    List<Importance> top =
        ShapPictures.top(pictures.summary().outputs().get(output), most).stream()
            .filter(feature -> feature.meanAbs() > 0 && pictures.isKnown(feature.feature()))
            .toList();
    return top.stream().map(feature -> pictures.dependence(output, feature.feature())).toList();
  }

  private String caption() {
    String line = " The line goes through means of neighbors.";
    String color =
        pictures.shard().interactions().isPresent()
            ? " The color is the feature it interacts with most."
            : " The color is the feature with which the effect seems to change most, guessed from"
                + " correlations.";
    return pictures.telling().areValues()
        ? "Rows by their own values, as asked for. Grey columns: how many rows." + line + color
        : "Rows in bands of at least "
            + pictures.telling().rows()
            + ", no one at their own value; the outermost bands hold all that is beyond. Grey"
            + " columns: how many rows. Numbers of colors are means of a fifth of the rows."
            + line
            + color;
  }

  private Section heat() {
    int together = pictures.together();
    return Section.of(
        "Rows explained alike" + of,
        new Block.Picture(
            pictures.heat(output),
            (together == 1
                    ? columns()
                    : "Each column is the mean of at least " + together + " rows")
                + "; rows that were moved by the same features stand beside each other (complete"
                + " linkage). The curve is their prediction, grey bars are the mean |phi| of the"
                + " drawn rows."));
  }

  private String columns() {
    int most = Math.ceilDiv(pictures.dots().sample().rows(), ShapleyHeat.MAX_COLUMNS);
    return most == 1
        ? "Each column is " + shown()
        : "Each column is the mean of up to " + most + " rows";
  }
}
