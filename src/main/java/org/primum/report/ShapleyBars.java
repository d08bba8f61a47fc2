package org.primum.report;

import java.util.List;
import java.util.Locale;

/// A picture of which features matter most: one bar a feature, as long as the mean magnitude of its
/// Shapley values.
public final class ShapleyBars {

  private static final int WIDTH = 720;
  private static final int LABEL = 200;
  private static final int NUMBER = 80;
  private static final int LANE = 26;
  private static final int BAR = 16;

  private ShapleyBars() {}

  /// One bar.
  ///
  /// @param value at least 0, on the margin scale
  public record Bar(String feature, double value) {}

  /// The picture as one `<svg>` element; the same bars give the same text.
  ///
  /// @param bars longest first
  public static String svg(List<Bar> bars) {
    int height = LANE * bars.size() + 8;
    StringBuilder svg = new StringBuilder(4096);
    SvgText.open(
        svg, WIDTH, height, "Features by mean magnitude of their Shapley values", alt(bars));
    double longest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), 4 + i * LANE, longest);
    }
    return svg.append("</svg>").toString();
  }

  private static void bar(StringBuilder svg, Bar bar, int top, double longest) {
    double space = WIDTH - LABEL - NUMBER;
    double length = longest > 0 ? bar.value() / longest * space : 0;
    SvgText.label(svg, bar.feature(), LABEL - 10, top + LANE / 2 + 5, "end", "var(--ink)");
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\""
                + " style=\"fill:var(--series-1)\"/>",
            LABEL,
            top + (LANE - BAR) / 2,
            Math.max(length, 0.5),
            BAR));
    int end = (int) Math.round(LABEL + length) + 8;
    SvgText.label(
        svg, SvgText.number(bar.value()), end, top + LANE / 2 + 5, "start", "var(--soft)");
  }

  private static String alt(List<Bar> bars) {
    StringBuilder alt = new StringBuilder("Bars, longest first: ");
    for (int i = 0; i < Math.min(5, bars.size()); i++) {
      alt.append(i == 0 ? "" : ", ").append(bars.get(i).feature());
      alt.append(' ').append(SvgText.number(bars.get(i).value()));
    }
    return alt.append('.').toString();
  }
}
