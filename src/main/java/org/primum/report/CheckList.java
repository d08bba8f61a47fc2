package org.primum.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.primum.gate.Status;
import org.primum.report.Report.Check;

/// What was asked and what came out, as a part of a page: what is not met first, a rule once with
/// all it says of groups below it, and folded away what most readers skip.
final class CheckList {

  /// More lines than this that are met are folded away.
  private static final int UNFOLDED = 4;

  /// Of one rule, more outcomes than this are folded away.
  private static final int OUTCOMES = 6;

  /// Of one outcome, more groups than this are counted; the tables below name them.
  private static final int NAMES = 8;

  private CheckList() {}

  static void write(StringBuilder out, List<Check> checks) {
    out.append("<section><h2>What was asked, and what came out</h2>");
    List<Check> open =
        checks.stream()
            .filter(c -> c.status() != Status.PASS)
            .sorted((a, b) -> b.status().compareTo(a.status()))
            .toList();
    list(out, byRule(merged(open)));
    List<List<Check>> met =
        byRule(merged(checks.stream().filter(c -> c.status() == Status.PASS).toList()));
    boolean folded = met.stream().mapToInt(List::size).sum() > UNFOLDED;
    if (folded) {
      long count = (long) checks.size() - open.size();
      out.append("<details class=\"met\"><summary>");
      out.append(open.isEmpty() ? "All " + count : count + " of " + checks.size());
      out.append(" are met</summary>");
    }
    list(out, met);
    out.append(folded ? "</details></section>\n" : "</section>\n");
  }

  /// Checks that say the same of several groups, as one line.
  private static List<Check> merged(List<Check> checks) {
    Map<List<String>, List<Check>> lines = new LinkedHashMap<>();
    for (Check check : checks) {
      List<String> said =
          List.of(
              check.status().name(),
              check.rule(),
              check.meaning(),
              check.outcome(),
              check.detail());
      lines.computeIfAbsent(said, _ -> new ArrayList<>()).add(check);
    }
    return lines.values().stream().map(CheckList::joined).toList();
  }

  private static Check joined(List<Check> alike) {
    Check first = alike.getFirst();
    List<String> groups = alike.stream().map(Check::group).distinct().toList();
    int more = groups.size() - NAMES;
    String names =
        more > 1
            ? String.join("; ", groups.subList(0, NAMES)) + " and " + more + " more groups"
            : String.join("; ", groups);
    return new Check(
        first.status(), first.rule(), first.meaning(), names, first.outcome(), first.detail());
  }

  /// Checks of one status, rule and meaning together, in the order of the first.
  private static List<List<Check>> byRule(List<Check> checks) {
    Map<List<String>, List<Check>> rules = new LinkedHashMap<>();
    for (Check check : checks) {
      List<String> key = List.of(check.status().name(), check.rule(), check.meaning());
      rules.computeIfAbsent(key, _ -> new ArrayList<>()).add(check);
    }
    return List.copyOf(rules.values());
  }

  private static void list(StringBuilder out, List<List<Check>> rules) {
    if (rules.isEmpty()) {
      return;
    }
    out.append("<ul class=\"findings\">");
    rules.forEach(rule -> rule(out, rule));
    out.append("</ul>");
  }

  private static void rule(StringBuilder out, List<Check> checks) {
    Check first = checks.getFirst();
    out.append("<li class=\"").append(HtmlReport.tone(first.status())).append("\">");
    HtmlReport.tag(out, "span", "badge", word(first.status()));
    out.append("<div><p class=\"rule\">");
    HtmlReport.tag(out, "b", "", first.rule());
    if (!first.meaning().isEmpty()) {
      HtmlReport.tag(out, "span", "meaning", " " + first.meaning());
    }
    out.append("</p>");
    boolean folds = checks.size() > OUTCOMES + 1;
    List<Check> shown = folds ? checks.subList(0, OUTCOMES) : checks;
    shown.forEach(check -> outcome(out, check));
    if (folds) {
      out.append("<details class=\"met\"><summary>");
      out.append(checks.size() - OUTCOMES).append(" more</summary>");
      checks.subList(OUTCOMES, checks.size()).forEach(check -> outcome(out, check));
      out.append("</details>");
    }
    out.append("</div></li>");
  }

  private static void outcome(StringBuilder out, Check check) {
    String of = check.group().isEmpty() ? "" : check.group() + ": ";
    HtmlReport.tag(out, "p", "", of + check.outcome());
    if (!check.detail().isEmpty()) {
      HtmlReport.tag(out, "p", "detail", check.detail());
    }
  }

  private static String word(Status status) {
    return switch (status) {
      case PASS -> "met";
      case WAIVED -> "waived";
      case WARN -> "warning";
      case INCONCLUSIVE -> "not known";
      case FAIL -> "not met";
    };
  }
}
