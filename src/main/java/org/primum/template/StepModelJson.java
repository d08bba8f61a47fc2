package org.primum.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.primum.document.Documents;

/// Step models as JSON: what `primum describe --format=json` prints.
public final class StepModelJson {

  private static final String SCHEMA = "primum.dev/step-model/v1alpha1";

  private StepModelJson() {}

  public static String write(String version, List<StepModel> models) {
    ObjectNode root = Documents.object();
    root.put("schema", SCHEMA);
    root.put("version", version);
    ArrayNode steps = root.putArray("steps");
    models.forEach(model -> step(steps.addObject(), model));
    return new String(Documents.write(root), StandardCharsets.UTF_8);
  }

  private static void step(ObjectNode node, StepModel model) {
    node.put("name", model.name());
    node.put("summary", model.summary());
    node.put("description", model.description());
    ArrayNode example = node.putArray("example");
    model.example().forEach(example::add);
    ArrayNode options = node.putArray("options");
    model.options().forEach(option -> option(options.addObject(), option));
    ArrayNode outputs = node.putArray("outputs");
    for (StepModel.Output output : model.outputs()) {
      outputs
          .addObject()
          .put("name", output.name())
          .put("kind", output.kind())
          .put("onRequest", output.onRequest())
          .put("description", output.description());
    }
    ObjectNode codes = node.putObject("exitCodes");
    model.exitCodes().forEach((code, meaning) -> codes.put(Integer.toString(code), meaning));
  }

  private static void option(ObjectNode node, StepModel.Option option) {
    node.put("name", option.name());
    node.put("type", option.type());
    node.put("input", option.input().isEmpty() ? null : option.input());
    node.put("required", option.required());
    node.put("default", option.defaultValue().isEmpty() ? null : option.defaultValue());
    node.put("repeatable", option.repeatable());
    node.put("description", option.description());
  }
}
