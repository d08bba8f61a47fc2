package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
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

/// A report in which every text a user can influence is an attack.
final class HtmlReportTest {

  private static final String ATTACK =
      "<script src=\"http://evil\">alert('x')</script>&\u202E\u0000";

  private static final String PAGE = HtmlReport.write(report());

  private static Report report() {
    var measurement =
        new Measurement(
            ATTACK,
            ATTACK,
            new Comparison.Alone(),
            new Measure.Unknown(ATTACK),
            new Interval.None(),
            OptionalLong.empty());
    var finding =
        new Finding(
            ATTACK,
            measurement,
            new Threshold.Present(),
            "point",
            Status.FAIL,
            Severity.BLOCK,
            ATTACK);
    var verdict =
        new Verdict(
            "x",
            "0",
            Subject.none(),
            List.of(finding),
            ATTACK,
            Instant.EPOCH,
            new Verdict.Expiry.Never());
    return new Report(
        ATTACK,
        verdict,
        ATTACK,
        List.of(
            Report.Section.of(
                ATTACK,
                new Report.Block.Paragraph(ATTACK),
                new Report.Block.Note(ATTACK),
                new Report.Block.Bullets(List.of(ATTACK)),
                new Report.Block.Figures(List.of(new Report.Fact(ATTACK, ATTACK))),
                new Report.Block.Grid(ATTACK, List.of(ATTACK), List.of(List.of(ATTACK))),
                new Report.Block.Picture("<svg></svg>", ATTACK),
                new Report.Block.Details(ATTACK, List.of(new Report.Block.Paragraph(ATTACK))))));
  }

  @Test
  void escapesEveryText() {
    assertThat(PAGE).doesNotContain("<script").doesNotContain("\u202E").doesNotContain("\u0000");
    assertThat(PAGE.split("&lt;script", -1)).hasSizeGreaterThan(15);
  }

  @Test
  void needsNothingRemoteAndRunsNothing() {
    assertThat(PAGE).doesNotContain("src=\"").doesNotContain("href=").doesNotContain("@import");
    assertThat(PAGE).contains("Content-Security-Policy").contains("default-src 'none'");
  }

  @Test
  void saysTheVerdictBeforeAnythingElse() {
    assertThat(PAGE.indexOf("<h1>Refused</h1>")).isBetween(1, PAGE.indexOf("<h2>"));
  }

  /// Two lines that are not met and six that are, two of which say the same.
  @Test
  void putsWhatIsNotMetFirstAndFoldsWhatIs() {
    var checks = new java.util.ArrayList<Report.Check>();
    for (String group : List.of("g=A", "g=B")) {
      checks.add(new Report.Check(Status.PASS, "same", "in words", group, "inside", ""));
    }
    for (String rule : List.of("r1", "r2", "r3", "r4")) {
      checks.add(new Report.Check(Status.PASS, rule, "", "", "inside", ""));
    }
    checks.add(new Report.Check(Status.WARN, "warned", "", "", "near", ""));
    checks.add(new Report.Check(Status.FAIL, "broken", "", "g=C", "outside", "numbers"));

    String page = HtmlReport.write(report().checking(checks));

    assertThat(page).contains("<summary>6 of 8 are met</summary>").contains("g=A; g=B: inside");
    assertThat(page.indexOf("broken")).isLessThan(page.indexOf("warned"));
    assertThat(page.indexOf("warned")).isLessThan(page.indexOf("<summary>6 of 8"));
  }

  /// Twelve groups are too small for one rule, nine of them alike, and one of those twice.
  @Test
  void saysARuleOnceWithAllItSaysOfGroupsBelowIt() {
    var checks = new java.util.ArrayList<Report.Check>();
    for (int i = 0; i < 10; i++) {
      checks.add(
          new Report.Check(Status.INCONCLUSIVE, "r", "in words", "g=" + i % 9, "too few", ""));
    }
    for (int i = 0; i < 9; i++) {
      checks.add(
          new Report.Check(Status.INCONCLUSIVE, "r", "in words", "h=" + i, "has " + i, "detail"));
    }
    checks.add(new Report.Check(Status.FAIL, "r", "in words", "g=X", "outside", ""));

    String page = HtmlReport.write(report().checking(checks));

    assertThat(page.split("> in words<", -1)).as("not met, and not known").hasSize(3);
    assertThat(page)
        .contains("g=0; g=1; g=2; g=3; g=4; g=5; g=6; g=7; g=8: too few")
        .contains("<summary>4 more</summary>");
    assertThat(page.indexOf("h=4: has 4")).isLessThan(page.indexOf("<summary>4 more"));
    assertThat(page.indexOf("h=5: has 5")).isGreaterThan(page.indexOf("<summary>4 more"));
  }

  @Test
  void putsPicturesWithNumbersInThemInWiderColumns() {
    var panels =
        new Report.Block.Panels(
            "c", List.of(new Report.Panel("p", "", "<svg></svg>")), Report.Block.Width.LARGE);
    String page =
        HtmlReport.write(
            new Report("t", report().verdict(), "", List.of(Report.Section.of("s", panels))));
    assertThat(page).contains("<div class=\"panels large\">");
  }

  @Test
  void saysWhatWasDoneWhereThatSaysMore() {
    assertThat(HtmlReport.write(report().headed("Not promoted"))).contains("<h1>Not promoted</h1>");
  }

  @Test
  void leavesValuesThatDoNotExistOutOfPrometheus() {
    var known = Measurement.overall("auroc", new Measure.Known(0.75), new Interval.None(), 40);
    var unknown =
        Measurement.overall("ppv", new Measure.Unknown("nobody selected"), new Interval.None(), 0);

    String text = PrometheusText.write(report().verdict(), List.of(known, unknown));

    assertThat(text)
        .contains("primum_gate_status{step=\"x\"} 4\n")
        .contains("metric=\"auroc\",group=\"overall\",stat=\"value\"} 0.75\n")
        .contains("metric=\"auroc\",group=\"overall\",stat=\"n\"} 40\n")
        .doesNotContain("ppv")
        .doesNotContain("NaN");
  }
}
