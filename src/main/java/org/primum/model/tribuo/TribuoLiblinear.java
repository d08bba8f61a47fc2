package org.primum.model.tribuo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.primum.model.Link;
import org.primum.model.ModelInvalidException;
import org.primum.model.Scorer;
import org.primum.model.wire.Wire;

/// LIBLINEAR within Tribuo. The file holds one object of `de.bwaldvogel.liblinear.Model` 2.44 in
/// Java's serialization. It is not deserialized: its bytes are held against the only form that such
/// an object has, with its numbers in fixed places, and no class is looked up.
final class TribuoLiblinear {

  static final String CLASSIFICATION =
      "org.tribuo.classification.liblinear.LibLinearClassificationModel";
  static final String REGRESSION = "org.tribuo.regression.liblinear.LibLinearRegressionModel";

  private static final String HEAD =
      "\u00ac\u00ed\0\5sr\0\u001dde.bwaldvogel.liblinear.Model"
          + "\u00a6g\u0082\u00ef?G\u00c1\u008e\2\0\7"
          + "D\0\4biasI\0\bnr_classI\0\12nr_featureD\0\3rho[\0\5labelt\0\2[I"
          + "L\0\12solverTypet\0\44Lde/bwaldvogel/liblinear/SolverType;[\0\1wt\0\2[Dxp";
  private static final String LABELS = "ur\0\2[IM\u00ba`&v\u00ea\u00b2\u00a5\2\0\0xp";
  private static final String SOLVER =
      "~r\0\42de.bwaldvogel.liblinear.SolverType\0\0\0\0\0\0\0\0\22\0\0"
          + "xr\0\16java.lang.Enum\0\0\0\0\0\0\0\0\22\0\0xpt";
  private static final String WEIGHTS = "ur\0\2[D>\u00a6\u008c\u0014\u00abcZ\u001e\2\0\0xp";

  private static final List<String> LOGISTIC = List.of("L2R_LR", "L1R_LR", "L2R_LR_DUAL");
  private static final String SEVERAL_AT_ONCE = "MCSVM_CS";
  private static final int NULL = 'p';

  private final ByteBuffer bytes;
  private final TribuoDomain domain;

  private TribuoLiblinear(byte[] bytes, TribuoDomain domain) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.domain = domain;
  }

  static Scorer read(Wire model, Optional<List<String>> features) {
    Wire metadata = new Wire(new byte[0]);
    List<byte[]> objects = new ArrayList<>();
    while (model.next()) {
      switch (model.field()) {
        case 1 -> metadata = model.message();
        case 2 -> objects.add(model.octets());
        default -> model.skip();
      }
    }
    if (objects.size() != 1) {
      throw new ModelInvalidException(
          "one LIBLINEAR model is read, of labels or of one number; this file has "
              + objects.size());
    }
    return new TribuoLiblinear(objects.getFirst(), TribuoDomain.read(metadata)).model(features);
  }

  private Scorer model(Optional<List<String>> features) {
    expect(HEAD);
    double bias = number();
    int classes = whole();
    int width = whole() + (bias >= 0 ? 1 : 0);
    number();
    int[] labels = labels();
    expect(SOLVER);
    String solver = solver();
    double[] stored = weights();
    boolean isOneSum =
        domain.labels().isEmpty() || (classes == 2 && !solver.equals(SEVERAL_AT_ONCE));
    int sums = isOneSum ? 1 : classes;
    int known = domain.labels().size();
    if (width != domain.features().size() + 1
        || stored.length != (long) width * sums
        || labels.length != known
        || (known > 0 && classes != known)) {
      throw new ModelInvalidException(
          stored.length
              + " weights and "
              + labels.length
              + " labels for "
              + domain.features().size()
              + " features and "
              + known
              + " labels");
    }
    boolean isLogistic = LOGISTIC.contains(solver);
    return new TribuoMargins(domain, byLabel(stored, sums, labels))
        .model(
            isLogistic ? Link.LOGISTIC : Link.IDENTITY,
            isLogistic ? Link.ONE_VS_REST : Link.IDENTITY,
            features);
  }

  /// Weights of a feature stand together, one a sum; where there is one sum for two labels it is
  /// that of the first, and the other's is nothing.
  private List<double[]> byLabel(double[] stored, int sums, int[] labels) {
    int outputs = Math.max(1, labels.length);
    double[][] rows = new double[outputs][];
    for (int i = 0; i < outputs; i++) {
      int label = labels.length == 0 ? 0 : labels[i];
      if (label < 0 || label >= outputs || rows[label] != null) {
        throw new ModelInvalidException("the labels are not numbered from 0 on, each once");
      }
      rows[label] = new double[stored.length / sums];
      for (int feature = 0; i < sums && feature < rows[label].length; feature++) {
        rows[label][feature] = stored[feature * sums + i];
      }
    }
    return Arrays.asList(rows);
  }

  private int[] labels() {
    if (bytes.hasRemaining() && bytes.get(bytes.position()) == NULL) {
      bytes.get();
      return new int[0];
    }
    expect(LABELS);
    int[] labels = new int[count(Integer.BYTES)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes.getInt();
    }
    return labels;
  }

  private double[] weights() {
    expect(WEIGHTS);
    double[] weights = new double[count(Double.BYTES)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = bytes.getDouble();
    }
    if (bytes.hasRemaining()) {
      throw other();
    }
    return weights;
  }

  private String solver() {
    require(Short.BYTES);
    int length = bytes.getShort() & 0xffff;
    require(length);
    byte[] name = new byte[length];
    bytes.get(name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  private int count(int each) {
    int count = whole();
    if (count < 0 || count > bytes.remaining() / each) {
      throw other();
    }
    return count;
  }

  private int whole() {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  private double number() {
    require(Double.BYTES);
    return bytes.getDouble();
  }

  private void expect(String form) {
    byte[] expected = form.getBytes(StandardCharsets.ISO_8859_1);
    require(expected.length);
    if (!ByteBuffer.wrap(expected).equals(bytes.slice(bytes.position(), expected.length))) {
      throw other();
    }
    bytes.position(bytes.position() + expected.length);
  }

  private void require(int count) {
    if (bytes.remaining() < count) {
      throw other();
    }
  }

  private static ModelInvalidException other() {
    return new ModelInvalidException(
        "its LIBLINEAR model has not the form of liblinear-java 2.44, and nothing else is"
            + " deserialized; train it with Tribuo 4.3, or write it down as the JSON of"
            + " docs/model-json.md");
  }
}
