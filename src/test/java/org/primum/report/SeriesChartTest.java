package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.primum.report.SeriesChart.Dot;
import org.primum.report.SeriesChart.Series;
import org.w3c.dom.Element;

final class SeriesChartTest {

  private static final SeriesChart CHART =
      new SeriesChart(
          "mean need by tenth",
          "tenth",
          "mean need",
          4,
          List.of(
              new Series("race=White", List.of(new Dot(1, 0, 0, 0), new Dot(2, 2, 1, 4))),
              new Series("race=<Black>", List.of(new Dot(1, -1.25, -2, 0), new Dot(4, 3, 3, 3)))));

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  @Test
  void saysInWordsWhatItShows() throws Exception {
    assertThat(parsed(CHART.svg()).getAttribute("aria-label"))
        .isEqualTo("mean need by tenth. race=White 1: 0, 2: 2; race=<Black> 1: −1.25, 4: 3");
  }

  /// From -2 to 4 in steps of 2; the plot is 200 high and begins below two names, at 62.
  @Test
  void namesLinesAndAxesWithTheirUnits() throws Exception {
    assertThat(parsed(CHART.svg()).getTextContent())
        .contains("race=White", "race=<Black>", "mean need", "tenth", "−2", "024");
    assertThat(CHART.svg()).contains("stroke-dasharray=\"7 3\"");
  }

  @Test
  void givesTheSameBytesAgain() {
    assertThat(CHART.svg()).isEqualTo(CHART.svg());
  }

  @Test
  void drawsNoMoreLinesThanCanBeToldApart() {
    List<Series> five = Collections.nCopies(5, new Series("g", List.of(new Dot(1, 1, 1, 1))));
    assertThatThrownBy(() -> new SeriesChart("t", "x", "y", 10, five))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
