package org.primum.report.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// What is drawn is read back by Java's own PNG reader. The card is white, ink is black.
final class RasterTest {

  private static final Map<String, String> NAMES =
      Map.of("card", "#fff", "ink", "#000000", "blue", "#2f6db3");

  private static BufferedImage drawn(String inside, int scale) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes(inside, scale)));
  }

  private static byte[] bytes(String inside, int scale) {
    return Raster.png(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 10\">" + inside + "</svg>",
        NAMES,
        scale);
  }

  private static int at(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  @Test
  void aBoxFillsItsPixelsAndNoOthers() throws Exception {
    BufferedImage image =
        drawn("<rect x=\"2\" y=\"3\" width=\"4\" height=\"2\" style=\"fill:var(--blue)\"/>", 2);
    assertThat(image.getWidth()).isEqualTo(40);
    assertThat(image.getHeight()).isEqualTo(20);
    assertThat(at(image, 4, 6)).isEqualTo(0x2f6db3);
    assertThat(at(image, 11, 9)).isEqualTo(0x2f6db3);
    assertThat(at(image, 3, 6)).isEqualTo(0xffffff);
    assertThat(at(image, 12, 9)).isEqualTo(0xffffff);
    assertThat(at(image, 4, 10)).isEqualTo(0xffffff);
  }

  /// Half of the pixel (2, 3) and a quarter of (2, 4) are covered: 255 / 2 and 255 * 3 / 4.
  @Test
  void aPixelTakesAsMuchColorAsIsCoveredOfIt() throws Exception {
    BufferedImage image =
        drawn("<rect x=\"2.5\" y=\"3\" width=\"4\" height=\"1.5\" style=\"fill:#000\"/>", 1);
    assertThat(at(image, 2, 3) & 0xff).isEqualTo(128);
    assertThat(at(image, 2, 4) & 0xff).isEqualTo(191);
    assertThat(at(image, 3, 3)).isZero();
  }

  /// A triangle covers half of the pixels on its long side.
  @Test
  void slantedEdgesAreSmooth() throws Exception {
    BufferedImage image = drawn("<path d=\"M0 0L10 10L0 10z\" style=\"fill:#000\"/>", 1);
    assertThat(at(image, 4, 4) & 0xff).isCloseTo(128, within(1));
    assertThat(at(image, 2, 7)).isZero();
    assertThat(at(image, 7, 2)).isEqualTo(0xffffff);
  }

  /// A dot is a line of no length with a round end: its area is that of a circle, up to the
  /// circle's 24 corners.
  @Test
  void aDotIsRound() throws Exception {
    BufferedImage image =
        drawn(
            "<path d=\"M10 5h0\" fill=\"none\" stroke-linecap=\"round\" stroke-width=\"8\""
                + " style=\"stroke:#000\"/>",
            4);
    double covered = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        covered += (255 - (at(image, x, y) & 0xff)) / 255.0;
      }
    }
    assertThat(covered).isCloseTo(Math.PI * 16 * 16, within(0.02 * Math.PI * 256));
    assertThat(at(image, 40, 20)).isZero();
  }

  /// A line of 10 in dashes of 3 and gaps of 2.
  @Test
  void dashesHaveGaps() throws Exception {
    BufferedImage image =
        drawn(
            "<path d=\"M0 5.5H10\" fill=\"none\" stroke-width=\"1\" stroke-dasharray=\"3 2\""
                + " style=\"stroke:#000\"/>",
            1);
    assertThat(at(image, 1, 5)).isZero();
    assertThat(at(image, 3, 5)).isEqualTo(0xffffff);
    assertThat(at(image, 4, 5)).isEqualTo(0xffffff);
    assertThat(at(image, 6, 5)).isZero();
    assertThat(at(image, 9, 5)).isEqualTo(0xffffff);
  }

  /// CSS Color 4: half white, half black in Oklab is `rgb(99, 99, 99)`.
  @Test
  void colorsMixAsBrowsersMixThem() throws Exception {
    BufferedImage image =
        drawn(
            "<rect width=\"20\" height=\"10\""
                + " style=\"fill:color-mix(in oklab,var(--ink) 50%,var(--card))\"/>",
            1);
    assertThat(at(image, 5, 5)).isEqualTo(0x636363);
  }

  /// Widths and heights of the font's letters as fontTools 4 prints them: an H is 1540 units wide,
  /// its strokes stand from 201 to 1339, from 0 to 1493; an em has 2048.
  @Test
  void lettersAreThoseOfTheFont() throws Exception {
    Glyphs glyphs = Glyphs.own();
    assertThat(glyphs.width("H", 2048)).isEqualTo(1540);
    assertThat(glyphs.width("HM", 2048)).isEqualTo(1540 + 1767);
    assertThat(glyphs.width("→−é ", 2048)).isEqualTo(1716 + 1716 + 1260 + 651);
    assertThat(bounds(glyphs.text("H", 0, 0, 2048))).containsExactly(201, -1493, 1339, 0);
    assertThat(bounds(glyphs.text("é", 100, 0, 2048))).containsExactly(213, -1638, 1251, 29);
    assertThat(bounds(glyphs.text("→", 0, 0, 2048))).containsExactly(117, -1080, 1616, -204);
  }

  private static int[] bounds(Outline outline) {
    double minX = Double.MAX_VALUE;
    double minY = Double.MAX_VALUE;
    double maxX = -Double.MAX_VALUE;
    double maxY = -Double.MAX_VALUE;
    for (var contour : outline.contours()) {
      for (Outline.Point point : contour) {
        minX = Math.min(minX, point.x());
        minY = Math.min(minY, point.y());
        maxX = Math.max(maxX, point.x());
        maxY = Math.max(maxY, point.y());
      }
    }
    return new int[] {(int) minX, (int) minY, (int) maxX, (int) maxY};
  }

  /// The counter of an O stays empty, and its ring is drawn; the O of the font is 1612 wide.
  @Test
  void textStandsWhereItIsAnchored() throws Exception {
    String text =
        "<text x=\"%d\" y=\"9\" text-anchor=\"%s\" font-size=\"10\" style=\"fill:#000\">O</text>";
    BufferedImage start = drawn(text.formatted(4, "start"), 4);
    BufferedImage end = drawn(text.formatted(12, "end"), 4);
    assertThat(at(start, 4 * 4 + 15, 36 - 14)).isEqualTo(0xffffff);
    assertThat(darkest(start, 0, 16)).isGreaterThan(250);
    assertThat(darkest(start, 16, 48)).isLessThan(5);
    assertThat(darkest(end, 49, 80)).isGreaterThan(250);
    assertThat(darkest(end, 16, 48)).isLessThan(5);
  }

  private static int darkest(BufferedImage image, int from, int to) {
    int darkest = 255;
    for (int x = from; x < to; x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        darkest = Math.min(darkest, at(image, x, y) & 0xff);
      }
    }
    return darkest;
  }

  @Test
  void aCharacterTheFontLacksIsABoxAndNoFailure() throws Exception {
    String text = "<text x=\"0\" y=\"9\" font-size=\"10\" style=\"fill:#000\">%s</text>";
    assertThat(darkest(drawn(text.formatted("漢"), 4), 0, 40)).isLessThan(60);
    assertThat(darkest(drawn(text.formatted("\uD83E\uDE7A"), 4), 0, 40)).isLessThan(60);
  }

  @Test
  void givesTheSameBytesAgainAndNothingButPixels() {
    String inside = "<text x=\"2\" y=\"9\" font-size=\"8\" style=\"fill:#000\">age</text>";
    assertThat(bytes(inside, 3)).isEqualTo(bytes(inside, 3));
    assertThat(new String(bytes(inside, 3), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("IHDR", "IDAT", "IEND")
        .doesNotContain("tIME", "tEXt");
  }

  @Test
  void titlesAreNotDrawn() {
    assertThat(bytes("<title>who</title><desc>what</desc>", 1)).isEqualTo(bytes("", 1));
  }

  @Test
  void refusesWhatNoPictureOfOursUses() {
    assertThatThrownBy(() -> bytes("<image href=\"http://x/y.png\"/>", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bytes("<path d=\"M0 0A1 1 0 0 0 2 2\" style=\"fill:#000\"/>", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bytes("<rect style=\"fill:hotpink\"/>", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
