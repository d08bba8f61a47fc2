package org.primum.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.primum.data.Digest;
import org.primum.explain.ExplainerBasis.ComparedRows;
import org.primum.explain.value.CountedRows;
import org.primum.explain.value.Precision;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.CoverCount;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.LinearModel;
import org.primum.model.LinearModel.Term;
import org.primum.model.LinearModel.Transform;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.ShapFixture;
import org.primum.model.Tree;
import org.primum.model.TreeEnsemble;

/// `explainer.bin`: what is read explains to the bits of what was written, and hostile bytes are
/// refused.
final class ExplainerFileTest {

  private static final Digest MODEL = Digest.of("model");
  private static final Digest TABLE = Digest.of("table");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_xgb_binary",
        "b_xgb_regression",
        "c_xgb_multiclass",
        "d_xgb_categorical",
        "d2_xgb_category_names",
        "e_xgb_dart",
        "f1_lgb_nan",
        "f2_lgb_zero_as_missing",
        "f3_lgb_categorical",
        "f4_lgb_missing_none",
        "g_lgb_multiclass",
        "h_sklearn_forest",
        "i_linear_logistic",
        "l_xgb_poisson_stumps"
      })
  void explainsToTheSameBitsAsTheRunThatWroteIt(String folder) {
    ShapFixture fixture = new ShapFixture(folder);
    Scorer model = model(fixture, folder);
    FeatureMatrix rows = fixture.rows(model);

    requireSameBits(alone(model), rows);
    requireSameBits(against(model, rows), rows);
  }

  private static Scorer model(ShapFixture fixture, String folder) {
    return folder.contains("_lgb_") ? fixture.lightgbm("model.txt") : fixture.model("model.json");
  }

  /// Paths of more than twelve features, and of more than 64.
  @ParameterizedTest
  @ValueSource(ints = {14, 70})
  void explainsDeepTreesToTheSameBits(int depth) {
    RandomTrees random = new RandomTrees(11, 90);
    TreeEnsemble model = random.ensemble(List.of(chain(depth), random.tree(4)));

    requireSameBits(alone(model), random.rows(60));
    requireSameBits(against(model, random.rows(200)), random.rows(60));
  }

  /// One leaf a level, each split on another feature.
  private static Tree chain(int depth) {
    var nodes = new org.primum.model.TreeNodes(2 * depth + 1);
    for (int level = 0; level < depth; level++) {
      nodes.left[2 * level] = 2 * level + 1;
      nodes.right[2 * level] = 2 * level + 2;
      nodes.feature[2 * level] = level;
      nodes.threshold[2 * level] = -0.5;
      nodes.cover[2 * level] = 100 - level;
      nodes.cover[2 * level + 1] = 1;
      nodes.value[2 * level + 1] = level / 7.0;
    }
    nodes.value[2 * depth] = 0.1;
    nodes.cover[2 * depth] = 100 - depth;
    return new Tree(org.primum.model.DecisionRule.FLOAT32_BELOW, 0, nodes, 90);
  }

  @Property(tries = 40)
  void anyTreesComeBackToTheBit(
      @ForAll @LongRange(min = 0, max = 1 << 20) long seed,
      @ForAll @IntRange(min = 0, max = 9) int depth) {
    RandomTrees random = new RandomTrees(seed, 6);
    TreeEnsemble model = random.ensemble(List.of(random.tree(depth), random.tree(depth)));

    requireSameBits(alone(model), random.rows(40));
    requireSameBits(against(model, random.rows(50)), random.rows(40));
  }

  private static ExplainerBasis alone(Scorer model) {
    return new ExplainerBasis(MODEL, model, Optional.empty(), Optional.empty());
  }

  private static ExplainerBasis against(Scorer model, FeatureMatrix rows) {
    Background background = Background.of(model);
    background.add(rows);
    return new ExplainerBasis(
        MODEL, model, Optional.empty(), Optional.of(new ComparedRows(background, TABLE)));
  }

  private static void requireSameBits(ExplainerBasis written, FeatureMatrix rows) {
    byte[] bytes = ExplainerFile.write(written);
    ExplainerBasis read = ExplainerFile.read(bytes, "explainer.bin");

    assertThat(ExplainerFile.write(read)).isEqualTo(bytes);
    assertThat(read.scorer().features()).isEqualTo(written.scorer().features());
    assertThat(read.background().map(ComparedRows::rows))
        .isEqualTo(written.background().map(ComparedRows::rows));
    for (Precision precision : Precision.values()) {
      ShapleyValues before = written.explainer(precision).explain(rows);
      ShapleyValues after = read.explainer(precision).explain(rows);
      assertThat(ShapleyValuesFile.write(after)).isEqualTo(ShapleyValuesFile.write(before));
    }
    if (written.scorer() instanceof TreeEnsemble trees
        && read.scorer() instanceof TreeEnsemble others) {
      assertThat(others.margins32(rows)).isEqualTo(trees.margins32(rows));
      assertThat(others.link()).isEqualTo(trees.link());
      assertThat(others.cover()).isEqualTo(trees.cover());
    }
  }

  @Test
  void everyTransformOfALinearModelComesBack() {
    List<Feature> features =
        List.of(Feature.numeric("age"), Feature.categorical("ward", List.of("general", "icu")));
    List<Term> terms =
        List.of(
            new Term(0, new Transform.Standardized(61.5, 12.25), 0.7, 0.01),
            new Term(0, new Transform.Filled(-1), 0.3, 0.25),
            new Term(0, new Transform.MissingIndicator(), 0.1, 0.05),
            new Term(1, new Transform.Category(1), -0.2, 0.4));
    LinearModel model = new LinearModel(features, terms, -1.5);

    Scorer read = ExplainerFile.read(ExplainerFile.write(alone(model)), "explainer.bin").scorer();

    assertThat(read).isEqualTo(model);
  }

  @Test
  void theOrderOfTheBackgroundRowsDoesNotChangeAByte() {
    ShapFixture fixture = new ShapFixture("a_xgb_binary");
    Scorer model = fixture.model("model.json");
    FeatureMatrix rows = fixture.background(model);
    double[] reversed = new double[rows.values().length];
    for (int i = 0; i < reversed.length; i++) {
      int row = rows.rows() - 1 - i / rows.columns();
      reversed[i] = rows.value(row, i % rows.columns());
    }

    assertThat(
            ExplainerFile.write(
                against(model, new FeatureMatrix(reversed, rows.rows(), rows.columns()))))
        .isEqualTo(ExplainerFile.write(against(model, rows)));
  }

  @Test
  void recomputedCoverIsKeptWithTheTableItCounts() {
    ShapFixture fixture = new ShapFixture("f1_lgb_nan");
    TreeEnsemble model = fixture.lightgbm("model.txt");
    CoverCount count = new CoverCount(model);
    count.add(fixture.rows(model));
    CountedRows counted = new CountedRows(count.rows(), TABLE);
    ExplainerBasis basis =
        new ExplainerBasis(MODEL, count.counted(), Optional.of(counted), Optional.empty());

    requireSameBits(basis, fixture.rows(model));
    assertThat(ExplainerFile.read(ExplainerFile.write(basis), "explainer.bin").cover())
        .contains(counted);
  }

  /// A file that an earlier version of primum wrote still reads, and is written the same
  /// (testdata/explainer/README.md).
  @Test
  void theFormIsThatOfTheFileInTestdata() throws IOException {
    ShapFixture fixture = new ShapFixture("m_xgb_and");
    Scorer model = fixture.model("model.json");
    Background background = Background.of(model);
    background.add(fixture.rows(model));
    ComparedRows rows = new ComparedRows(background, Digest.of(fixture.file("rows.csv")));
    ExplainerBasis basis =
        new ExplainerBasis(
            Digest.of(fixture.file("model.json")), model, Optional.empty(), Optional.of(rows));
    byte[] golden = Files.readAllBytes(Path.of("testdata", "explainer", "and.bin"));

    assertThat(ExplainerFile.write(basis)).isEqualTo(golden);
    assertThat(ExplainerFile.read(golden, "and.bin").background().orElseThrow().rows().rows())
        .isEqualTo(4);
  }

  @Test
  void aBitThatFlippedIsFound() {
    byte[] bytes = bytes();
    for (int at = 0; at < bytes.length; at += 7) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      assertThatThrownBy(() -> ExplainerFile.read(damaged, "explainer.bin"))
          .isInstanceOf(ModelInvalidException.class)
          .hasMessageStartingWith("explainer.bin: ");
    }
    for (int length = 0; length < bytes.length; length += 13) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ExplainerFile.read(cut, "explainer.bin"))
          .isInstanceOf(ModelInvalidException.class);
    }
  }

  @Test
  void anotherFileOrVersionIsRefusedByName() {
    byte[] later = bytes();
    later[9] = 2;
    assertThatThrownBy(() -> ExplainerFile.read(later, "later.bin"))
        .hasMessageContaining("version 2")
        .hasMessageContaining("--save-explainer");
    assertThatThrownBy(() -> ExplainerFile.read(new byte[100], "rows.csv"))
        .hasMessageContaining("rows.csv: this is no explainer.bin");
  }

  /// The checksum is made anew, as an attacker would; what is damaged lies behind it.
  @Property(tries = 400)
  void hostileBytesWithARightChecksumAreRefusedOrExplain(
      @ForAll @LongRange(min = 0, max = 1 << 30) long seed) {
    Random random = new Random(seed);
    byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes[HEADER + random.nextInt(bytes.length - HEADER)] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) (random.nextBoolean() ? -1 : 0);
    }
    byte[] signed = signed(bytes, random.nextInt(8) == 0 ? random.nextInt(bytes.length) : 0);

    Throwable thrown = catchThrowable(() -> ExplainerFile.read(signed, "explainer.bin"));

    assertThat(thrown == null || thrown instanceof ModelInvalidException).as("%s", thrown).isTrue();
  }

  private static final int HEADER = 50;
  private static final List<byte[]> SEEDS = seeds();

  private static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String folder : List.of("a_xgb_binary", "d_xgb_categorical", "i_linear_logistic")) {
      ShapFixture fixture = new ShapFixture(folder);
      Scorer model = fixture.model("model.json");
      seeds.add(ExplainerFile.write(against(model, fixture.background(model))));
    }
    RandomTrees random = new RandomTrees(3, 6);
    seeds.add(
        ExplainerFile.write(against(random.ensemble(List.of(random.tree(2))), random.rows(9))));
    return seeds;
  }

  private static byte[] signed(byte[] bytes, int cut) {
    byte[] body = java.util.Arrays.copyOfRange(bytes, HEADER, Math.max(HEADER, bytes.length - cut));
    return ByteBuffer.allocate(HEADER + body.length)
        .put(bytes, 0, 10)
        .put(Digest.sha256().digest(body))
        .putLong(body.length)
        .put(body)
        .array();
  }

  private static byte[] bytes() {
    ShapFixture fixture = new ShapFixture("m_xgb_and");
    Scorer model = fixture.model("model.json");
    return ExplainerFile.write(against(model, fixture.rows(model)));
  }
}
