package org.primum.report.png;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.primum.report.png.Outline.Point;

/// The `d` of an SVG path, as far as the pictures use it: M, L, H, V, C, h, v, l and z.
final class PathData {

  private static final Pattern TOKEN =
      Pattern.compile("([A-Za-z])|(-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)");

  private PathData() {}

  static Outline read(String d) {
    Outline outline = new Outline();
    Matcher tokens = TOKEN.matcher(d);
    String command = "";
    List<Double> numbers = new ArrayList<>();
    while (tokens.find()) {
      String letter = tokens.group(1);
      if (letter != null) {
        draw(outline, command, numbers);
        command = letter;
        numbers.clear();
      } else {
        numbers.add(Double.valueOf(tokens.group()));
      }
    }
    draw(outline, command, numbers);
    return outline;
  }

  private static void draw(Outline outline, String command, List<Double> n) {
    Point at = outline.at();
    switch (command) {
      case "" -> {}
      case "M" -> outline.move(n.get(0), n.get(1));
      case "L" -> outline.line(n.get(0), n.get(1));
      case "l" -> outline.line(at.x() + n.get(0), at.y() + n.get(1));
      case "H" -> outline.line(n.get(0), at.y());
      case "h" -> outline.line(at.x() + n.get(0), at.y());
      case "V" -> outline.line(at.x(), n.get(0));
      case "v" -> outline.line(at.x(), at.y() + n.get(0));
      case "C" ->
          outline.curve(
              new Point(n.get(0), n.get(1)),
              new Point(n.get(2), n.get(3)),
              new Point(n.get(4), n.get(5)));
      case "Z", "z" -> outline.close();
      default -> throw new IllegalArgumentException("a path with '" + command + "' is not drawn");
    }
  }
}
