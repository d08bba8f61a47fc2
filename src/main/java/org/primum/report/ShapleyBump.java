package org.primum.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// A picture of how the order of features changed between two summaries (a bump chart): ranks
/// before on the left, ranks now on the right, a line from one to the other. A feature that came up
/// has a thick line, one that went down a dashed one.
public final class ShapleyBump {

  private static final int LANE = 24;
  private static final int TOP = 34;
  private static final int FROM = 148;
  private static final int TO = 212;

  private ShapleyBump() {}

  /// A feature and its places, from 1 on; empty where it is not among the listed ones.
  public record Place(String feature, OptionalInt before, OptionalInt now) {}

  /// The picture as one `<svg>` element.
  ///
  /// @param before what the left side is called, short
  /// @param now what the right side is called, short
  /// @param ranks how many ranks are drawn on each side; what lies beyond is off the picture
  public static String svg(String before, String now, int ranks, List<Place> places) {
    int bottom = TOP + LANE * ranks;
    Sketch sketch = new Sketch(bottom + 30, "How the order of features changed", alt(places));
    sketch.name(FROM - 8, 16, "end", before, FROM - 16);
    sketch.name(TO + 8, 16, "start", now, Sketch.RIGHT - TO - 8);
    for (Place place : places) {
      if (isDrawn(place.before(), ranks) || isDrawn(place.now(), ranks)) {
        line(sketch, place, ranks);
      }
    }
    for (Place place : places) {
      name(sketch, place.feature(), place.before(), ranks, FROM - 8, "end");
      name(sketch, place.feature(), place.now(), ranks, TO + 8, "start");
    }
    String below = "below: rank " + (ranks + 1) + " and later";
    sketch.label((FROM + TO) / 2.0, bottom + 22, "middle", below);
    return sketch.svg();
  }

  private static boolean isDrawn(OptionalInt rank, int ranks) {
    return rank.isPresent() && rank.getAsInt() <= ranks;
  }

  private static double y(OptionalInt rank, int ranks) {
    int at = rank.isPresent() ? Math.min(rank.getAsInt(), ranks + 1) : ranks + 1;
    return TOP + LANE * (at - 0.5) - (at > ranks ? 6 : 0);
  }

  private static void line(Sketch sketch, Place place, int ranks) {
    double from = y(place.before(), ranks);
    double to = y(place.now(), ranks);
    boolean up = to < from;
    boolean down = to > from;
    String color = up ? Sketch.RAISES : down ? Sketch.LOWERS : Sketch.SOFT;
    String d =
        String.format(
            Locale.ROOT,
            "M%d %sC%d %s %d %s %d %s",
            FROM,
            Sketch.place(from),
            FROM + 30,
            Sketch.place(from),
            TO - 30,
            Sketch.place(to),
            TO,
            Sketch.place(to));
    sketch.line(d, color, up ? 3.5 : 2, down ? "6 3" : "");
    StringBuilder ends = new StringBuilder();
    ends.append(isDrawn(place.before(), ranks) ? Sketch.dot(FROM, from) : "");
    ends.append(isDrawn(place.now(), ranks) ? Sketch.dot(TO, to) : "");
    sketch.dots(ends, color, 8);
  }

  private static void name(
      Sketch sketch, String feature, OptionalInt rank, int ranks, int x, String anchor) {
    if (isDrawn(rank, ranks)) {
      int at = rank.getAsInt();
      String text = anchor.equals("end") ? feature : at + " " + feature;
      double room = 0.85 * (FROM - 16);
      String whole =
          anchor.equals("end") ? Sketch.cut(feature, room - 20) + " " + at : Sketch.cut(text, room);
      sketch.text(x, y(rank, ranks) + 4, anchor, Sketch.INK, whole);
    }
  }

  private static String alt(List<Place> places) {
    List<String> parts = new ArrayList<>();
    for (Place place : places) {
      parts.add(place.feature() + " " + rank(place.before()) + " to " + rank(place.now()));
    }
    return "Ranks before and now: " + String.join("; ", parts) + ".";
  }

  private static String rank(OptionalInt rank) {
    return rank.isPresent() ? Integer.toString(rank.getAsInt()) : "not listed";
  }
}
