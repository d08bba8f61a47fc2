package org.primum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.primum.report.FeatureAxis.Telling;
import org.primum.report.ShapleyWaterfall.Step;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// The pictures of explanations as XML readers see them. Axes run from 12 to 348, 3 % of them room
/// at each end: the axis of -1 to 3 is -1.12 to 3.12.
final class ShapleyPicturesTest {

  private static final String HOSTILE = "<script>\"&' \u202E" + "x".repeat(200);
  private static final ShapleyWaterfall.Reading NO_WORDS = _ -> "";

  private static double x(double value, double min, double max) {
    double room = 0.03 * (max - min);
    return 12 + (value - min + room) / (max - min + 2 * room) * 336;
  }

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private static List<Element> all(Element svg, String tag) {
    NodeList found = svg.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static List<String> texts(Element svg) {
    return all(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static double[] line(int rows) {
    double[] values = new double[rows];
    Arrays.setAll(values, i -> i);
    return values;
  }

  private static String scatter(String feature, double[] values, double[] phi) {
    return ShapleyScatter.svg(
        feature,
        FeatureAxis.of(values, List.of(), Telling.RANKS),
        phi,
        Swatches.of(feature, values, List.of(), Telling.RANKS));
  }

  /// Every picture of a feature with a name and numbers; the name is hostile, the numbers are those
  /// that break layouts.
  static Stream<String> pictures() {
    List<String> pictures = new ArrayList<>();
    for (double size : new double[] {0, 1e-300, 1, -2.5, 1e17}) {
      pictures.addAll(pictures(HOSTILE, size));
    }
    return pictures.stream();
  }

  private static List<String> pictures(String name, double size) {
    double[] phi = {size, -size, 0};
    double[] values = {1, Double.NaN, size};
    return List.of(
        ShapleyBars.svg(List.of(new ShapleyBars.Bar(name, Math.abs(size), true))),
        ShapleyGroupBars.svg(
            List.of(name, "b"),
            List.of(
                new ShapleyGroupBars.Feature(
                    name, List.of(OptionalDouble.of(Math.abs(size)), OptionalDouble.empty())))),
        ShapleyDifference.svg(
            name, name, name, List.of(new ShapleyDifference.Row(name, size, size - 1, size + 1))),
        ShapleyBump.svg(
            name,
            name,
            3,
            List.of(new ShapleyBump.Place(name, OptionalInt.of(1), OptionalInt.empty()))),
        ShapleyWaterfall.svg(0, size, List.of(new Step(name, size)), _ -> name, true),
        ShapleyForce.svg(0, 0, List.of(new Step(name, size), new Step(name, -size)), _ -> name),
        ShapleyHeat.svg(phi, 0, List.of(new ShapleyHeat.Lane(name, phi, Math.abs(size))), 1),
        ShapleyMatrix.svg(
            List.of(
                new ShapleyMatrix.Line(name, OptionalDouble.of(Math.abs(size)), new double[0]),
                new ShapleyMatrix.Line(
                    name, OptionalDouble.empty(), new double[] {Math.abs(size) / 7}))),
        ShapleySwarm.svg(List.of(new ShapleySwarm.Lane(name, phi, values))),
        scatter(name, values, phi));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void eachIsWellFormedNamedAndInsideItsFrame(String svg) throws Exception {
    Element picture = parsed(svg);
    String[] box = picture.getAttribute("viewBox").split(" ", -1);

    assertThat(box[2]).isEqualTo("360");
    assertThat(picture.getAttribute("role")).isEqualTo("img");
    assertThat(picture.getAttribute("aria-label")).contains("script").doesNotContain("\u202E");
    assertThat(all(picture, "script")).isEmpty();
    assertThat(svg).doesNotContain("NaN", "Infinity", "∞");
    for (Element text : all(picture, "text")) {
      assertThat(number(text, "x")).isBetween(0.0, 360.0);
      assertThat(number(text, "y")).isBetween(0.0, Double.parseDouble(box[3]));
      assertThat(text.getTextContent().length()).isLessThan(64);
    }
    for (Element rectangle : all(picture, "rect")) {
      assertThat(number(rectangle, "x") + number(rectangle, "width")).isBetween(0.0, 360.5);
      assertThat(number(rectangle, "y") + number(rectangle, "height"))
          .isBetween(0.0, Double.parseDouble(box[3]));
    }
    Matcher moves = Pattern.compile("M(-?[\\d.]+) (-?[\\d.]+)").matcher(svg);
    while (moves.find()) {
      assertThat(Double.parseDouble(moves.group(1))).isBetween(0.0, 360.0);
      assertThat(Double.parseDouble(moves.group(2))).isBetween(0.0, Double.parseDouble(box[3]));
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void eachCanBeAFileOfItsOwn(String svg) throws Exception {
    Element file = parsed(new String(PictureFile.svg(svg), StandardCharsets.UTF_8));
    assertThat(file.getAttribute("width")).isEqualTo("360");
    assertThat(file.getTextContent()).contains("--series-1:#", "prefers-color-scheme:dark");
    byte[] png = PictureFile.png(svg);
    assertThat(javax.imageio.ImageIO.read(new ByteArrayInputStream(png)).getWidth())
        .isEqualTo(1080);
  }

  @Test
  void theSameInputGivesTheSameBytes() {
    assertThat(pictures("age", 1)).isEqualTo(pictures("age", 1));
  }

  @Test
  void withoutAnythingToDrawTheyAreEmptyAndWellFormed() throws Exception {
    for (String svg :
        List.of(
            ShapleyBars.svg(List.of()),
            ShapleyGroupBars.svg(List.of(), List.of()),
            ShapleyDifference.svg("a", "b", "c", List.of()),
            ShapleyBump.svg("a", "b", 3, List.of()),
            ShapleyWaterfall.svg(1, 1, List.of(), NO_WORDS, true),
            ShapleyMatrix.svg(List.of()),
            ShapleyForce.svg(1, 1, List.of(), NO_WORDS),
            ShapleyHeat.svg(new double[] {1}, 1, List.of(), 1),
            ShapleySwarm.svg(List.of()),
            scatter("age", new double[0], new double[0]))) {
      assertThat(parsed(svg).getTagName()).isEqualTo("svg");
      assertThat(svg).doesNotContain("NaN");
    }
  }

  @Test
  void groupsStandBelowEachOtherOnOneScale() throws Exception {
    Element svg =
        parsed(
            ShapleyGroupBars.svg(
                List.of("female", "male", "other"),
                List.of(
                    new ShapleyGroupBars.Feature(
                        "age",
                        List.of(
                            OptionalDouble.of(2), OptionalDouble.of(1), OptionalDouble.empty())))));
    List<Element> bars = all(svg, "rect");
    assertThat(bars).hasSize(2);
    assertThat(number(bars.get(0), "width")).isEqualTo(2 * number(bars.get(1), "width"));
    assertThat(bars.get(0).getAttribute("style")).isNotEqualTo(bars.get(1).getAttribute("style"));
    assertThat(texts(svg))
        .containsExactly("age", "female", "2.00", "male", "1.00", "other", "not told");
    assertThat(svg.getAttribute("aria-label"))
        .contains("age: female 2.00, male 1.00, other not told");
  }

  @Test
  void noMoreGroupsAreDrawnThanCanBeRead() {
    assertThatThrownBy(
            () -> ShapleyGroupBars.svg(List.of("a", "b", "c", "d", "e", "f", "g"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// The axis holds 0, both differences and the whole interval: -1 to 3.
  @Test
  void aDifferenceStartsAtZeroAndShowsItsInterval() throws Exception {
    String svg =
        ShapleyDifference.svg(
            "women minus men",
            "lower",
            "higher",
            List.of(
                new ShapleyDifference.Row("age", 2, 1, 3), new ShapleyDifference.Row("bmi", -1)));
    List<Element> bars = all(parsed(svg), "rect");
    assertThat(number(bars.get(0), "x")).isCloseTo(x(0, -1, 3), within(0.1));
    assertThat(number(bars.get(0), "width")).isCloseTo(x(2, -1, 3) - x(0, -1, 3), within(0.15));
    assertThat(number(bars.get(1), "x")).isCloseTo(x(-1, -1, 3), within(0.1));
    assertThat(bars.get(0).getAttribute("style")).contains("series-2");
    assertThat(bars.get(1).getAttribute("style")).contains("series-1");
    assertThat(svg).contains("M" + Sketch.place(x(1, -1, 3)) + " ");
    assertThat(texts(parsed(svg))).contains("+2.00 (1.00 to 3.00)", "−1.00");
  }

  /// 1, then +2 to 3, then -4 to -1; the prediction is -1.
  @Test
  void aWaterfallGoesFromTheBaseToThePrediction() throws Exception {
    String svg =
        ShapleyWaterfall.svg(
            1,
            -1,
            List.of(new Step("age = 63", 2), new Step("bmi", -4)),
            margin -> margin == -1 ? "27 %" : "",
            false);
    Element picture = parsed(svg);
    assertThat(texts(picture))
        .contains(
            "starts from 1.00", "age = 63", "+2.00", "bmi", "−4.00", "prediction −1.00, 27 %");
    List<String> arrows =
        all(picture, "path").stream()
            .filter(p -> p.getAttribute("style").startsWith("fill"))
            .map(p -> p.getAttribute("d"))
            .toList();
    assertThat(arrows).hasSize(2);
    assertThat(arrows.get(0))
        .startsWith("M" + Sketch.place(x(1, -1, 3)) + " ")
        .contains("L" + Sketch.place(x(3, -1, 3)) + " ");
    assertThat(arrows.get(1))
        .startsWith("M" + Sketch.place(x(3, -1, 3)) + " ")
        .contains("L" + Sketch.place(x(-1, -1, 3)) + " ");
  }

  /// Raised by 3 and 1, lowered by 1: from the prediction 3 the pushes reach from -1 to 4, which is
  /// the whole width of 344.
  @Test
  void aBalanceMeetsAtThePrediction() throws Exception {
    String svg =
        ShapleyForce.svg(
            0, 3, List.of(new Step("b", 1), new Step("a", 3), new Step("c", -1)), NO_WORDS);
    assertThat(texts(parsed(svg)))
        .containsSubsequence(
            "prediction 3.00", "raises", "together +4.00", "1  a", "2  b", "lowers")
        .contains("together −1.00", "1  c", "base 0");
    double meet = 8 + 344 * (3 - -1) / 5.0;
    assertThat(svg).contains("M" + Sketch.place(meet) + " 24V");
  }

  /// From -1 to 3 on the scale of log-odds: 50 % lies at 0, 90 % at ln 9 = 2.197.
  @Test
  void probabilitiesStandWhereTheirLogOddsAre() throws Exception {
    Element picture =
        parsed(ShapleyWaterfall.svg(-1, 3, List.of(new Step("age", 4)), NO_WORDS, true));
    List<Element> percents =
        all(picture, "text").stream().filter(t -> t.getTextContent().endsWith(" %")).toList();
    assertThat(percents).extracting(Element::getTextContent).contains("50 %", "90 %");
    for (Element percent : percents) {
      double share = Double.parseDouble(percent.getTextContent().replace(" %", "")) / 100;
      assertThat(number(percent, "x"))
          .isCloseTo(x(Math.log(share / (1 - share)), -1, 3), within(0.1));
    }
    assertThat(texts(parsed(ShapleyWaterfall.svg(-1, 3, List.of(), NO_WORDS, false))))
        .noneMatch(text -> text.endsWith("%"));
  }

  /// Two columns of two rows each, in the order given, with means of 2.5 and 3.5; cells end at 294.
  @Test
  void columnsOfAHeatMapAreMeansOfNeighbors() throws Exception {
    String svg =
        ShapleyHeat.svg(
            new double[] {4, 1, 3, 4},
            0,
            List.of(new ShapleyHeat.Lane("age", new double[] {-2, -2, 2, 2}, 2)),
            2);
    Element picture = parsed(svg);
    assertThat(texts(picture)).contains("predictions from 2.50 to 3.50; base 0 dashed", "2.00");
    assertThat(picture.getAttribute("aria-label")).contains("age from −2.00 to +2.00");
    List<Element> cells =
        all(picture, "path").stream()
            .filter(p -> p.getAttribute("style").startsWith("fill"))
            .toList();
    assertThat(cells).hasSize(2);
    assertThat(cells.get(0).getAttribute("d")).startsWith("M8 ").contains("H151v");
    assertThat(cells.get(0).getAttribute("style")).contains("series-1) 100%");
    assertThat(cells.get(1).getAttribute("style")).contains("series-2) 100%");
  }

  @Test
  void aHeatMapNeverShowsFewerRowsTogetherThanAsked() throws Exception {
    String svg =
        ShapleyHeat.svg(line(32), 0, List.of(new ShapleyHeat.Lane("age", line(32), 1)), 11);
    assertThat(texts(parsed(svg))).contains("predictions from 7.50 to 23.5; base 0 dashed");
  }

  /// One cell of a hundred is a hundred times all others, and takes the color of those.
  @Test
  void oneStrongCellDoesNotBleachTheOthers() throws Exception {
    double[] phi = new double[100];
    Arrays.fill(phi, 1);
    phi[7] = 100;
    String svg = ShapleyHeat.svg(phi, 0, List.of(new ShapleyHeat.Lane("age", phi, 2)), 1);
    assertThat(texts(parsed(svg))).contains("lowers −1.00", "+1.00 and more");
    assertThat(
            all(parsed(svg), "path").stream()
                .filter(p -> p.getAttribute("style").startsWith("fill")))
        .singleElement()
        .matches(cells -> cells.getAttribute("style").contains("series-2) 100%"));
  }

  /// Bars beside the heat map are 52 wide for the largest mean.
  @Test
  void barsBesideAHeatMapCompare() throws Exception {
    Element svg =
        parsed(
            ShapleyHeat.svg(
                line(4),
                0,
                List.of(
                    new ShapleyHeat.Lane("age", line(4), 2),
                    new ShapleyHeat.Lane("bmi", line(4), 0.5)),
                1));
    List<Element> bars = all(svg, "rect").stream().filter(bar -> number(bar, "x") == 300).toList();
    assertThat(bars).extracting(bar -> number(bar, "width")).containsExactly(52.0, 13.0);
  }

  /// The strongest pair is 0.067, so that a 1 stands for 0.001.
  @Test
  void aMatrixHasANumberForEachTwoAndOneForEachAlone() throws Exception {
    Element svg =
        parsed(
            ShapleyMatrix.svg(
                List.of(
                    new ShapleyMatrix.Line("age", OptionalDouble.of(0.6185), new double[0]),
                    new ShapleyMatrix.Line(
                        "lactate", OptionalDouble.of(0.4375), new double[] {0.0674}),
                    new ShapleyMatrix.Line(
                        "crp", OptionalDouble.of(0.213), new double[] {0.0314, 0}))));
    assertThat(texts(svg))
        .contains("1 stands for 0.001", "1  age", "3  crp", "619", "67", "438", "31", "0", "213");
    assertThat(svg.getAttribute("aria-label"))
        .contains("age alone 0.619", "lactate with age 0.067", "crp with age 0.031")
        .doesNotContain("crp with lactate");
    double first = column(svg, "67");
    assertThat(column(svg, "619")).isEqualTo(first);
    assertThat(column(svg, "31")).isEqualTo(first);
    assertThat(column(svg, "438")).isGreaterThan(first);
  }

  private static double column(Element svg, String text) {
    return all(svg, "text").stream()
        .filter(one -> one.getTextContent().equals(text))
        .mapToDouble(one -> number(one, "x"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMatrixOfMoreThanCanBeReadIsRefused() {
    List<ShapleyMatrix.Line> eleven =
        java.util.stream.IntStream.range(0, 11)
            .mapToObj(i -> new ShapleyMatrix.Line("f", OptionalDouble.empty(), new double[i]))
            .toList();
    assertThatThrownBy(() -> ShapleyMatrix.svg(eleven))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ranksThatRiseAreThickAndThoseThatFallAreDashed() throws Exception {
    Element svg =
        parsed(
            ShapleyBump.svg(
                "May",
                "June",
                2,
                List.of(
                    new ShapleyBump.Place("age", OptionalInt.of(1), OptionalInt.of(2)),
                    new ShapleyBump.Place("bmi", OptionalInt.of(2), OptionalInt.of(1)),
                    new ShapleyBump.Place("crp", OptionalInt.of(9), OptionalInt.of(8)))));
    assertThat(texts(svg))
        .containsExactly(
            "May", "June", "age 1", "2 age", "bmi 2", "1 bmi", "below: rank 3 and later");
    List<Element> lines =
        all(svg, "path").stream().filter(p -> p.getAttribute("d").contains("C")).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).getAttribute("stroke-dasharray")).isEqualTo("6 3");
    assertThat(number(lines.get(1), "stroke-width")).isEqualTo(3.5);
    assertThat(svg.getAttribute("aria-label")).contains("age 1 to 2", "crp 9 to 8");
  }

  /// Four rows at one spot: one in the middle, two above and below, the fourth beyond.
  @Test
  void equalDotsPileUpInsideTheirLane() throws Exception {
    double[] same = new double[400];
    Arrays.fill(same, 1);
    Element svg = parsed(ShapleySwarm.svg(List.of(new ShapleySwarm.Lane("age", same, same))));
    String dots =
        all(svg, "path").stream()
            .map(p -> p.getAttribute("d"))
            .filter(d -> d.split("M", -1).length > 400)
            .findFirst()
            .orElseThrow();
    double[] heights =
        Arrays.stream(dots.split("M", -1))
            .filter(dot -> !dot.isEmpty())
            .mapToDouble(
                dot -> Double.parseDouble(dot.substring(dot.indexOf(' ') + 1, dot.indexOf('h'))))
            .sorted()
            .toArray();
    assertThat(heights).hasSize(400);
    assertThat(heights[0]).isGreaterThanOrEqualTo(30 + 16);
    assertThat(heights[399]).isLessThanOrEqualTo(30 + 48);
    assertThat((heights[0] + heights[399]) / 2).isCloseTo(30 + 16 + 16, within(0.5));
  }

  @Test
  void dotsWithoutValuesHaveNoLegendOfThem() throws Exception {
    double[] unknown = {Double.NaN, Double.NaN};
    double[] phi = {1, 2};
    assertThat(texts(parsed(ShapleySwarm.svg(List.of(new ShapleySwarm.Lane("a", phi, unknown))))))
        .doesNotContain("missing", "high");
  }

  /// The effect is the value itself, 0 to 99; the mean of the first tenth is 4.5.
  @Test
  void theLineOfDependenceGoesThroughMeans() throws Exception {
    Element svg = parsed(scatter("age", line(99), line(99)));
    assertThat(svg.getAttribute("aria-label"))
        .contains("Mean effect of age from low to high: +5.00, +16.0");
    assertThat(texts(svg)).contains("age", "↑ raises the prediction", "color: age");
  }

  @Test
  void placesNameTheMeanOfEachValue() throws Exception {
    double[] values = new double[40];
    double[] phi = new double[40];
    for (int i = 0; i < 40; i++) {
      values[i] = i % 2;
      phi[i] = i % 2 == 0 ? -1 : 3;
    }
    FeatureAxis axis = FeatureAxis.of(values, List.of("no", "yes"), Telling.RANKS);
    Element svg = parsed(ShapleyScatter.svg("smokes", axis, phi, Swatches.none()));
    assertThat(svg.getAttribute("aria-label"))
        .endsWith("at each of its values: no −1.00 (20 rows), yes +3.00 (20 rows).");
    assertThat(texts(svg)).contains("no", "yes").doesNotContain("low");
  }

  /// 0 to 99: the means of the fifths are 9.5, 29.5, 49.5, 69.5 and 89.5, a gap of 20 apart.
  @Test
  void aColorBarHasTheMeansOfFifthsAndEndsAtItsEnds() throws Exception {
    Element ranks = bar(Telling.RANKS);
    assertThat(texts(ranks)).containsSubsequence("color: bmi", "10", "30", "50", "70", "90");
    Element values = bar(Telling.VALUES);
    assertThat(texts(values)).containsSubsequence("0", "20", "40", "60", "80", "99");
    List<Element> boxes = all(values, "rect");
    assertThat(boxes).hasSize(5);
    double end = number(boxes.getLast(), "x") + number(boxes.getLast(), "width");
    assertThat(column(values, "99")).isCloseTo(end, within(0.1));
    assertThat(values.getAttribute("aria-label"))
        .endsWith("The color is bmi: 0, 20, 40, 60, 80, 99.");
  }

  private static Element bar(Telling telling) throws Exception {
    FeatureAxis axis = FeatureAxis.of(new double[100], List.of(), Telling.RANKS);
    return parsed(
        ShapleyScatter.svg(
            "age", axis, line(100), Swatches.of("bmi", line(100), List.of(), telling)));
  }

  /// 30 rows of `a`, 5 of `b` and 12 of `c`: five are too few to be told apart.
  @Test
  void categoriesHaveNamedSwatchesUnlessTheyAreRare() throws Exception {
    double[] values = new double[47];
    Arrays.fill(values, 30, 35, 1);
    Arrays.fill(values, 35, 47, 2);
    List<String> names = List.of("a", "b", "c");
    FeatureAxis axis = FeatureAxis.of(new double[47], List.of(), Telling.RANKS);
    Element ranks =
        parsed(
            ShapleyScatter.svg(
                "age", axis, line(47), Swatches.of("bmi", values, names, Telling.RANKS)));
    assertThat(texts(ranks)).contains("a", "c", "other, missing").doesNotContain("b");
    Element asked =
        parsed(
            ShapleyScatter.svg(
                "age", axis, line(47), Swatches.of("bmi", values, names, Telling.VALUES)));
    assertThat(texts(asked)).contains("a", "b", "c").doesNotContain("other, missing");
  }

  /// Where no value has rows enough, colors would tell nothing.
  @Test
  void rareCategoriesAloneMakeNoColors() throws Exception {
    FeatureAxis axis = FeatureAxis.of(new double[20], List.of(), Telling.RANKS);
    double[] values = line(20);
    List<String> names = java.util.stream.IntStream.range(0, 20).mapToObj(i -> "n" + i).toList();
    Element svg =
        parsed(
            ShapleyScatter.svg(
                "age", axis, values, Swatches.of("bmi", values, names, Telling.RANKS)));
    assertThat(texts(svg)).doesNotContain("color: bmi", "other, missing");
  }

  /// 47 dots: however often they are laid over each other, each is drawn once.
  @Test
  void eachRowIsOneDot() {
    String svg = scatter("age", line(47), line(47));
    assertThat(svg.split("h0", -1).length - 1).isEqualTo(47);
  }

  /// 60 rows at 0 and 20 at 1: the columns of a histogram are as high as there are rows.
  @Test
  void columnsBelowCountRows() throws Exception {
    double[] values = new double[80];
    Arrays.fill(values, 60, 80, 1);
    Element svg = parsed(scatter("age", values, line(80)));
    List<Double> heights =
        all(svg, "path").stream()
            .map(p -> p.getAttribute("d"))
            .map(d -> Pattern.compile("v-([\\d.]+)H").matcher(d))
            .filter(Matcher::find)
            .map(m -> Double.parseDouble(m.group(1)))
            .toList();
    assertThat(heights).containsExactly(30.0, 10.0);
  }
}
