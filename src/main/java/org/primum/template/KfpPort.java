package org.primum.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// One input or output of a component of Kubeflow Pipelines.
///
/// @param name as Python writes it: `alert_rate`
/// @param optional whether a task may leave it out
sealed interface KfpPort {

  String name();

  boolean optional();

  String description();

  /// A file or directory with a history.
  ///
  /// @param schema of the types the SDK knows, e.g. `system.Model`
  /// @param list whether it is what the tasks of a loop left
  record Artifact(String name, String schema, boolean list, boolean optional, String description)
      implements KfpPort {}

  /// A value.
  ///
  /// @param defaultValue as text; empty where there is none
  record Parameter(
      String name, Type type, boolean optional, String defaultValue, String description)
      implements KfpPort {

    /// A text that is left out is the empty one: not every backend can leave it out.
    boolean hasDefault() {
      return !defaultValue.isEmpty() || (optional && type == Type.STRING);
    }

    /// The default in its own type.
    JsonNode defaultNode() {
      return switch (type) {
        case STRING, LIST, TASK_FINAL_STATUS -> JsonNodeFactory.instance.textNode(defaultValue);
        case BOOLEAN -> JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(defaultValue));
        case NUMBER_INTEGER -> JsonNodeFactory.instance.numberNode(Long.parseLong(defaultValue));
        case NUMBER_DOUBLE -> JsonNodeFactory.instance.numberNode(Double.parseDouble(defaultValue));
      };
    }
  }

  /// The types of parameters in a pipeline's intermediate representation.
  enum Type {
    STRING("String"),
    NUMBER_INTEGER("Integer"),
    NUMBER_DOUBLE("Float"),
    BOOLEAN("Boolean"),
    LIST("JsonArray"),
    /// How everything before an exit handler ended.
    TASK_FINAL_STATUS("PipelineTaskFinalStatus");

    private final String former;

    Type(String former) {
      this.former = former;
    }

    /// The name in the first version of components.
    String former() {
      return former;
    }
  }
}
