package org.primum.explain;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.primum.explain.value.FeatureGroups;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.explain.value.Precision;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;
import org.primum.model.reader.ModelReader;

/// How much more CPU time all interactions of a row take than its Shapley values, on the models and
/// rows that scripts/bench-shap.sh leaves in its cache.
///
/// `InteractionBench MODEL ROWS FEATURES COUNT`; the rows are float32, little-endian, row after
/// row, and start over where there are fewer. Prints a line of JSON for each mode: rows a CPU
/// second of both, and the cells of the first rows, by pair.
final class InteractionBench {

  private static final int SHOWN = 5;
  private static final int CALLS = 5;
  private static final long ENOUGH = 6_000_000_000L;

  private InteractionBench() {}

  public static void main(String[] arguments) throws IOException {
    int features = Integer.parseInt(arguments[2]);
    int count = Integer.parseInt(arguments[3]);
    List<String> names = IntStream.range(0, features).mapToObj(i -> "f" + i).toList();
    TreeEnsemble model = (TreeEnsemble) ModelReader.read(Path.of(arguments[0]), Optional.of(names));
    FeatureMatrix rows = rows(Path.of(arguments[1]), count, features);
    List<String> all = model.features().stream().map(Feature::name).toList();
    FeaturePairs pairs = FeaturePairs.of(model, FeatureGroups.single(all));
    var background = new TreeBackground(model);
    background.add(part(rows, 0, Math.min(2000, count)));
    report("path-dependent", Explainer.of(model), pairs, rows);
    report("interventional", background.explainer(Precision.MIXED), pairs, rows);
  }

  private static void report(
      String mode, Explainer explainer, FeaturePairs pairs, FeatureMatrix rows) {
    Interactions interactions = explainer.interactions(pairs);
    double phi = best(() -> explainer.explain(rows));
    double cells = best(() -> explain(interactions, rows));
    System.out.printf(
        "{\"mode\": \"%s\", \"pairs\": %s, \"cells\": %s, \"phi\": %.1f, \"interactions\": %.1f,"
            + " \"ratio\": %.2f}%n",
        mode,
        list(pairs.size(), pair -> List.of(pairs.first(pair), pairs.second(pair))),
        cells(interactions.explain(part(rows, 0, Math.min(SHOWN, rows.rows())))),
        rows.rows() / phi,
        rows.rows() / cells,
        cells / phi);
  }

  private static List<Object> cells(InteractionValues values) {
    return list(values.rows(), row -> list(values.pairs(), pair -> values.value(row, 0, pair)));
  }

  private static List<Object> list(int size, IntFunction<Object> entry) {
    return IntStream.range(0, size).mapToObj(entry).toList();
  }

  private static void explain(Interactions interactions, FeatureMatrix rows) {
    int size = interactions.rowsAtOnce();
    for (int first = 0; first < rows.rows(); first += size) {
      interactions.explain(part(rows, first, Math.min(rows.rows(), first + size)));
    }
  }

  private static FeatureMatrix part(FeatureMatrix rows, int from, int to) {
    int columns = rows.columns();
    return new FeatureMatrix(
        Arrays.copyOfRange(rows.values(), from * columns, to * columns), to - from, columns);
  }

  private static FeatureMatrix rows(Path file, int count, int features) throws IOException {
    double[] values = new double[count * features];
    var floats =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get(i % floats.limit());
    }
    return new FeatureMatrix(values, count, features);
  }

  /// CPU seconds of the whole process, compiler and collector with it, of the best call.
  private static double best(Runnable call) {
    var clock = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double best = Double.POSITIVE_INFINITY;
    long first = clock.getProcessCpuTime();
    for (int i = 0; i < 2 || (i < CALLS && clock.getProcessCpuTime() - first < ENOUGH); i++) {
      long begin = clock.getProcessCpuTime();
      call.run();
      best = Math.min(best, (clock.getProcessCpuTime() - begin) / 1e9);
    }
    return best;
  }
}
