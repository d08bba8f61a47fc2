package org.primum.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.primum.fairness.Fixtures;

/// The 600 rows of testdata/fairness/cohort.csv and what AIF360 0.6.1 and scikit-learn 1.9.1 say of
/// them.
final class Fixture {

  private static final Path FOLDER = Path.of("testdata/fairness");

  private Fixture() {}

  record Row(boolean positive, double score, String race, String sex, double weight) {}

  static List<Row> rows() {
    try {
      List<Row> rows = new ArrayList<>();
      for (String line :
          Files.readAllLines(FOLDER.resolve("cohort.csv")).stream().skip(1).toList()) {
        String[] cells = line.split(",", -1);
        rows.add(
            new Row(
                cells[1].equals("1"),
                Double.parseDouble(cells[2]),
                cells[4],
                cells[5],
                Double.parseDouble(cells[7])));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String name) {
    return Fixtures.json(name.replace(".json", ""));
  }

  static double[] scores(List<Row> rows) {
    return rows.stream().mapToDouble(Row::score).toArray();
  }

  static boolean[] positives(List<Row> rows) {
    boolean[] positives = new boolean[rows.size()];
    for (int row = 0; row < positives.length; row++) {
      positives[row] = rows.get(row).positive();
    }
    return positives;
  }
}
