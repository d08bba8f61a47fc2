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
import org.primum.model.CoverKind;
import org.primum.model.FeatureMatrix;
import org.primum.model.LibraryModels;
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

  @ParameterizedTest
  @CsvSource({
    "tribuo-liblinear.pb, LibLinearClassificationModel' is not read",
    "tribuo-logistic-classes.pb, logistic regression of two labels is read"
  })
  void whatItDoesNotKnowItRefuses(String file, String because) {
    assertThatThrownBy(() -> read("refused/" + file))
        .isInstanceOf(ModelInvalidException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(because);
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

  @Property(tries = 300)
  void hostileBytesAreRefusedOrPredict(@ForAll @LongRange(min = 0, max = 1 << 30) long seed)
      throws IOException {
    Random random = new Random(seed);
    List<String> files =
        List.of("tribuo-tree.pb", "tribuo-regression-tree.pb", "tribuo-logistic.pb");
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

  private static Object read(String file) throws IOException {
    return ModelReader.read(LibraryModels.FOLDER.resolve(file), Optional.empty());
  }
}
