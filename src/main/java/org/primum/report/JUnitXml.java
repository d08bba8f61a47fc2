package org.primum.report;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.primum.gate.Finding;
import org.primum.gate.Measurement;
import org.primum.gate.Status;
import org.primum.gate.Verdict;

/// A verdict as JUnit XML, which CI servers show as tests: one test case a rule. A rule that fails
/// is a `failure`, one that cannot be known an `error`, a waived one is `skipped`; a warning passes
/// and says so in `system-out`.
public final class JUnitXml {

  private JUnitXml() {}

  /// The document as bytes, UTF-8.
  public static byte[] write(Verdict verdict) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      writeSuite(xml, verdict);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory does not fail", e);
    }
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void writeSuite(XMLStreamWriter xml, Verdict verdict) throws XMLStreamException {
    List<Finding> findings = verdict.findings();
    xml.writeStartElement("testsuite");
    attribute(xml, "name", "primum " + verdict.step());
    attribute(xml, "tests", String.valueOf(findings.size()));
    attribute(xml, "failures", count(findings, Status.FAIL));
    attribute(xml, "errors", count(findings, Status.INCONCLUSIVE));
    attribute(xml, "skipped", count(findings, Status.WAIVED));
    attribute(xml, "time", "0");
    attribute(xml, "timestamp", verdict.createdAt().toString());
    for (Finding finding : findings) {
      writeCase(xml, verdict.step(), finding);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static void writeCase(XMLStreamWriter xml, String step, Finding finding)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    attribute(xml, "classname", "primum." + step);
    attribute(xml, "name", name(finding));
    attribute(xml, "time", "0");
    switch (finding.status()) {
      case FAIL -> writeOutcome(xml, "failure", finding);
      case INCONCLUSIVE -> writeOutcome(xml, "error", finding);
      case WAIVED -> writeSkipped(xml, finding);
      case WARN -> writeText(xml, "system-out", "warning: " + finding.reason());
      case PASS -> {}
    }
    xml.writeEndElement();
  }

  private static void writeOutcome(XMLStreamWriter xml, String element, Finding finding)
      throws XMLStreamException {
    xml.writeStartElement(element);
    attribute(xml, "type", finding.status().name().toLowerCase(Locale.ROOT));
    attribute(xml, "message", finding.reason());
    xml.writeCharacters(legal(finding.reason()));
    xml.writeEndElement();
  }

  private static void writeSkipped(XMLStreamWriter xml, Finding finding) throws XMLStreamException {
    xml.writeStartElement("skipped");
    attribute(xml, "message", finding.reason());
    xml.writeEndElement();
  }

  private static void writeText(XMLStreamWriter xml, String element, String text)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeCharacters(legal(text));
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  private static String name(Finding finding) {
    Measurement measurement = finding.measurement();
    return measurement.group().equals(Measurement.OVERALL)
        ? finding.rule()
        : finding.rule() + " [" + measurement.group() + "]";
  }

  private static String count(List<Finding> findings, Status status) {
    return String.valueOf(findings.stream().filter(f -> f.status() == status).count());
  }

  /// The text without the characters XML 1.0 cannot hold, not even escaped.
  private static String legal(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints().map(c -> isLegal(c) ? c : '\uFFFD').forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
