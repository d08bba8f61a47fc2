package org.primum.model.tribuo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.primum.model.ModelInvalidException;
import org.primum.model.wire.Wire;

/// Vectors and matrices of float64.
final class TribuoTensors {

  private static final int MAX_NUMBERS = 1 << 22;

  private TribuoTensors() {}

  /// The weights of `LinearParameters`: one row an output, the last column the intercept.
  static double[] weights(TribuoPart parameters) {
    Wire linear = parameters.of("org.tribuo.math.LinearParameters");
    double[] weights = {};
    while (linear.next()) {
      switch (linear.field()) {
        case 1 ->
            weights = dense(TribuoPart.of(linear.message()).of("org.tribuo.math.la.DenseMatrix"));
        default -> linear.skip();
      }
    }
    return weights;
  }

  static double[] vector(TribuoPart part) {
    return dense(part.of("org.tribuo.math.la.DenseVector"));
  }

  private static double[] dense(Wire tensor) {
    Wire.Numbers values = new Wire.Numbers();
    while (tensor.next()) {
      switch (tensor.field()) {
        case 2 -> tensor.doubles(values);
        default -> tensor.skip();
      }
    }
    return few(values.all());
  }

  /// A sparse vector with its zeros.
  static double[] filled(TribuoPart part, int size) {
    Wire tensor = part.of("org.tribuo.math.la.SparseVector");
    ByteBuffer places = ByteBuffer.allocate(0);
    Wire.Numbers values = new Wire.Numbers();
    while (tensor.next()) {
      switch (tensor.field()) {
        case 3 -> places = ByteBuffer.wrap(tensor.octets()).order(ByteOrder.LITTLE_ENDIAN);
        case 4 -> tensor.doubles(values);
        default -> tensor.skip();
      }
    }
    double[] stored = few(values.all());
    double[] filled = new double[size];
    if (places.remaining() != stored.length * Integer.BYTES) {
      throw new ModelInvalidException("a sparse vector has other places than numbers");
    }
    for (double value : stored) {
      int place = places.getInt();
      if (place < 0 || place >= size) {
        throw new ModelInvalidException("a weight is of feature " + place + " of " + size);
      }
      filled[place] = value;
    }
    return filled;
  }

  private static double[] few(double[] numbers) {
    if (numbers.length > MAX_NUMBERS) {
      throw new ModelInvalidException("more than " + MAX_NUMBERS + " weights are not read");
    }
    return numbers;
  }
}
