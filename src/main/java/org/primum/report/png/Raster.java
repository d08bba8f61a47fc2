package org.primum.report.png;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// An SVG of this program's pictures as a PNG file. It needs no window system, no fonts of the
/// machine and no library; the same picture gives the same bytes with the same Java.
public final class Raster {

  private final Canvas canvas;
  private final Colors colors;
  private final Glyphs glyphs;
  private final double scale;

  private Raster(Canvas canvas, Colors colors, Glyphs glyphs, double scale) {
    this.canvas = canvas;
    this.colors = colors;
    this.glyphs = glyphs;
    this.scale = scale;
  }

  /// @param names what each CSS name of a color stands for
  /// @param scale pixels for each unit of the picture
  /// @throws IllegalArgumentException where the picture uses what none of ours does
  public static byte[] png(String svg, Map<String, String> names, int scale) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(svg));
      xml.nextTag();
      return draw(xml, new Colors(names), scale);
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("the picture is no SVG", e);
    }
  }

  private static byte[] draw(XMLStreamReader xml, Colors colors, int scale)
      throws XMLStreamException {
    String[] box = attributes(xml).getOrDefault("viewBox", "0 0 1 1").split(" ", -1);
    Canvas canvas =
        new Canvas(
            (int) Math.ceil(Double.parseDouble(box[2]) * scale),
            (int) Math.ceil(Double.parseDouble(box[3]) * scale),
            colors.of("var(--card)"));
    Raster raster = new Raster(canvas, colors, Glyphs.own(), scale);
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT) {
        raster.element(xml);
      }
    }
    return PngBytes.of(canvas);
  }

  private void element(XMLStreamReader xml) throws XMLStreamException {
    Map<String, String> attributes = attributes(xml);
    switch (xml.getLocalName()) {
      case "g" -> {}
      case "title", "desc" -> xml.getElementText();
      case "rect" -> shape(rectangle(attributes), attributes);
      case "path" -> shape(PathData.read(attributes.getOrDefault("d", "")), attributes);
      case "text" -> text(xml.getElementText(), attributes);
      default -> throw new IllegalArgumentException("<" + xml.getLocalName() + "> is not drawn");
    }
  }

  /// Attributes, and the properties of the style among them.
  private static Map<String, String> attributes(XMLStreamReader xml) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
    }
    for (String property : attributes.getOrDefault("style", "").split(";", -1)) {
      int colon = property.indexOf(':');
      if (colon > 0) {
        attributes.put(property.substring(0, colon), property.substring(colon + 1));
      }
    }
    return attributes;
  }

  private static double number(Map<String, String> attributes, String name, double otherwise) {
    String text = attributes.get(name);
    return text == null ? otherwise : Double.parseDouble(text.replace("px", ""));
  }

  private static Outline rectangle(Map<String, String> attributes) {
    double x = number(attributes, "x", 0);
    double y = number(attributes, "y", 0);
    double right = x + number(attributes, "width", 0);
    double bottom = y + number(attributes, "height", 0);
    Outline outline = new Outline();
    outline.move(x, y);
    outline.line(right, y);
    outline.line(right, bottom);
    outline.line(x, bottom);
    outline.close();
    return outline;
  }

  private void shape(Outline outline, Map<String, String> attributes) {
    Outline scaled = outline.scaled(scale);
    String fill = attributes.getOrDefault("fill", "none");
    if (!fill.equals("none")) {
      canvas.fill(scaled, colors.of(fill));
    }
    String stroke = attributes.getOrDefault("stroke", "none");
    if (!stroke.equals("none")) {
      boolean round = attributes.getOrDefault("stroke-linecap", "butt").equals("round");
      String dashes = attributes.getOrDefault("stroke-dasharray", "");
      Outline drawn = dashes.isEmpty() ? scaled : dashed(scaled, dashes);
      canvas.stroke(drawn, number(attributes, "stroke-width", 1) * scale, round, colors.of(stroke));
    }
  }

  private Outline dashed(Outline outline, String dashes) {
    double[] lengths =
        Arrays.stream(dashes.split("[ ,]+", -1))
            .mapToDouble(d -> Double.parseDouble(d) * scale)
            .toArray();
    Outline cut = new Outline();
    for (List<Outline.Point> contour : outline.contours()) {
      dash(cut, new ArrayList<>(contour), lengths);
    }
    return cut;
  }

  private static void dash(Outline cut, List<Outline.Point> contour, double[] lengths) {
    int dash = 0;
    double left = lengths[0];
    Outline.Point at = contour.getFirst();
    cut.move(at.x(), at.y());
    for (int i = 1; i < contour.size(); ) {
      Outline.Point to = contour.get(i);
      double length = Math.hypot(to.x() - at.x(), to.y() - at.y());
      double step = Math.min(left, length);
      double share = length > 0 ? step / length : 1;
      at =
          new Outline.Point(at.x() + (to.x() - at.x()) * share, at.y() + (to.y() - at.y()) * share);
      if (dash % 2 == 0) {
        cut.line(at.x(), at.y());
      }
      left -= step;
      i += step >= length ? 1 : 0;
      if (left <= 0) {
        dash++;
        left = lengths[dash % lengths.length];
        if (dash % 2 == 0) {
          cut.move(at.x(), at.y());
        }
      }
    }
  }

  private void text(String text, Map<String, String> attributes) {
    double size = number(attributes, "font-size", 12) * scale;
    double width = glyphs.width(text, size);
    double anchor =
        switch (attributes.getOrDefault("text-anchor", "start")) {
          case "middle" -> width / 2;
          case "end" -> width;
          default -> 0;
        };
    double x = number(attributes, "x", 0) * scale - anchor;
    Outline outline = glyphs.text(text, x, number(attributes, "y", 0) * scale, size);
    String halo = attributes.getOrDefault("stroke", "none");
    if (!halo.equals("none")) {
      canvas.stroke(outline, number(attributes, "stroke-width", 1) * scale, true, colors.of(halo));
    }
    canvas.fill(outline, colors.of(attributes.getOrDefault("fill", "#000000")));
  }
}
