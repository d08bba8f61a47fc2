package org.primum.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.primum.cli.Cli;

/// Runs the template of a step as Argo runs it, as far as that goes without Kubernetes: the real
/// file, the real command line, and a directory in the place of each volume.
///
/// Where Argo would make an error of the workflow, this throws an [ArgoError]. Paths outside of the
/// pod's volumes stand for what outlives it: they lie below `world`, as does the bucket.
final class ArgoPodSim {

  private static final Pattern TAG = Pattern.compile("\\{\\{([^}]+)}}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path world;
  private final Map<String, Map<String, String>> configMaps = new HashMap<>();
  private int pods;

  ArgoPodSim(Path world) {
    this.world = world;
  }

  /// What Argo would report as the error of a workflow.
  static final class ArgoError extends RuntimeException {
    ArgoError(String message) {
      super(message);
    }
  }

  /// What is known of a pod that ended.
  ///
  /// @param artifacts the key in the bucket by name
  /// @param missing declared outputs that were not there
  /// @param undeclared files of the output directory no output speaks of
  record Result(
      Cli cli,
      String message,
      Map<String, String> parameters,
      Map<String, String> artifacts,
      List<String> missing,
      List<String> undeclared,
      Path root) {

    String parameter(String name) {
      return Optional.ofNullable(parameters.get(name)).orElseThrow();
    }

    String artifact(String name) {
      return Optional.ofNullable(artifacts.get(name)).orElseThrow();
    }
  }

  static String read(String step) throws IOException {
    return Files.readString(Path.of("steps", step, "argo", "clusterworkflowtemplate.yaml"));
  }

  void configMap(String name, String key, String text) {
    configMaps.computeIfAbsent(name, n -> new HashMap<>()).put(key, text);
  }

  Path object(String key) {
    return world.resolve("bucket").resolve(key);
  }

  /// Runs the one template of a file.
  ///
  /// @param artifacts keys in the bucket by the name of the input
  Result run(String yaml, Map<String, String> parameters, Map<String, String> artifacts)
      throws IOException {
    JsonNode template =
        new YAMLMapper().readTree(yaml).required("spec").required("templates").get(0);
    String pod = "wf-" + template.required("name").asText() + "-" + ++pods;
    ObjectNode needed = ((ObjectNode) template).deepCopy();
    needed.remove("metrics");
    Map<String, String> tags = inputs(needed, parameters);
    String text = substitute(JSON.writeValueAsString(needed), tags);
    tags = Map.of("workflow.uid", "uid", "workflow.namespace", "clinic", "pod.name", pod);
    text = substitute(text, tags);
    if (text.contains("{{")) {
      throw new ArgoError("failed to resolve " + text.substring(text.indexOf("{{")));
    }
    return new Pod(JSON.readTree(text), world.resolve("pods").resolve(pod)).run(artifacts);
  }

  private static Map<String, String> inputs(JsonNode template, Map<String, String> given) {
    Map<String, String> tags = new TreeMap<>();
    for (JsonNode parameter : template.required("inputs").required("parameters")) {
      String name = parameter.required("name").asText();
      String value = given.getOrDefault(name, parameter.path("default").asText(null));
      if (value == null) {
        throw new ArgoError("inputs.parameters." + name + " was not supplied");
      }
      if (parameter.has("enum") && !texts(parameter.get("enum")).contains(value)) {
        throw new ArgoError("inputs.parameters." + name + ": " + value + " is not in its enum");
      }
      tags.put("inputs.parameters." + name, value);
      tags.put("=toJson(inputs.parameters." + name + ")", JSON.valueToTree(value).toString());
    }
    given.keySet().stream()
        .filter(name -> !tags.containsKey("inputs.parameters." + name))
        .forEach(name -> {
          throw new ArgoError("no parameter " + name);
        });
    return tags;
  }

  private static String substitute(String text, Map<String, String> tags) {
    return TAG.matcher(text)
        .replaceAll(tag -> {
          String value = tags.get(tag.group(1));
          return Matcher.quoteReplacement(value == null ? tag.group() : escaped(value));
        });
  }

  private static String escaped(String value) {
    String quoted = JSON.valueToTree(value).toString();
    return quoted.substring(1, quoted.length() - 1);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /// One pod: a directory for its root file system.
  private final class Pod {

    private final JsonNode template;
    private final JsonNode container;
    private final Path root;
    private final Set<String> mounts = new TreeSet<>();

    Pod(JsonNode template, Path root) {
      this.template = template;
      this.container = template.required("container");
      this.root = root;
    }

    Result run(Map<String, String> artifacts) throws IOException {
      mountVolumes();
      load(artifacts);
      Map<String, String> environment = environment();
      if (!texts(container.required("command")).equals(List.of("/opt/primum/bin/primum"))) {
        throw new ArgoError("the image has no " + container.get("command"));
      }
      Cli cli =
          Cli.run(
              environment,
              texts(container.required("args")).stream().map(this::mapped).toArray(String[]::new));
      return save(cli);
    }

    private void mountVolumes() throws IOException {
      Map<String, JsonNode> volumes = new HashMap<>();
      template.required("volumes").forEach(v -> volumes.put(v.required("name").asText(), v));
      for (JsonNode mount : container.required("volumeMounts")) {
        JsonNode volume = volumes.remove(mount.required("name").asText());
        if (volume == null) {
          throw new ArgoError("no volume for " + mount);
        }
        Path directory = Files.createDirectories(below(mount.required("mountPath").asText()));
        mounts.add(mount.required("mountPath").asText());
        if (volume.has("configMap")) {
          fill(directory, volume.get("configMap"));
        }
      }
      if (!volumes.isEmpty()) {
        throw new ArgoError("nobody mounts " + volumes.keySet());
      }
    }

    private void fill(Path directory, JsonNode reference) throws IOException {
      Map<String, String> data = configMaps.get(reference.required("name").asText());
      if (data == null && !reference.path("optional").asBoolean()) {
        throw new ArgoError("no ConfigMap " + reference);
      }
      for (Map.Entry<String, String> file : Optional.ofNullable(data).orElse(Map.of()).entrySet()) {
        Files.writeString(directory.resolve(file.getKey()), file.getValue());
      }
    }

    /// Argo makes the directories above an artifact readable for its own user alone.
    private void load(Map<String, String> given) throws IOException {
      Map<String, String> left = new HashMap<>(given);
      for (JsonNode artifact : template.required("inputs").path("artifacts")) {
        String name = artifact.required("name").asText();
        String key = left.remove(name);
        String path = artifact.required("path").asText();
        if (!mounts.contains(path.substring(0, path.lastIndexOf('/'))) || !artifact.has("mode")) {
          throw new ArgoError(path + " could not be read by another user than Argo's");
        }
        if (key != null) {
          copy(object(key), below(path));
        } else if (!artifact.path("optional").asBoolean()) {
          throw new ArgoError("inputs.artifacts." + name + " was not supplied");
        }
      }
      if (!left.isEmpty()) {
        throw new ArgoError("no artifact " + left.keySet());
      }
    }

    private Map<String, String> environment() throws IOException {
      Map<String, String> environment = new HashMap<>();
      for (JsonNode variable : container.required("env")) {
        if (variable.has("value")) {
          environment.put(variable.required("name").asText(), variable.get("value").asText());
        }
      }
      environment.put("PRIMUM_TERMINATION_LOG", termination().toString());
      environment.put("ARGO_PROGRESS_FILE", root.resolve("progress").toString());
      Files.createDirectories(root);
      return environment;
    }

    private Path termination() {
      return root.resolve("termination-log");
    }

    /// The argument with each absolute path in it as it is called on this machine.
    private String mapped(String argument) {
      int equals = argument.indexOf('=');
      if (equals < 0) {
        return argument;
      }
      return argument.substring(0, equals + 1)
          + Arrays.stream(argument.substring(equals + 1).split(",", -1))
              .map(value -> value.startsWith("/") ? locate(value).toString() : value)
              .collect(Collectors.joining(","));
    }

    private Path locate(String path) {
      boolean inside = mounts.stream().anyMatch(m -> Path.of(path).startsWith(m));
      return inside ? below(path) : world.resolve(path.substring(1));
    }

    private Path below(String path) {
      return root.resolve(path.substring(1));
    }

    /// Collects the outputs whatever the exit code was, as Argo does.
    private Result save(Cli cli) throws IOException {
      List<String> missing = new ArrayList<>();
      Map<String, String> parameters = new TreeMap<>();
      Set<Path> declared = new TreeSet<>();
      for (JsonNode output : template.required("outputs").required("parameters")) {
        Path file = locate(output.required("valueFrom").required("path").asText());
        declared.add(file);
        parameters.put(output.required("name").asText(), parameter(output, file, missing));
      }
      Map<String, String> artifacts = new TreeMap<>();
      for (JsonNode output : template.required("outputs").required("artifacts")) {
        Path file = locate(output.required("path").asText());
        declared.add(file);
        if (upload(output, file)) {
          artifacts.put(output.get("name").asText(), key(output));
        } else {
          missing.add(output.get("name").asText());
        }
      }
      String message = Files.exists(termination()) ? Files.readString(termination()) : "";
      return new Result(cli, message, parameters, artifacts, missing, undeclared(declared), root);
    }

    private static String parameter(JsonNode output, Path file, List<String> missing)
        throws IOException {
      if (Files.exists(file)) {
        return Files.readString(file).replaceFirst("\n$", "");
      }
      missing.add("params/" + output.get("name").asText());
      return output.required("valueFrom").required("default").asText();
    }

    private boolean upload(JsonNode output, Path file) throws IOException {
      if (Files.exists(file)) {
        assertReadable(file);
        copy(file, object(key(output)));
        return true;
      }
      if (!output.path("optional").asBoolean()) {
        throw new ArgoError("outputs.artifacts." + output.get("name") + ": no such file");
      }
      return false;
    }

    private static String key(JsonNode output) {
      return output.required("s3").required("key").asText();
    }

    /// What lies in the output directory beside files and directories that are outputs themselves.
    private List<String> undeclared(Set<Path> declared) throws IOException {
      Path out = below("/primum/out");
      declared.remove(out);
      if (!Files.exists(out)) {
        return List.of();
      }
      try (Stream<Path> files = Files.walk(out)) {
        return files
            .filter(Files::isRegularFile)
            .filter(file -> declared.stream().noneMatch(file::startsWith))
            .map(file -> out.relativize(file).toString())
            .toList();
      }
    }
  }

  /// Argo's container beside the step may run as another user.
  private static void assertReadable(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        if (!Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
          throw new ArgoError("permission denied: " + file);
        }
      }
    }
  }

  /// Copies a file or a directory; where something else is there already, two steps share a key.
  private static void copy(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      throw new ArgoError("no object " + from);
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString()).normalize();
        Files.createDirectories(target.getParent());
        if (Files.exists(target) && Files.mismatch(file, target) >= 0) {
          throw new ArgoError("another object has the key of " + target);
        }
        if (!Files.exists(target)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
