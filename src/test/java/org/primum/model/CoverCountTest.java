package org.primum.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cover that is counted again from the rows a model was trained on is the library's own count
/// (testdata/models: neither bagging nor weights).
final class CoverCountTest {

  @ParameterizedTest
  @CsvSource({
    "lightgbm-sigmoid.txt, cancer-missing",
    "simple-hist.json, cancer-missing",
    "simple-boosting.json, cancer"
  })
  void isTheLibrarysOwnCountOfItsTrainingRows(String file, String training) throws IOException {
    TreeEnsemble model = LibraryModels.trees(file);
    TreeEnsemble counted = counted(model, training);

    assertThat(model.cover()).isEqualTo(CoverKind.COUNT);
    assertThat(counted.cover()).isEqualTo(CoverKind.RECOMPUTED);
    requireSameCover(counted.trees(), model.trees());
    assertThat(counted.margins(LibraryModels.rows(file)))
        .isEqualTo(model.margins(LibraryModels.rows(file)));
  }

  /// The four trees of the plain JSON are the first four of the ONNX file, which keeps no cover.
  @Test
  void givesOnnxTreesTheCoverThatTheLibraryCounted() throws IOException {
    TreeEnsemble onnx = counted(LibraryModels.trees("boosting-binary.onnx"), "cancer");
    TreeEnsemble own = LibraryModels.trees("simple-boosting.json");

    requireSameCover(onnx.trees().subList(0, own.trees().size()), own.trees());
  }

  private static void requireSameCover(List<Tree> counted, List<Tree> own) {
    assertThat(counted).hasSameSizeAs(own);
    for (int tree = 0; tree < own.size(); tree++) {
      assertThat(counted.get(tree).size()).isEqualTo(own.get(tree).size());
      for (int node = 0; node < own.get(tree).size(); node++) {
        assertThat(counted.get(tree).cover(node))
            .as("tree %d, node %d", tree, node)
            .isEqualTo(own.get(tree).cover(node));
      }
    }
  }

  /// A split that no row reached sends half each way, a side that none took nothing (XGBoost's
  /// BranchWeight).
  @Test
  void aNodeThatNobodyReachesWeighsNothingAndItsChildrenHalfEach() throws IOException {
    TreeEnsemble model = LibraryModels.trees("simple-boosting.json");
    CoverCount count = new CoverCount(model);
    count.add(new FeatureMatrix(new double[8], 1, 8));
    Tree tree = count.counted().trees().getFirst();

    for (int node = 0; node < tree.size(); node++) {
      if (!tree.isLeaf(node)) {
        double left = tree.coverRatio(node, tree.left(node));
        double right = tree.coverRatio(node, tree.right(node));
        assertThat(left + right).isEqualTo(1);
        assertThat(left).isIn(tree.cover(node) > 0 ? List.of(0.0, 1.0) : List.of(0.5));
      }
    }
    assertThat(tree.cover(0)).isEqualTo(1);
    assertThat(tree.size()).isGreaterThan(5);
  }

  @Test
  void piecesAndTheirOrderDoNotMatter() throws IOException {
    TreeEnsemble model = LibraryModels.trees("lightgbm-sigmoid.txt");
    FeatureMatrix rows = rows("cancer-missing");
    CoverCount pieces = new CoverCount(model);
    for (int end = rows.rows(); end > 0; end -= 100) {
      int first = Math.max(0, end - 100);
      double[] part = java.util.Arrays.copyOfRange(rows.values(), first * 8, end * 8);
      pieces.add(new FeatureMatrix(part, end - first, 8));
    }

    assertThat(pieces.rows()).isEqualTo(569);
    requireSameCover(pieces.counted().trees(), counted(model, "cancer-missing").trees());
  }

  private static TreeEnsemble counted(TreeEnsemble model, String training) throws IOException {
    CoverCount count = new CoverCount(model);
    count.add(rows(training));
    return count.counted();
  }

  private static FeatureMatrix rows(String training) throws IOException {
    List<String> lines =
        Files.readAllLines(LibraryModels.FOLDER.resolve(training + "-training.csv"));
    double[] values =
        lines.stream()
            .skip(1)
            .flatMap(line -> java.util.Arrays.stream(line.split(",", -1)))
            .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
            .toArray();
    return new FeatureMatrix(values, lines.size() - 1, 8);
  }
}
