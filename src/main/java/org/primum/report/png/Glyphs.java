package org.primum.report.png;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The letters of a TrueType font (Apple and Microsoft, OpenType 1.9: tables head, hhea, hmtx, cmap
/// format 4, loca, glyf), as outlines. Read from this program's own font alone.
final class Glyphs {

  private static final String FONT = "/report/font/DejaVuSans.ttf";

  private static final int ON_CURVE = 1;
  private static final int X_SHORT = 2;
  private static final int Y_SHORT = 4;
  private static final int REPEAT = 8;
  private static final int X_SAME = 16;
  private static final int Y_SAME = 32;

  private static final int WORDS = 1;
  private static final int OFFSETS = 2;
  private static final int SCALE = 8;
  private static final int MORE = 32;
  private static final int TWO_SCALES = 64;
  private static final int MATRIX = 128;

  private final ByteBuffer font;
  private final Map<String, Integer> tables = new HashMap<>();
  private final int unitsPerEm;
  private final boolean isLongLoca;
  private final int widths;

  private Glyphs(ByteBuffer font) {
    this.font = font;
    for (int i = 0; i < font.getShort(4); i++) {
      byte[] tag = new byte[4];
      font.get(12 + 16 * i, tag);
      tables.put(new String(tag, StandardCharsets.US_ASCII), font.getInt(12 + 16 * i + 8));
    }
    this.unitsPerEm = unsigned(table("head") + 18);
    this.isLongLoca = font.getShort(table("head") + 50) == 1;
    this.widths = unsigned(table("hhea") + 34);
  }

  /// The font in this program.
  static Glyphs own() {
    try (InputStream in = Glyphs.class.getResourceAsStream(FONT)) {
      if (in == null) {
        throw new IllegalStateException("the font is not on the class path");
      }
      return new Glyphs(ByteBuffer.wrap(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int table(String tag) {
    Integer at = tables.get(tag);
    if (at == null) {
      throw new IllegalStateException("the font has no table " + tag);
    }
    return at;
  }

  private int unsigned(int at) {
    return Short.toUnsignedInt(font.getShort(at));
  }

  /// How wide a text is at a size in pixels.
  double width(String text, double size) {
    return text.codePoints().mapToDouble(c -> advance(glyph(c))).sum() * size / unitsPerEm;
  }

  private int advance(int glyph) {
    return unsigned(table("hmtx") + 4 * Math.min(glyph, widths - 1));
  }

  /// The outlines of a text.
  ///
  /// @param x where it begins
  /// @param baseline on which it stands
  Outline text(String text, double x, double baseline, double size) {
    Outline outline = new Outline();
    double scale = size / unitsPerEm;
    double at = x;
    for (int c : text.codePoints().toArray()) {
      int glyph = glyph(c);
      draw(outline, glyph, new Place(at, baseline, scale, scale));
      at += advance(glyph) * scale;
    }
    return outline;
  }

  /// Where a glyph's own coordinates lie: upward in the font, downward in the picture.
  private record Place(double x, double y, double scaleX, double scaleY) {

    double x(double units) {
      return x + units * scaleX;
    }

    double y(double units) {
      return y - units * scaleY;
    }
  }

  /// The glyph of a character; 0, a box, where the font has none.
  private int glyph(int character) {
    int map = format4();
    int segments = unsigned(map + 6) / 2;
    for (int i = 0; i < segments; i++) {
      int last = unsigned(map + 14 + 2 * i);
      if (character <= last) {
        int firstAt = map + 16 + 2 * segments + 2 * i;
        int first = unsigned(firstAt);
        int delta = unsigned(firstAt + 2 * segments);
        int offset = unsigned(firstAt + 4 * segments);
        if (character < first) {
          return 0;
        }
        if (offset == 0) {
          return character + delta & 0xffff;
        }
        int found = unsigned(firstAt + 4 * segments + offset + 2 * (character - first));
        return found == 0 ? 0 : found + delta & 0xffff;
      }
    }
    return 0;
  }

  private int format4() {
    int cmap = table("cmap");
    for (int i = 0; i < unsigned(cmap + 2); i++) {
      int map = cmap + font.getInt(cmap + 4 + 8 * i + 4);
      if (unsigned(map) == 4) {
        return map;
      }
    }
    throw new IllegalStateException("the font has no map of characters of format 4");
  }

  private int offset(int glyph) {
    int loca = table("loca");
    return isLongLoca ? font.getInt(loca + 4 * glyph) : 2 * unsigned(loca + 2 * glyph);
  }

  private void draw(Outline outline, int glyph, Place place) {
    if (offset(glyph) == offset(glyph + 1)) {
      return;
    }
    int at = table("glyf") + offset(glyph);
    int contours = font.getShort(at);
    if (contours < 0) {
      parts(outline, at + 10, place);
    } else {
      simple(outline, at + 10, contours, place);
    }
  }

  /// A glyph made of others, such as a letter with an accent.
  private void parts(Outline outline, int from, Place place) {
    int at = from;
    int flags = MORE;
    while ((flags & MORE) != 0) {
      flags = unsigned(at);
      int glyph = unsigned(at + 2);
      boolean words = (flags & WORDS) != 0;
      double dx = words ? font.getShort(at + 4) : font.get(at + 4);
      double dy = words ? font.getShort(at + 6) : font.get(at + 5);
      at += words ? 8 : 6;
      double scaleX = 1;
      double scaleY = 1;
      if ((flags & SCALE) != 0) {
        scaleX = font.getShort(at) / 16384.0;
        scaleY = scaleX;
      } else if ((flags & TWO_SCALES) != 0) {
        scaleX = font.getShort(at) / 16384.0;
        scaleY = font.getShort(at + 2) / 16384.0;
      } else if ((flags & MATRIX) != 0) {
        scaleX = font.getShort(at) / 16384.0;
        scaleY = font.getShort(at + 6) / 16384.0;
      }
      at +=
          (flags & SCALE) != 0 ? 2 : (flags & TWO_SCALES) != 0 ? 4 : (flags & MATRIX) != 0 ? 8 : 0;
      boolean moved = (flags & OFFSETS) != 0;
      draw(
          outline,
          glyph,
          new Place(
              place.x(moved ? dx : 0),
              place.y(moved ? dy : 0),
              place.scaleX() * scaleX,
              place.scaleY() * scaleY));
    }
  }

  private void simple(Outline outline, int from, int contours, Place place) {
    int at = from;
    int[] ends = new int[contours];
    for (int i = 0; i < contours; i++) {
      ends[i] = unsigned(at);
      at += 2;
    }
    at += 2 + unsigned(at);
    int points = contours == 0 ? 0 : ends[contours - 1] + 1;
    int[] flags = new int[points];
    for (int i = 0; i < points; i++) {
      flags[i] = Byte.toUnsignedInt(font.get(at++));
      int again = (flags[i] & REPEAT) != 0 ? Byte.toUnsignedInt(font.get(at++)) : 0;
      for (int k = 0; k < again; k++) {
        flags[i + 1] = flags[i];
        i++;
      }
    }
    int[] xs = new int[points];
    at = coordinates(at, flags, xs, X_SHORT, X_SAME);
    int[] ys = new int[points];
    coordinates(at, flags, ys, Y_SHORT, Y_SAME);
    for (int i = 0; i < contours; i++) {
      contour(outline, i == 0 ? 0 : ends[i - 1] + 1, ends[i], flags, xs, ys, place);
    }
  }

  /// @return the position behind them
  private int coordinates(int from, int[] flags, int[] values, int small, int same) {
    int at = from;
    int value = 0;
    for (int i = 0; i < flags.length; i++) {
      if ((flags[i] & small) != 0) {
        int step = Byte.toUnsignedInt(font.get(at++));
        value += (flags[i] & same) != 0 ? step : -step;
      } else if ((flags[i] & same) == 0) {
        value += font.getShort(at);
        at += 2;
      }
      values[i] = value;
    }
    return at;
  }

  /// Between two points off the curve lies one on it, in their middle.
  private static void contour(
      Outline outline, int first, int last, int[] flags, int[] xs, int[] ys, Place place) {
    List<double[]> points = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      boolean on = (flags[i] & ON_CURVE) != 0;
      boolean wasOn = i > first ? (flags[i - 1] & ON_CURVE) != 0 : (flags[last] & ON_CURVE) != 0;
      int before = i > first ? i - 1 : last;
      if (!on && !wasOn) {
        points.add(new double[] {(xs[i] + xs[before]) / 2.0, (ys[i] + ys[before]) / 2.0, 1});
      }
      points.add(new double[] {xs[i], ys[i], on ? 1 : 0});
    }
    if (!points.isEmpty() && points.getFirst()[2] == 0) {
      points.add(points.removeFirst());
    }
    trace(outline, points, place);
  }

  private static void trace(Outline outline, List<double[]> points, Place place) {
    for (int i = 0; i < points.size(); i++) {
      double[] point = points.get(i);
      if (i == 0) {
        outline.move(place.x(point[0]), place.y(point[1]));
      } else if (point[2] == 1) {
        outline.line(place.x(point[0]), place.y(point[1]));
      } else {
        double[] end = points.get((i + 1) % points.size());
        outline.curve(place.x(point[0]), place.y(point[1]), place.x(end[0]), place.y(end[1]));
        i++;
      }
    }
    outline.close();
  }
}
