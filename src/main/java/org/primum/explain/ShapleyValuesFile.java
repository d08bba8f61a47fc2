package org.primum.explain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.primum.explain.value.FeaturePairs;
import org.primum.explain.value.InteractionValues;
import org.primum.explain.value.SamplingErrors;
import org.primum.explain.value.ShapleyValues;

/// [ShapleyValues] as bytes, kept between two tries of one run: the eight letters `PRMPIECE`, the
/// numbers of rows, outputs and values, 1 for estimates and 0 for exact values, the number of
/// pairs, then in float64 base values, margins and Shapley values; of estimates the standard
/// errors, the coalitions and the condition of each row; the interactions of the pairs; and the
/// CRC-32C of all that, little-endian.
public final class ShapleyValuesFile {

  private static final long MAGIC =
      ByteBuffer.wrap("PRMPIECE".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();
  private static final int HEADER = Long.BYTES + 5 * Integer.BYTES;

  private ShapleyValuesFile() {}

  /// What of a piece is known before it is read.
  ///
  /// @param values of each row and output: features, or groups of them
  /// @param pairs whose interactions stand beside the values
  private record Form(int rows, int outputs, int values, boolean areEstimates, int pairs) {

    static Form of(ShapleyValues values) {
      return new Form(
          values.rows(),
          values.outputs(),
          values.features(),
          values.errors().isPresent(),
          values.interactions().map(InteractionValues::pairs).orElse(0));
    }

    /// Bytes.
    long size() {
      long cells = (long) rows * outputs;
      long numbers = outputs + cells * (1L + values + pairs);
      long sureness = areEstimates ? cells * values + 2L * rows : 0;
      return HEADER + Double.BYTES * (numbers + sureness) + Integer.BYTES;
    }

    void put(ByteBuffer bytes) {
      bytes.putLong(MAGIC).putInt(rows).putInt(outputs).putInt(values);
      bytes.putInt(areEstimates ? 1 : 0).putInt(pairs);
    }

    boolean isThatOf(ByteBuffer bytes) {
      return bytes.getLong() == MAGIC
          && bytes.getInt() == rows
          && bytes.getInt() == outputs
          && bytes.getInt() == values
          && bytes.getInt() == (areEstimates ? 1 : 0)
          && bytes.getInt() == pairs;
    }
  }

  public static byte[] write(ShapleyValues values) {
    Form form = Form.of(values);
    byte[] file = new byte[Math.toIntExact(form.size())];
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    form.put(bytes);
    DoubleBuffer numbers = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    for (int output = 0; output < values.outputs(); output++) {
      numbers.put(values.baseValue(output));
    }
    values.addTo(numbers);
    values.errors().ifPresent(errors -> errors.addTo(numbers));
    values.interactions().ifPresent(found -> found.addTo(numbers));
    int end = file.length - Integer.BYTES;
    bytes.putInt(end, checksum(file, end));
    return file;
  }

  private static int checksum(byte[] bytes, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, end);
    return (int) checksum.getValue();
  }

  /// The values, or nothing where the bytes are no values of so many rows by this explainer.
  ///
  /// @param values of each row and output: features, or groups of them
  public static Optional<ShapleyValues> read(
      byte[] file, Explainer explainer, int values, int rows) {
    int pairs = explainer.pairs().map(FeaturePairs::size).orElse(0);
    Form form = new Form(rows, explainer.outputs(), values, explainer.isEstimate(), pairs);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int end = file.length - Integer.BYTES;
    if (file.length != form.size()
        || bytes.getInt(end) != checksum(file, end)
        || !form.isThatOf(bytes)) {
      return Optional.empty();
    }
    DoubleBuffer numbers = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    double[] baseValues = ShapleyValues.doubles(numbers, form.outputs());
    for (int output = 0; output < baseValues.length; output++) {
      if (Double.compare(baseValues[output], explainer.baseValue(output)) != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(read(numbers, form, baseValues, explainer.pairs().isPresent()));
  }

  private static ShapleyValues read(
      DoubleBuffer numbers, Form form, double[] baseValues, boolean hasPairs) {
    int cells = form.rows() * form.outputs();
    double[] margins = ShapleyValues.doubles(numbers, cells);
    double[] phi = ShapleyValues.doubles(numbers, cells * form.values());
    ShapleyValues found = ShapleyValues.of(form.values(), baseValues, margins, phi);
    if (form.areEstimates()) {
      found = found.with(SamplingErrors.read(numbers, form.rows(), form.outputs(), form.values()));
    }
    return hasPairs
        ? found.with(InteractionValues.read(numbers, form.rows(), form.outputs(), form.pairs()))
        : found;
  }
}
