package org.primum.explain;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.primum.explain.tree.Lanes;
import org.primum.explain.tree.ScalarLanes;
import org.primum.explain.tree.VectorLanes;
import org.primum.explain.value.ShapleyValues;
import org.primum.model.FeatureMatrix;
import org.primum.model.TreeEnsemble;
import org.primum.model.reader.ModelReader;

/// Our side of scripts/bench-shap.sh: how many rows are explained in a CPU second.
///
/// `ExplainBench MODEL ROWS FEATURES COUNT vector|scalar BACKGROUND`; the rows are float32,
/// little-endian, row after row. As many of the first as BACKGROUND says are what the others are
/// compared with; with 0 the values are path-dependent. Prints one line of JSON: rows per CPU
/// second with everything made before (`rate`), with nothing but the model (`whole`), and of
/// prediction.
final class ExplainBench {

  private static final int CALLS = 8;
  private static final long ENOUGH = 4_000_000_000L;
  private static final int SHOWN = 50;

  private ExplainBench() {}

  public static void main(String[] arguments) throws IOException {
    int features = Integer.parseInt(arguments[2]);
    int count = Integer.parseInt(arguments[3]);
    List<String> names = IntStream.range(0, features).mapToObj(i -> "f" + i).toList();
    TreeEnsemble model = (TreeEnsemble) ModelReader.read(Path.of(arguments[0]), Optional.of(names));
    FeatureMatrix rows = rows(Path.of(arguments[1]), count, features);
    Lanes lanes = arguments[4].equals("vector") ? new VectorLanes() : new ScalarLanes();
    FeatureMatrix background =
        rows(Path.of(arguments[1]), Integer.parseInt(arguments[5]), features);
    TableExplainer explainer = explainer(model, lanes, background);
    ShapleyValues values = explainer.explain(rows);
    double explain = best(() -> explainer.explain(rows));
    double whole = best(() -> explainer(model, lanes, background).explain(rows));
    double predict = best(() -> model.margins(rows));
    System.out.printf(
        "{\"rate\": %.1f, \"whole\": %.1f, \"predict\": %.1f, \"phi\": %s}%n",
        count / explain, count / whole, count / predict, shown(values));
  }

  private static TableExplainer explainer(
      TreeEnsemble model, Lanes lanes, FeatureMatrix background) {
    if (background.rows() == 0) {
      return new TableExplainer(model, lanes);
    }
    TreeBackground counted = new TreeBackground(model);
    counted.add(background);
    return new TableExplainer(model, lanes, counted.programs(), counted.values());
  }

  private static FeatureMatrix rows(Path file, int count, int features) throws IOException {
    double[] values = new double[count * features];
    var floats =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get();
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

  private static String shown(ShapleyValues values) {
    StringJoiner rows = new StringJoiner(", ", "[", "]");
    for (int row = 0; row < SHOWN; row++) {
      StringJoiner line = new StringJoiner(", ", "[", "]");
      for (int feature = 0; feature < values.features(); feature++) {
        line.add(Double.toString(values.phi(row, 0, feature)));
      }
      rows.add(line.toString());
    }
    return rows.toString();
  }
}
