package org.primum.fairness.statistics.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// 1,500 patients of testdata/proxies, where scikit-learn fit the same model, and held out row i in
/// fold i mod 5.
final class IndicatorLogitTest {

  private static final Path FOLDER = Path.of("testdata/proxies");
  private static final int COLUMNS = 4;

  private final List<String[]> patients = new ArrayList<>();
  private final int[][] rows;
  private int values;

  IndicatorLogitTest() throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve("patients.csv"));
    lines.subList(1, lines.size()).forEach(line -> patients.add(line.split(",", -1)));
    rows = new int[patients.size()][COLUMNS];
    for (int column = 0; column < COLUMNS; column++) {
      Map<String, Integer> codes = new HashMap<>();
      for (int row = 0; row < rows.length; row++) {
        int next = values + codes.size() + 1;
        rows[row][column] = codes.computeIfAbsent(patients.get(row)[column + 1], _ -> next);
      }
      values += codes.size();
    }
  }

  private static JsonNode recorded(String group) throws IOException {
    return new ObjectMapper()
        .readTree(FOLDER.resolve("sklearn.json").toFile())
        .at("/groups/" + group);
  }

  private double[] members(String group) {
    return patients.stream().mapToDouble(p -> p[0].equals(group) ? 1 : 0).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asian", "Black", "White"})
  void fitsWhatScikitLearnFits(String group) throws IOException {
    double[] once = new double[rows.length];
    Arrays.fill(once, 1);
    double[] odds = IndicatorLogit.logOdds(rows, members(group), once, values);
    JsonNode theirs = recorded(group).get("odds");
    for (int i = 0; i < theirs.size(); i++) {
      assertThat(odds[i]).isCloseTo(theirs.get(i).doubleValue(), within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asian", "Black", "White"})
  void judgesHeldOutRowsAsScikitLearnDoes(String group) throws IOException {
    double[] members = members(group);
    List<CrossFittedArea.Item> items = new ArrayList<>();
    for (int fold = 0; fold < 5; fold++) {
      double[] totals = new double[rows.length];
      double[] positives = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        totals[i] = i % 5 == fold ? 0 : 1;
        positives[i] = totals[i] * members[i];
      }
      double[] odds = IndicatorLogit.logOdds(rows, positives, totals, values);
      for (int i = fold; i < rows.length; i += 5) {
        items.add(new CrossFittedArea.Item(fold, i, odds[i], members[i], 1 - members[i]));
      }
    }
    AreaEstimate area =
        CrossFittedArea.of(items.toArray(CrossFittedArea.Item[]::new), false).orElseThrow();
    assertThat(area.area()).isCloseTo(recorded(group).get("folded").doubleValue(), within(2e-5));
  }

  @Test
  void aValueOfTheGroupAloneIsStillFinite() {
    int[][] two = {{1}, {2}};
    double[] odds = IndicatorLogit.logOdds(two, new double[] {50, 0}, new double[] {50, 50}, 2);
    assertThat(odds[0]).isFinite().isGreaterThan(2);
    assertThat(odds[1]).isCloseTo(-odds[0], within(1e-6));
  }

  @Test
  void nothingIsLearnedFromOneKindOfRows() {
    assertThatThrownBy(
            () -> IndicatorLogit.logOdds(new int[][] {{1}}, new double[] {3}, new double[] {3}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
