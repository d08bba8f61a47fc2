package org.primum.model.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.explain.LinearExplainer;
import org.primum.explain.TreeExplainer;
import org.primum.model.CoverKind;
import org.primum.model.FeatureMatrix;
import org.primum.model.LibraryModels;
import org.primum.model.LinearClasses;
import org.primum.model.LinearModel;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.TreeEnsemble;
import org.primum.model.reader.ModelReader;

/// Tribuo models against Tribuo's own answers (testdata/models/MakeTribuo.java, Tribuo 4.3.2).
final class TribuoReaderTest {

  private static final double ROUNDING = 1e-15;

  @ParameterizedTest
  @ValueSource(strings = {"tribuo-tree.pb", "tribuo-forest.pb"})
  void theMarginOfTwoLabelsIsTheScoreOfTheSecond(String file) {
    TreeEnsemble model = LibraryModels.trees(file);
    double[] expected = LibraryModels.last(file, "tribuo");
    double[] scores = model.score(LibraryModels.rows(file));

    assertThat(model.link()).isEqualTo(Link.PROBABILITY);
    assertThat(model.cover()).isEqualTo(CoverKind.NONE);
    for (int row = 0; row < expected.length; row++) {
      assertThat(scores[row]).isCloseTo(expected[row], within(ROUNDING));
    }
  }

