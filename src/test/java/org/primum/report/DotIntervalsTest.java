package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.primum.report.DotIntervals.Line;
import org.primum.report.DotIntervals.Mark;
import org.primum.report.DotIntervals.Row;
import org.w3c.dom.Element;

final class DotIntervalsTest {

  private static final DotIntervals PICTURE =
      new DotIntervals(
          "tpr by race",
          List.of(
              new Row.Dot("race=White", .65, .54, .75, Mark.REFERENCE),
              new Row.Dot("race=<Black> & \"x\"", .37, .24, .52, Mark.OUTSIDE),
              new Row.Dot("race=Asian", .88, .6, Double.POSITIVE_INFINITY, Mark.PLAIN),
              new Row.Blank("race=AIAN", "no positives")),
          List.of(new Line(.5, "at least 0.5")));

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  @Test
  void isOneWellFormedPictureWithEveryTextEscaped() throws Exception {
    Element svg = parsed(PICTURE.svg());
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getTextContent()).contains("race=<Black> & \"x\"");
  }

  @Test
  void saysInWordsWhatItShows() throws Exception {
    assertThat(parsed(PICTURE.svg()).getAttribute("aria-label"))
        .isEqualTo(
            "tpr by race: race=White 0.65 (0.54 to 0.75); race=<Black> & \"x\" 0.37 (0.24 to 0.52);"
                + " race=Asian 0.88 (0.60 to ∞); race=AIAN no value, no positives; at least 0.5");
  }

  @Test
  void givesTheSameBytesAgain() {
    assertThat(PICTURE.svg()).isEqualTo(PICTURE.svg());
  }

  @Test
  void drawsNoGroupsAtAll() throws Exception {
    assertThat(parsed(new DotIntervals("empty", List.of(), List.of()).svg()).getTagName())
        .isEqualTo("svg");
  }

  /// The axis of .24 to .88 runs from .2 to 1 in steps of .2; White is at (.65 - .2) / .8 of 336.
  @Test
  void placesDotsOnTheAxis() {
    assertThat(PICTURE.svg()).contains("M195 47").contains(">0.2<").contains(">0.8<");
  }

  @Test
  void writesSharesAsPercentAndDifferencesAsPoints() {
    var rows = List.<Row>of(new Row.Dot("g", -.226, -.283, .01, Mark.PLAIN));
    var lines = List.of(new Line(-.1, "at least −10 points"));
    assertThat(new DotIntervals("d", rows, lines, DotIntervals.Unit.POINTS).svg())
        .contains("−23 points (−28 to 1)")
        .contains(">−20<");
    var share = List.<Row>of(new Row.Dot("g", .342, .312, .372, Mark.PLAIN));
    assertThat(new DotIntervals("s", share, List.of(), DotIntervals.Unit.PERCENT).svg())
        .contains("34 % (31 to 37)");
  }

  /// Lines at −0.1 and dots from −0.03 on: the axis begins a step further left than the line.
  @Test
  void keepsALineOffTheEdgeWhereNamesBegin() {
    var rows = List.<Row>of(new Row.Dot("g", .01, -.03, .05, Mark.PLAIN));
    assertThat(new DotIntervals("d", rows, List.of(new Line(-.1, "l"))).svg())
        .doesNotContain("stroke-dasharray=\"5 3\" d=\"M12 ");
  }

  @Test
  void fitsOneValueOnAnAxis() throws Exception {
    DotIntervals one =
        new DotIntervals("one", List.of(new Row.Dot("g", 0, 0, 0, Mark.PLAIN)), List.of());
    assertThat(parsed(one.svg()).getTextContent()).doesNotContain("NaN");
  }

  /// A name of 40 letters stands in two lines beside its numbers, whole.
  @Test
  void cutsNoNameThatHasRoomInTwoLines() throws Exception {
    String name = "race=American Indian or Alaska Native, of 1,025";
    DotIntervals long1 =
        new DotIntervals("d", List.of(new Row.Dot(name, .5, .4, .6, Mark.PLAIN)), List.of());
    DotIntervals short1 =
        new DotIntervals(
            "d", List.of(new Row.Dot("race=White", .5, .4, .6, Mark.PLAIN)), List.of());
    assertThat(parsed(long1.svg()).getTextContent().replace(" ", ""))
        .contains(name.replace(" ", ""))
        .doesNotContain("…");
    assertThat(height(long1)).isEqualTo(height(short1) + 14);
  }

  private static int height(DotIntervals picture) throws Exception {
    return Integer.parseInt(parsed(picture.svg()).getAttribute("viewBox").replaceFirst(".* ", ""));
  }

  /// Limits at 0.8 and 1.25 on an axis to 3 are nearer than their names are long.
  @Test
  void namesTwoLimitsInTwoLines() {
    var rows = List.<Row>of(new Row.Dot("g", 1, .5, 3, Mark.PLAIN));
    var lines = List.of(new Line(.8, "at least 0.8"), new Line(1.25, "at most 1.25"));
    assertThat(new DotIntervals("d", rows, lines).svg())
        .containsPattern("y=\"12\"[^>]*>at least 0.8<")
        .containsPattern("y=\"26\"[^>]*>at most 1.25<");
  }

  @Test
  void putsPicturesThatHoldTheSameNumbersOnOneScale() {
    var small = List.<Row>of(new Row.Dot("g", .1, .05, .2, Mark.PLAIN));
    String alone = new DotIntervals("d", small, List.of(), DotIntervals.Unit.PERCENT).svg();
    String shared =
        new DotIntervals("d", small, List.of(), DotIntervals.Unit.PERCENT, List.of(.9)).svg();
    assertThat(alone).doesNotContain(">100 %<");
    assertThat(shared).contains(">100 %<");
  }

  /// A limit at −0.1 and nothing else: the axis is not told to a hundred-thousandth of it.
  @Test
  void givesASingleNumberRoomOnBothSides() throws Exception {
    var rows = List.<Row>of(new Row.Blank("g", "too few"));
    DotIntervals one =
        new DotIntervals("d", rows, List.of(new Line(-.1, "l")), DotIntervals.Unit.POINTS);
    assertThat(parsed(one.svg()).getTextContent()).contains("−20").doesNotContain(".");
  }
}
