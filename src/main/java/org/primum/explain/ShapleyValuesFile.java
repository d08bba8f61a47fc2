package org.primum.explain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.primum.model.FeatureMatrix;

/// [ShapleyValues] as bytes, kept between two tries of one run: the eight letters `PRMPIECE`, the
/// numbers of rows, outputs and features, base values, margins and Shapley values in float64, and
/// the CRC-32C of all that, little-endian.
public final class ShapleyValuesFile {

  private static final long MAGIC =
      ByteBuffer.wrap("PRMPIECE".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();
  private static final int HEADER = Long.BYTES + 3 * Integer.BYTES;

  private ShapleyValuesFile() {}

  public static byte[] write(ShapleyValues values) {
    byte[] file =
        new byte[Math.toIntExact(size(values.rows(), values.outputs(), values.features()))];
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC);
    bytes.putInt(values.rows()).putInt(values.outputs()).putInt(values.features());
    for (int output = 0; output < values.outputs(); output++) {
      bytes.putDouble(values.baseValue(output));
    }
    values.addTo(bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer());
    int end = file.length - Integer.BYTES;
    bytes.putInt(end, checksum(file, end));
    return file;
  }

  private static long size(int rows, int outputs, int features) {
    long numbers = outputs + (long) rows * outputs * (1L + features);
    return HEADER + Double.BYTES * numbers + Integer.BYTES;
  }

  private static int checksum(byte[] bytes, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, end);
    return (int) checksum.getValue();
  }

  /// The values, or nothing where the bytes are no values of so many rows by this explainer.
  public static Optional<ShapleyValues> read(byte[] file, Explainer explainer, FeatureMatrix rows) {
    int features = rows.columns();
    int outputs = explainer.outputs();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length != size(rows.rows(), outputs, features)
        || bytes.getInt(file.length - Integer.BYTES) != checksum(file, file.length - Integer.BYTES)
        || bytes.getLong() != MAGIC
        || bytes.getInt() != rows.rows()
        || bytes.getInt() != outputs
        || bytes.getInt() != features) {
      return Optional.empty();
    }
    double[] baseValues = doubles(bytes, outputs);
    for (int output = 0; output < outputs; output++) {
      if (Double.compare(baseValues[output], explainer.baseValue(output)) != 0) {
        return Optional.empty();
      }
    }
    double[] margins = doubles(bytes, rows.rows() * outputs);
    double[] values = doubles(bytes, rows.rows() * outputs * features);
    return Optional.of(ShapleyValues.of(features, baseValues, margins, values));
  }

  private static double[] doubles(ByteBuffer bytes, int count) {
    double[] numbers = new double[count];
    bytes.asDoubleBuffer().get(numbers);
    bytes.position(bytes.position() + count * Double.BYTES);
    return numbers;
  }
}