  /// The labels are high, low and middle: the order of their names, not of Tribuo's numbers.
  @Test
  void theMarginsOfThreeLabelsAreTheirScores() {
    TreeEnsemble model = LibraryModels.trees("tribuo-forest-classes.pb");

    assertThat(model.outputs()).isEqualTo(3);
    assertThat(model.margins(LibraryModels.rows("tribuo-forest-classes.pb")))
        .containsExactly(
            LibraryModels.expected("tribuo-forest-classes.pb", "tribuo"), within(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tribuo-regression-tree.pb", "tribuo-regression-forest.pb"})
  void theMarginOfARegressionIsItsNumber(String file) {
    TreeEnsemble model = LibraryModels.trees(file);
    double[] expected = LibraryModels.expected(file, "tribuo");
    double[] margins = model.margins(LibraryModels.rows(file));

    assertThat(model.link()).isEqualTo(Link.IDENTITY);
    for (int row = 0; row < expected.length; row++) {
      assertThat(margins[row]).isCloseTo(expected[row], within(2 * Math.ulp(expected[row])));
    }
  }

  @Test
  void logisticRegressionScoresAndComparesWithItsTrainingMeans() throws IOException {
    LinearModel model = (LinearModel) read("tribuo-logistic.pb");
    double[] expected = LibraryModels.last("tribuo-logistic.pb", "tribuo");
    double[] scores = model.score(LibraryModels.rows("tribuo-logistic.pb"));

    for (int row = 0; row < expected.length; row++) {
      assertThat(scores[row]).isCloseTo(expected[row], within(1e-12));
    }
    double mean = 0;
    List<String> training = Files.readAllLines(LibraryModels.FOLDER.resolve("cancer-training.csv"));
    for (String row : training.subList(1, training.size())) {
      mean += Double.parseDouble(row.split(",", -1)[2]) / (training.size() - 1);
    }
    assertThat(model.terms().get(2).backgroundMean()).isCloseTo(mean, within(1e-9));
    new LinearExplainer(model)
        .explain(LibraryModels.rows("tribuo-logistic.pb"))
        .requireAdditivity();
  }

  /// Tribuo has no missing values: what is absent is 0.
  @Test
  void aMissingValueIsZero() {
    TreeEnsemble model = LibraryModels.trees("tribuo-forest.pb");
    double[] missing = new double[8];
    java.util.Arrays.fill(missing, Double.NaN);

    assertThat(model.margins(new FeatureMatrix(missing, 1, 8)))
        .containsExactly(model.margins(new FeatureMatrix(new double[8], 1, 8)));
    assertThat(model.features().getLast().name()).isEqualTo("f7");
  }

  /// XGBoost answers in float32; its rows have cells that are absent.
  @ParameterizedTest
  @ValueSource(strings = {"tribuo-xgboost.pb", "tribuo-xgboost-ubj.pb"})
  void aBoosterOfTwoLabelsHasTheLogOddsOfTheSecond(String file) {
    TreeEnsemble model = LibraryModels.trees(file);
    FeatureMatrix rows = LibraryModels.rows(file);

    assertThat(model.link()).isEqualTo(Link.LOGISTIC);
    assertThat(model.cover()).isEqualTo(CoverKind.HESSIAN);
    assertThat(model.score(rows)).containsExactly(LibraryModels.last(file, "tribuo"), within(2e-7));
    new TreeExplainer(model).explain(rows).requireAdditivity();
  }

  @Test
  void aBoosterOfThreeLabelsHasAMarginOfEach() {
    String file = "tribuo-xgboost-classes.pb";
    TreeEnsemble model = LibraryModels.trees(file);

    assertThat(model.link()).isEqualTo(Link.SOFTMAX);
    assertThat(probabilities(model.link(), model.margins(LibraryModels.rows(file))))
        .containsExactly(LibraryModels.expected(file, "tribuo"), within(2e-7));
  }

  /// In float32 and in its order to the bit.
  @ParameterizedTest
  @ValueSource(strings = {"tribuo-xgboost-regression.pb", "tribuo-xgboost-dart.pb"})
  void aBoosterOfANumberPredictsIt(String file) {
    TreeEnsemble model = LibraryModels.trees(file);
    float[] margins = model.margins32(LibraryModels.rows(file));
    double[] expected = LibraryModels.expected(file, "tribuo");

    assertThat(model.link()).isEqualTo(Link.IDENTITY);
    for (int row = 0; row < expected.length; row++) {
      assertThat((double) margins[row]).isCloseTo(expected[row], within(4e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tribuo-logistic-classes.pb, SOFTMAX",
    "tribuo-liblinear-logistic-classes.pb, ONE_VS_REST",
    "tribuo-hinge-classes.pb, IDENTITY",
    "tribuo-liblinear-classes.pb, IDENTITY"
  })
  void linearModelsOfThreeLabelsScoreEach(String file, Link link) throws IOException {
    LinearClasses model = (LinearClasses) read(file);
    double[] margins = model.margins(LibraryModels.rows(file));

    assertThat(model.link()).isEqualTo(link);
    assertThat(link == Link.IDENTITY ? margins : probabilities(link, margins))
        .containsExactly(LibraryModels.expected(file, "tribuo"), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tribuo-regression-linear.pb",
        "tribuo-elastic-net.pb",
        "tribuo-lasso.pb",
        "tribuo-sparse.pb",
        "tribuo-liblinear-regression.pb"
      })
  void linearModelsOfANumberPredictIt(String file) throws IOException {
    LinearModel model = (LinearModel) read(file);
    FeatureMatrix rows = LibraryModels.rows(file);

    assertThat(model.link()).isEqualTo(Link.IDENTITY);
    assertThat(model.margins(rows))
        .containsExactly(LibraryModels.expected(file, "tribuo"), within(1e-12));
    assertThatThrownBy(() -> model.score(rows)).isInstanceOf(ModelInvalidException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tribuo-lasso.pb", "tribuo-regression-linear.pb"})
  void explanationsStartFromTheMeanPredictionOfTheTrainingRows(String file) throws IOException {
    LinearModel model = (LinearModel) read(file);
    double[] predictions = model.margins(training("cancer-training.csv"));

    assertThat(new LinearExplainer(model).baseValue(0))
        .isCloseTo(java.util.Arrays.stream(predictions).average().orElseThrow(), within(1e-9));
  }

  /// Of two labels without probabilities the margin is by how much the second's sum is larger.
  @ParameterizedTest
  @CsvSource({"tribuo-hinge.pb, 2", "tribuo-liblinear.pb, 1"})
  void sumsOfTwoLabelsDifferByTheMargin(String file, int times) throws IOException {
    LinearModel model = (LinearModel) read(file);
    double[] expected = LibraryModels.last(file, "tribuo");
    double[] margins = model.margins(LibraryModels.rows(file));

    assertThat(model.link()).isEqualTo(Link.IDENTITY);
    for (int row = 0; row < expected.length; row++) {
      assertThat(margins[row]).isCloseTo(times * expected[row], within(1e-12));
    }
  }

  @Test
  void logisticRegressionOfLiblinearScores() throws IOException {
    String file = "tribuo-liblinear-logistic.pb";

    assertThat(((LinearModel) read(file)).score(LibraryModels.rows(file)))
        .containsExactly(LibraryModels.last(file, "tribuo"), within(1e-12));
  }

  /// Java's serialization is the way to run foreign code; one other byte of its form is refused.
  @Test
  void aSerializedObjectOfAnotherClassIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(LibraryModels.FOLDER.resolve("tribuo-liblinear.pb"));
    int name =
        new String(bytes, StandardCharsets.ISO_8859_1).indexOf("de.bwaldvogel.liblinear.Model");
    bytes[name] = 'x';

    assertThatThrownBy(() -> TribuoReader.read(bytes, "hostile.pb", Optional.empty()))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("hostile.pb: its LIBLINEAR model has not the form")
        .hasMessageContaining("nothing else is deserialized");
  }

  @Test
  void whatItDoesNotKnowItRefuses() {
    assertThatThrownBy(() -> read("refused/tribuo-xgboost-linear.pb"))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining("tribuo-xgboost-linear.pb")
        .hasMessageContaining("gbtree and dart are read, not 'gblinear'");
  }

  /// The name of a class in a file is text, and nothing of that name is loaded or told at length.
  @Test
  void aClassOfAnyNameIsText() {
    byte[] name = ("org.tribuo." + "x".repeat(100)).getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[2 + name.length];
    bytes[0] = 0x12;
    bytes[1] = (byte) name.length;
    System.arraycopy(name, 0, bytes, 2, name.length);

    assertThatThrownBy(() -> ModelReader.read(bytes, "hostile.pb", Optional.empty()))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageStartingWith("hostile.pb: the Tribuo class 'org.tribuo.xxx");
  }

  @Property(tries = 1000)
  void hostileBytesAreRefusedOrPredict(@ForAll @LongRange(min = 0, max = 1 << 30) long seed)
      throws IOException {
    Random random = new Random(seed);
    List<String> files =
        List.of(
            "tribuo-tree.pb",
            "tribuo-regression-tree.pb",
            "tribuo-logistic-classes.pb",
            "tribuo-xgboost-dart.pb",
            "tribuo-xgboost-ubj.pb",
            "tribuo-liblinear-logistic.pb",
            "tribuo-elastic-net.pb");
    byte[] bytes =
        Files.readAllBytes(LibraryModels.FOLDER.resolve(files.get(random.nextInt(files.size()))));
    for (int i = 0; i < 1 + random.nextInt(20); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    byte[] hostile =
        random.nextInt(4) == 0
            ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
            : bytes;

    Throwable thrown =
        catchThrowable(() -> TribuoReader.read(hostile, "hostile.pb", Optional.empty()));

    assertThat(thrown == null || thrown instanceof ModelInvalidException).as("%s", thrown).isTrue();
  }

  private static double[] probabilities(Link link, double[] margins) {
    for (int first = 0; first < margins.length; first += 3) {
      link.probabilities(margins, first, 3);
    }
    return margins;
  }

  private static FeatureMatrix training(String file) throws IOException {
    List<String> lines = Files.readAllLines(LibraryModels.FOLDER.resolve(file));
    double[] cells =
        lines.stream()
            .skip(1)
            .flatMap(line -> java.util.Arrays.stream(line.split(",", -1)))
            .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
            .toArray();
    return new FeatureMatrix(cells, lines.size() - 1, 8);
  }

  private static Object read(String file) throws IOException {
    return ModelReader.read(LibraryModels.FOLDER.resolve(file), Optional.empty());
  }
}
