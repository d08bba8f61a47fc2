package org.primum.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Resolves every reference of Argo objects, and says of each that leads nowhere where it stands.
/// What is handed over a template's border is checked here, because Argo's own linter lets an
/// argument pass that no input declares.
final class ArgoReferences {

  private static final Pattern TASK =
      Pattern.compile(
          "\\b(?:tasks|steps)\\.([a-z0-9-]+)\\.outputs\\.(artifacts|parameters)\\.([a-z0-9-]+)");
  private static final Pattern INPUT =
      Pattern.compile("\\binputs\\.(artifacts|parameters)\\.([a-z0-9-]+)");
  private static final Pattern GLOBAL = Pattern.compile("\\bworkflow\\.parameters\\.([a-z0-9-]+)");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /// Objects by kind and name.
  private final Map<String, JsonNode> objects = new HashMap<>();

  private final List<String> faults = new ArrayList<>();

  ArgoReferences(List<JsonNode> all) {
    all.forEach(o -> objects.put(key(text(o, "kind"), o.at("/metadata/name").asText()), o));
  }

  /// One line a fault, in the order of the objects.
  List<String> faults(JsonNode object) {
    faults.clear();
    JsonNode spec = object.get("spec");
    if (spec.has("workflowTemplateRef")) {
      call(
          name(object),
          spec,
          find("WorkflowTemplate", spec.at("/workflowTemplateRef/name").asText())
              .map(t -> t.get("spec")));
      return List.copyOf(faults);
    }
    String name = name(object);
    globals(name, object);
    Stream.of("entrypoint", "onExit")
        .filter(spec::has)
        .filter(end -> template(object, text(spec, end)).isEmpty())
        .forEach(end -> faults.add(name + ": " + end + " names no template"));
    items(spec, "templates").forEach(template -> template(object, template));
    return List.copyOf(faults);
  }

  private void template(JsonNode object, JsonNode template) {
    String where = name(object) + "/" + text(template, "name");
    inputs(where, template);
    Map<String, JsonNode> tasks = tasks(template);
    tasks.forEach((name, task) -> {
      String at = where + "/" + name;
      call(at, task, target(object, task));
      outputs(at, task, upstream(tasks, name), object);
    });
    outputs(where, template.path("outputs"), tasks, object);
  }

  /// Tasks of a DAG, or steps, by name.
  private static Map<String, JsonNode> tasks(JsonNode template) {
    Map<String, JsonNode> tasks = new LinkedHashMap<>();
    items(template.path("dag"), "tasks").forEach(t -> tasks.put(text(t, "name"), t));
    items(template, "steps")
        .flatMap(ArgoReferences::stream)
        .forEach(t -> tasks.put(text(t, "name"), t));
    return tasks;
  }

  private Optional<JsonNode> target(JsonNode object, JsonNode task) {
    JsonNode reference = task.path("templateRef");
    if (reference.isMissingNode()) {
      return template(object, text(task, "template"));
    }
    boolean cluster = reference.path("clusterScope").asBoolean();
    return find(cluster ? "ClusterWorkflowTemplate" : "WorkflowTemplate", text(reference, "name"))
        .flatMap(o -> template(o, text(reference, "template")));
  }

  /// The tasks that have ended, by `depends`, when this one starts.
  private static Map<String, JsonNode> upstream(Map<String, JsonNode> tasks, String name) {
    Map<String, JsonNode> before = new LinkedHashMap<>();
    List<String> open = new ArrayList<>(List.of(name));
    while (!open.isEmpty()) {
      JsonNode task = tasks.getOrDefault(open.removeLast(), MissingNode.getInstance());
      Matcher names = NAME.matcher(text(task, "depends").replaceAll("\\.[A-Za-z]+", ""));
      while (names.find()) {
        String dependency = names.group();
        if (tasks.containsKey(dependency)
            && before.put(dependency, tasks.get(dependency)) == null) {
          open.add(dependency);
        }
      }
    }
    return before;
  }

  /// Arguments are declared inputs, and every input without a value of its own is given.
  private void call(String where, JsonNode caller, Optional<JsonNode> callee) {
    if (callee.isEmpty()) {
      faults.add(where + ": calls what is not there");
      return;
    }
    String inputs =
        callee.get().has("inputs") || !callee.get().has("entrypoint") ? "inputs" : "arguments";
    for (String kind : List.of("parameters", "artifacts")) {
      Set<String> given = names(caller.path("arguments"), kind);
      Set<String> declared = names(callee.get().path(inputs), kind);
      given.stream()
          .filter(n -> !declared.contains(n))
          .forEach(n -> faults.add(where + ": gives " + kind + " " + n + ", which is no input"));
      items(callee.get().path(inputs), kind)
          .filter(ArgoReferences::isRequired)
          .map(i -> text(i, "name"))
          .filter(n -> !given.contains(n))
          .forEach(n -> faults.add(where + ": lacks " + kind + " " + n));
    }
  }

  private static boolean isRequired(JsonNode input) {
    return Stream.of("default", "value", "valueFrom", "s3", "raw").noneMatch(input::has)
        && !input.path("optional").asBoolean();
  }

  private void outputs(String where, JsonNode node, Map<String, JsonNode> before, JsonNode object) {
    Matcher used = TASK.matcher(node.toString());
    while (used.find()) {
      String task = used.group(1);
      boolean declared =
          before.containsKey(task)
              && target(object, before.get(task))
                  .filter(t -> names(t.path("outputs"), used.group(2)).contains(used.group(3)))
                  .isPresent();
      if (!declared) {
        faults.add(where + ": reads " + used.group() + ", which is not there by then");
      }
    }
  }

  private void inputs(String where, JsonNode template) {
    Matcher used = INPUT.matcher(template.toString());
    Set<String> missing = new LinkedHashSet<>();
    while (used.find()) {
      if (!names(template.path("inputs"), used.group(1)).contains(used.group(2))) {
        missing.add(used.group());
      }
    }
    missing.forEach(m -> faults.add(where + ": reads " + m + ", which is no input"));
  }

  private void globals(String where, JsonNode object) {
    Matcher used = GLOBAL.matcher(object.toString());
    Set<String> declared = names(object.at("/spec/arguments"), "parameters");
    Set<String> seen = new LinkedHashSet<>();
    while (used.find()) {
      seen.add(used.group(1));
    }
    seen.stream()
        .filter(n -> !declared.contains(n))
        .forEach(
            n -> faults.add(where + ": reads workflow.parameters." + n + ", which is no argument"));
    declared.stream()
        .filter(n -> !seen.contains(n))
        .forEach(n -> faults.add(where + ": nobody reads argument " + n));
  }

  private Optional<JsonNode> find(String kind, String name) {
    return Optional.ofNullable(objects.get(key(kind, name)));
  }

  private static Optional<JsonNode> template(JsonNode object, String name) {
    return items(object.path("spec"), "templates")
        .filter(t -> text(t, "name").equals(name))
        .findFirst();
  }

  private static Set<String> names(JsonNode parent, String field) {
    Set<String> names = new LinkedHashSet<>();
    items(parent, field).forEach(i -> names.add(text(i, "name")));
    return names;
  }

  private static Stream<JsonNode> items(JsonNode parent, String field) {
    return stream(parent.path(field));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText(object.at("/metadata/generateName").asText());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  private static String key(String kind, String name) {
    return kind + " " + name;
  }
}
