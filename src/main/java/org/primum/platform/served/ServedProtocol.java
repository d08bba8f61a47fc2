package org.primum.platform.served;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.primum.model.FeatureMatrix;

/// How rows are asked about and answers come back.
sealed interface ServedProtocol permits InstancesProtocol, TensorProtocol {

  ObjectMapper JSON = new ObjectMapper();

  /// Which version the model says it is; empty where it does not.
  Optional<String> version();

  /// @param from the first of the rows that are asked about
  /// @param to after the last of them
  void write(JsonGenerator out, FeatureMatrix rows, int from, int to) throws IOException;

  /// The numbers of an answer, row after row.
  ///
  /// @param rows how many were asked about
  double[] read(JsonNode answer, int rows);

  /// The question in JSON.
  default byte[] question(FeatureMatrix rows, int from, int to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      write(out, rows, from, to);
    }
    return bytes.toByteArray();
  }

  /// A number of a row; a missing one is `null`.
  static void number(JsonGenerator out, double value, boolean isFloat32) throws IOException {
    if (Double.isNaN(value)) {
      out.writeNull();
    } else if (isFloat32) {
      out.writeNumber((float) value);
    } else {
      out.writeNumber(value);
    }
  }

  /// A finite number of an answer.
  ///
  /// @return NaN where the node is none
  static double finite(JsonNode node) {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    return Double.isFinite(value) ? value : Double.NaN;
  }

  static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
