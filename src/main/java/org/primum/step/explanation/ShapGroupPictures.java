package org.primum.step.explanation;

import java.util.ArrayList;
import java.util.List;
import org.primum.explain.summary.ShapleySummary.Group;
import org.primum.explain.summary.ShapleySummary.Output;
import org.primum.report.FeatureAxis;
import org.primum.report.Report.Block;
import org.primum.report.Report.Panel;
import org.primum.report.ShapleyGroupBars;

/// The pictures of groups of people: side by side, and the difference of the two largest.
record ShapGroupPictures(ShapPictures pictures, Output output) {

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (String attribute : attributes()) {
      List<Panel> panels = new ArrayList<>();
      panels.add(
          new Panel(
              attribute + ", side by side", bars(), GroupDrawings.groupBars(output, attribute)));
      ShapPictures.Drawn difference =
          GroupDrawings.difference(output, pictures.shard().features().size(), attribute);
      panels.add(
          new Panel(attribute + ", what sets them apart", difference.caption(), difference.svg()));
      GroupDrawings.contrast(output, attribute)
          .ifPresent(drawn ->
              panels.add(
                  new Panel(
                      drawn.title() + ", against everyone else", drawn.caption(), drawn.svg())));
      blocks.add(new Block.Panels(caption(attribute), panels, Block.Width.LARGE));
    }
    return blocks;
  }

  /// The attributes with two groups large enough to draw.
  List<String> attributes() {
    return GroupDrawings.attributes(output).stream()
        .filter(attribute -> GroupDrawings.groups(output, attribute, 2).size() == 2)
        .toList();
  }

  private static String bars() {
    return "How far each feature moves predictions there (mean |phi|).";
  }

  private String caption(String attribute) {
    List<Group> drawn = GroupDrawings.groups(output, attribute, ShapleyGroupBars.MAX_GROUPS);
    long all = output.groups().stream().filter(g -> g.name().startsWith(attribute + "=")).count();
    String two = drawn.size() == 2 ? "" : " On the right the two largest groups are compared.";
    return all == drawn.size()
        ? "All groups." + two
        : "The "
            + drawn.size()
            + " largest groups of at least "
            + FeatureAxis.Telling.RANKS.rows()
            + " rows; the table below has all."
            + two;
  }
}
