package org.primum.platform.served;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.primum.model.FeatureMatrix;

/// `{"instances": [[…], …]}` and `{"predictions": […]}`: KServe v1 and TensorFlow Serving
/// (<https://www.tensorflow.org/tfx/serving/api_rest>).
///
/// @param output the key of a prediction that is an object
/// @param version the first that is available
record InstancesProtocol(ServedClient client, Optional<String> output, Optional<String> version)
    implements ServedProtocol {

  static InstancesProtocol of(ServedClient client, ServedAddress at, Optional<String> output)
      throws IOException {
    Optional<String> version =
        client
            .find(at.metadata())
            .flatMap(said ->
                said.path("model_version_status")
                    .valueStream()
                    .filter(one -> one.path("state").asText().equals("AVAILABLE"))
                    .map(one -> one.path("version").asText())
                    .findFirst());
    return new InstancesProtocol(client, output, version);
  }

  @Override
  public void write(JsonGenerator out, FeatureMatrix rows, int from, int to) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("instances");
    for (int row = from; row < to; row++) {
      out.writeStartArray();
      for (int column = 0; column < rows.columns(); column++) {
        ServedProtocol.number(out, rows.value(row, column), false);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  @Override
  public double[] read(JsonNode answer, int rows) {
    JsonNode predictions = answer.path("predictions");
    if (!predictions.isArray() || predictions.size() != rows) {
      throw client.refused(
          "answers without one entry of 'predictions' for each of the " + rows + " rows asked");
    }
    List<Double> numbers = new ArrayList<>();
    int width = -1;
    for (JsonNode prediction : predictions) {
      int before = numbers.size();
      add(prediction.isObject() ? named(prediction) : prediction, numbers);
      int own = numbers.size() - before;
      if (own == 0 || (width >= 0 && own != width)) {
        throw client.refused("answers with other numbers of values for different rows");
      }
      width = own;
    }
    return ServedProtocol.array(numbers);
  }

  private JsonNode named(JsonNode prediction) {
    return output
        .map(prediction::path)
        .or(() ->
            prediction.size() == 1 ? Optional.of(prediction.elements().next()) : Optional.empty())
        .orElseThrow(() ->
            client.refused(
                "answers several things ("
                    + String.join(", ", prediction.propertyStream().map(Map.Entry::getKey).toList())
                    + "); choose one with --served-output"));
  }

  private void add(JsonNode prediction, List<Double> numbers) {
    if (prediction.isArray()) {
      prediction.forEach(one -> numbers.add(finite(one)));
    } else {
      numbers.add(finite(prediction));
    }
  }

  private double finite(JsonNode node) {
    double value = ServedProtocol.finite(node);
    if (Double.isNaN(value)) {
      throw client.refused(
          "answers with something that is no finite number; of several outputs choose one with"
              + " --served-output");
    }
    return value;
  }
}
