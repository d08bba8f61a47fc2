package org.primum.platform;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the engine around this process says of itself, read from the environment.
public final class Engine {

  private static final List<String> IDENTIFIERS =
      List.of(
          "ARGO_CONTAINER_NAME",
          "ARGO_INSTANCE_ID",
          "ARGO_NODE_ID",
          "ARGO_POD_NAME",
          "ARGO_POD_UID",
          "ARGO_WORKFLOW_NAME",
          "ARGO_WORKFLOW_UID",
          "KFP_POD_NAME",
          "KFP_POD_UID",
          "KFP_RUN_ID",
          "BUILD_TAG",
          "CI_JOB_ID",
          "CI_PIPELINE_ID",
          "GITHUB_RUN_ATTEMPT",
          "GITHUB_RUN_ID",
          "PRIMUM_RUN_ID");

  private final Map<String, String> environment;

  public Engine(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// The identifiers an engine set, by variable. No other variable is ever recorded: they hold
  /// secrets.
  public SortedMap<String, String> identifiers() {
    SortedMap<String, String> found = new TreeMap<>();
    for (String name : IDENTIFIERS) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        found.put(name, value);
      }
    }
    return found;
  }
}
