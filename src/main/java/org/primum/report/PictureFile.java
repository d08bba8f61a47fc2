package org.primum.report;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.primum.report.png.Raster;

/// A picture of the report as a file of its own, for slides and papers.
public final class PictureFile {

  /// A picture of 360 units is as wide as a column of a paper at 300 dots an inch.
  private static final int SCALE = 3;

  private static final Pattern NAME = Pattern.compile("--([a-z0-9-]+):(#[0-9a-fA-F]{3,6})");
  private static final Pattern BOX = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"");

  private PictureFile() {}

  /// The picture with its colors, light or dark as the reader's machine is, and a size.
  ///
  /// @param svg one `<svg>` element of this package
  public static byte[] svg(String svg) {
    String style = HtmlReport.style();
    String colors = style.substring(0, style.indexOf("\n*"));
    Matcher box = BOX.matcher(svg);
    String size =
        box.find() ? " width=\"" + box.group(1) + "\" height=\"" + box.group(2) + "\"" : "";
    int end = svg.indexOf('>');
    String whole =
        svg.substring(0, end)
            + size
            + " font-family=\"system-ui,sans-serif\"><style>"
            + colors
            + "</style><rect width=\"100%\" height=\"100%\" style=\"fill:var(--card)\"/>"
            + svg.substring(end + 1)
            + "\n";
    return whole.getBytes(StandardCharsets.UTF_8);
  }

  /// The picture in pixels, in light colors; the same picture gives the same bytes.
  ///
  /// @param svg one `<svg>` element of this package
  public static byte[] png(String svg) {
    Map<String, String> names = new TreeMap<>();
    Matcher name = NAME.matcher(HtmlReport.style());
    while (name.find()) {
      names.putIfAbsent(name.group(1), name.group(2).toLowerCase(java.util.Locale.ROOT));
    }
    return Raster.png(svg, names, SCALE);
  }
}
