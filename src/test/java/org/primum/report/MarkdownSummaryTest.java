package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.primum.gate.Finding;
import org.primum.gate.Status;

/// Findings written in the order of the policy, read in the order of need.
final class MarkdownSummaryTest {

  private static String write(List<Finding> findings) {
    return MarkdownSummary.write(Findings.report(findings), "out/audit/report.html");
  }

  @Test
  void theVerdictComesFirstAndTheWorstRuleBeforeTheOthers() {
    String page =
        write(
            List.of(
                Findings.of("fine", "race=Asian", 0.01, Status.PASS),
                Findings.of("open", "race=Other", -0.04, Status.INCONCLUSIVE),
                Findings.of("broken", "race=Black", -0.25, Status.FAIL)));
    assertThat(page)
        .startsWith("## Fairness audit of p\n\n**Refused**. A sentence.\n\nThe lead.\n")
        .containsSubsequence(
            "### Needs attention (2)",
            "| **not met** | broken | race=Black against race=White | tpr difference | -0.2500 |"
                + " \\[-0.3500, -0.1500\\] | at least -0.05 | 1,234 |",
            "| **not known** | open |",
            "* **broken**, race=Black: because FAIL",
            "### Met (1)",
            "| met | fine |")
        .contains("`out/audit/report.html`");
  }

  @Test
  void whereAllIsMetNothingNeedsAttention() {
    assertThat(write(List.of(Findings.of("fine", "race=Asian", 0.01, Status.PASS))))
        .contains("**Passed**", "### What was asked, and is met (1)")
        .doesNotContain("attention", "What that means");
  }

  @Test
  void noTextOpensMarkup() {
    String hostile = "a|b<script>`x`*y*_z_[l](http://e)\n# $m$ ![i](www.e) @all\u202E";
    String page = write(List.of(Findings.of(hostile, hostile, -0.25, Status.FAIL)));
    assertThat(page)
        .contains(
            "a\\|b&lt;script&gt;\\`x\\`\\*y\\*\\_z\\_\\[l\\](http\\://e) \\# \\$m\\$"
                + " \\!\\[i\\](www\\.e) \\@all\uFFFD")
        .doesNotContain("<script", "\u202E");
    String row = page.lines().filter(line -> line.contains("not met")).findFirst().orElseThrow();
    assertThat(row.replace("\\|", "").chars().filter(c -> c == '|').count()).isEqualTo(9);
  }

  @Test
  void aLongListStopsBeforeTheLimitAndSaysSo() {
    List<Finding> many =
        IntStream.range(0, 2000)
            .mapToObj(i -> Findings.of("rule-" + i, "race=Group " + i, -0.25, Status.FAIL))
            .toList();
    String page = write(many);
    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(60_000);
    assertThat(page)
        .contains("### Needs attention (2000)", "more, which the report has", "| rule-0 |")
        .endsWith("primum fairness-audit 0.1.0\n");
  }
}
