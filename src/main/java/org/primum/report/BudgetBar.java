package org.primum.report;

import java.util.Locale;

/// A budget as a bar: what was spent before, what this release spends, what is left.
public final class BudgetBar {

  private static final double WIDTH = 360;

  private BudgetBar() {}

  /// @param before share of the budget that was spent earlier, from 0 to 1
  /// @param now share that this release spends; with `before` at most 1
  public static String svg(double before, double now) {
    if (!(before >= 0 && now >= 0 && before + now <= 1 + 1e-9)) {
      throw new IllegalArgumentException(
          "shares of a budget add up to at most 1, got " + before + " and " + now);
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 50\" role=\"img\" aria-label=\"budget: "
        + percent(before)
        + " spent before, "
        + percent(now)
        + " now, "
        + percent(Math.max(0, 1 - before - now))
        + " left\"><rect x=\"0\" y=\"6\" width=\"360\" height=\"20\" rx=\"3\""
        + " style=\"fill:var(--grid)\"/>"
        + part(0, before, "var(--soft)")
        + part(before, now, "var(--series-1)")
        + label(0, "spent before " + percent(before), "start")
        + label(WIDTH * 0.57, "now " + percent(now), "middle")
        + label(WIDTH, "left " + percent(Math.max(0, 1 - before - now)), "end")
        + "</svg>";
  }

  private static String part(double from, double share, String fill) {
    return String.format(
        Locale.ROOT,
        "<rect x=\"%.1f\" y=\"6\" width=\"%.1f\" height=\"20\" style=\"fill:%s\"/>",
        from * WIDTH,
        share * WIDTH,
        fill);
  }

  private static String label(double x, String text, String anchor) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"42\" font-size=\"12\" fill=\"currentColor\" text-anchor=\"%s\">%s</text>",
        x,
        anchor,
        Xml.escape(text));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
