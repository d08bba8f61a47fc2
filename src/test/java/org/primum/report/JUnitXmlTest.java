package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.primum.gate.Comparison;
import org.primum.gate.Finding;
import org.primum.gate.Interval;
import org.primum.gate.Measure;
import org.primum.gate.Measurement;
import org.primum.gate.Severity;
import org.primum.gate.Status;
import org.primum.gate.Subject;
import org.primum.gate.Threshold;
import org.primum.gate.Verdict;
import org.w3c.dom.Element;

/// A verdict with one rule of each status; a group's name tries to break out of the XML.
final class JUnitXmlTest {

  private static final String HOSTILE = "race=<b>\"&]]>\u0000\u0008";

  @Test
  void countsEachStatusAsCiServersDo() throws Exception {
    Element suite = parse();
    assertThat(suite.getAttribute("tests")).isEqualTo("5");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
  }

  @Test
  void givesEachStatusItsElement() throws Exception {
    Element suite = parse();
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(5);
    assertThat(message(suite, "failure")).isEqualTo("because FAIL");
    assertThat(message(suite, "error")).isEqualTo("because INCONCLUSIVE");
    assertThat(message(suite, "skipped")).isEqualTo("because WAIVED");
    assertThat(suite.getElementsByTagName("system-out").item(0).getTextContent())
        .isEqualTo("warning: because WARN");
  }

  @Test
  void escapesWhatXmlCannotHold() throws Exception {
    Element first = (Element) parse().getElementsByTagName("testcase").item(0);
    assertThat(first.getAttribute("name")).isEqualTo("rule [race=<b>\"&]]>\uFFFD\uFFFD]");
  }

  private static String message(Element suite, String name) {
    return ((Element) suite.getElementsByTagName(name).item(0)).getAttribute("message");
  }

  private static Element parse() throws Exception {
    var verdict =
        new Verdict(
            "gate",
            "0.1.0",
            Subject.none(),
            List.of(Status.values()).stream().map(JUnitXmlTest::finding).toList(),
            "A sentence.",
            Instant.parse("2026-11-20T12:00:00Z"),
            new Verdict.Expiry.Never());
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(JUnitXml.write(verdict)))
        .getDocumentElement();
  }

  private static Finding finding(Status status) {
    var measurement =
        new Measurement(
            "tpr",
            HOSTILE,
            new Comparison.Alone(),
            new Measure.Known(0.5),
            new Interval.None(),
            OptionalLong.of(12));
    return new Finding(
        "rule",
        measurement,
        new Threshold.AtLeast(0.4),
        "point",
        status,
        Severity.BLOCK,
        "because " + status);
  }
}
