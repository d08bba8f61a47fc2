package org.primum.platform.served;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.primum.model.Feature;
import org.primum.model.FeatureMatrix;

/// Tensors in JSON: the Open Inference Protocol
/// (<https://github.com/kserve/open-inference-protocol>, specification/protocol/inference_rest.md).
///
/// @param inputs one for all features, or one for each in the model's order of features
/// @param output the answer that is asked for, where one is named
record TensorProtocol(
    ServedClient client, List<Input> inputs, Optional<String> output, Optional<String> version)
    implements ServedProtocol {

  /// A tensor that is sent.
  record Input(String name, boolean isFloat32, boolean isFlat) {}

  private static final String FLOAT32 = "FP32";
  private static final String FLOAT64 = "FP64";

  TensorProtocol {
    inputs = List.copyOf(inputs);
  }

  /// As the model says, and one tensor of float64 where it says nothing.
  static TensorProtocol of(
      ServedClient client, ServedAddress at, List<Feature> features, Optional<String> output)
      throws IOException {
    Optional<JsonNode> said = client.find(at.metadata());
    JsonNode inputs = said.map(node -> node.path("inputs")).orElse(JSON.nullNode());
    Optional<String> version =
        said.flatMap(node -> node.path("versions").valueStream().findFirst()).map(JsonNode::asText);
    return new TensorProtocol(client, inputs(client, inputs, features), output, version);
  }

  private static List<Input> inputs(ServedClient client, JsonNode said, List<Feature> features) {
    if (said.isEmpty()) {
      return List.of(new Input("input-0", false, false));
    }
    if (said.size() == 1) {
      JsonNode shape = said.path(0).path("shape");
      int width = shape.path(shape.size() - 1).asInt(-1);
      if (shape.size() > 1 && width > 0 && width != features.size()) {
        throw client.refused(
            "takes " + width + " features, " + features.size() + " are named with --features");
      }
      return List.of(input(client, said.path(0), features.size() == 1 && shape.size() == 1));
    }
    List<Input> inputs = new ArrayList<>();
    for (Feature feature : features) {
      JsonNode one =
          said.valueStream()
              .filter(input -> input.path("name").asText().equals(feature.name()))
              .findFirst()
              .orElseThrow(() ->
                  client.refused(
                      "takes a tensor for each feature, and none is named '"
                          + feature.name()
                          + "'; name its features with --features"));
      inputs.add(input(client, one, one.path("shape").size() == 1));
    }
    if (inputs.size() != said.size()) {
      throw client.refused(
          "takes " + said.size() + " tensors, " + inputs.size() + " features are named");
    }
    return inputs;
  }

  private static Input input(ServedClient client, JsonNode said, boolean isFlat) {
    String type = said.path("datatype").asText();
    if (!type.equals(FLOAT32) && !type.equals(FLOAT64)) {
      throw client.refused(
          "takes a tensor that is neither FP32 nor FP64; only numbers are asked about");
    }
    return new Input(said.path("name").asText(), type.equals(FLOAT32), isFlat);
  }

  @Override
  public void write(JsonGenerator out, FeatureMatrix rows, int from, int to) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("inputs");
    for (int i = 0; i < inputs.size(); i++) {
      boolean isAll = inputs.size() == 1;
      tensor(out, inputs.get(i), rows, from, to, isAll ? 0 : i, isAll ? rows.columns() : i + 1);
    }
    out.writeEndArray();
    if (output.isPresent()) {
      out.writeArrayFieldStart("outputs");
      out.writeStartObject();
      out.writeStringField("name", output.get());
      out.writeEndObject();
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void tensor(
      JsonGenerator out, Input input, FeatureMatrix rows, int from, int to, int first, int end)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("name", input.name());
    out.writeStringField("datatype", input.isFloat32() ? FLOAT32 : FLOAT64);
    out.writeArrayFieldStart("shape");
    out.writeNumber(to - from);
    if (!input.isFlat()) {
      out.writeNumber(end - first);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("data");
    for (int row = from; row < to; row++) {
      for (int column = first; column < end; column++) {
        ServedProtocol.number(out, rows.value(row, column), input.isFloat32());
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  @Override
  public double[] read(JsonNode answer, int rows) {
    JsonNode tensor = chosen(answer.path("outputs"));
    List<Double> numbers = new ArrayList<>();
    flatten(tensor.path("data"), numbers);
    JsonNode shape = tensor.path("shape");
    if (shape.path(0).asLong(-1) != rows
        || numbers.isEmpty()
        || numbers.size() % rows != 0
        || shape.valueStream().mapToLong(JsonNode::asLong).reduce(1, (a, b) -> a * b)
            != numbers.size()) {
      throw client.refused(
          "answers with a tensor whose shape does not fit the " + rows + " rows asked");
    }
    return ServedProtocol.array(numbers);
  }

  private JsonNode chosen(JsonNode outputs) {
    if (output.isEmpty() && outputs.size() == 1) {
      return outputs.path(0);
    }
    return outputs
        .valueStream()
        .filter(one -> output.filter(one.path("name").asText()::equals).isPresent())
        .findFirst()
        .orElseThrow(() ->
            client.refused(
                "answers with the outputs "
                    + String.join(
                        ", ", outputs.valueStream().map(o -> o.path("name").asText()).toList())
                    + "; choose one of them with --served-output"));
  }

  /// Row after row, whether nested or not.
  private void flatten(JsonNode data, List<Double> numbers) {
    for (JsonNode one : data) {
      if (one.isArray()) {
        flatten(one, numbers);
      } else {
        double value = ServedProtocol.finite(one);
        if (Double.isNaN(value)) {
          throw client.refused("answers with something that is no finite number");
        }
        numbers.add(value);
      }
    }
  }
}
