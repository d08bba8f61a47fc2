package org.primum.report;

import java.util.List;
import java.util.Locale;

/// A picture of which features matter most: one bar a feature, as long as the mean magnitude of its
/// Shapley values.
public final class ShapleyBars {

  /// Drawn for a phone of 360 pixels: the name stands above its bar.
  private static final int WIDTH = 360;

  private static final int LEFT = 6;
  private static final int RIGHT = 354;
  private static final int LANE = 32;
  private static final int BAR = 10;

  private ShapleyBars() {}

  /// One bar.
  ///
  /// @param value at least 0, on the margin scale
  /// @param rest whether it stands for several features added up; then it is drawn paler
  public record Bar(String feature, double value, boolean rest) {

    /// The bar of one feature.
    public Bar(String feature, double value) {
      this(feature, value, false);
    }
  }

  /// The picture as one `<svg>` element; the same bars give the same text.
  ///
  /// @param bars longest first
  public static String svg(List<Bar> bars) {
    return svg("Features by mean magnitude of their Shapley values", bars);
  }

  /// Bars of something else.
  ///
  /// @param title what they are
  public static String svg(String title, List<Bar> bars) {
    int height = LANE * bars.size() + 8;
    StringBuilder svg = new StringBuilder(4096);
    SvgText.open(svg, WIDTH, height, title, alt(bars));
    double longest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), 4 + i * LANE, longest);
    }
    return svg.append("</svg>").toString();
  }

  private static void bar(StringBuilder svg, Bar bar, int top, double longest) {
    double length = longest > 0 ? bar.value() / longest * (RIGHT - LEFT) : 0;
    SvgText.name(svg, bar.feature(), LEFT, top + 12);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\""
                + " style=\"fill:%s\"/>",
            LEFT,
            top + 17,
            Math.max(length, 0.5),
            BAR,
            bar.rest() ? Sketch.mix(Sketch.SOFT, 45, Sketch.CARD) : "var(--series-1)"));
    SvgText.label(svg, SvgText.number(bar.value()), RIGHT, top + 12, "end", "var(--soft)");
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
