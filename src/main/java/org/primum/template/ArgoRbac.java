package org.primum.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.primum.document.Documents;

/// Who the pods of the steps are to Kubernetes: a step is nobody with no rights and no token;
/// Argo's executor beside it may write its result and nothing else.
final class ArgoRbac {

  static final String EXECUTOR = "primum-executor";

  private static final String RBAC = "rbac.authorization.k8s.io";

  private ArgoRbac() {}

  /// The service account of a step.
  static String account(StepModel step) {
    return "primum-" + step.name();
  }

  /// `steps/<step>/argo/rbac.yaml`.
  static ObjectNode step(String version, StepModel step) {
    return serviceAccount(account(step), step.name(), version);
  }

  /// `pipelines/argo/rbac/executor.yaml`. Where a step's pod mounts no token, Argo mounts the
  /// executor's from this Secret, which Kubernetes no longer makes by itself.
  static JsonNode[] executor(String version) {
    return new JsonNode[] {
      serviceAccount(EXECUTOR, "executor", version), role(version), binding(version), token(version)
    };
  }

  private static ObjectNode serviceAccount(String name, String label, String version) {
    ObjectNode account = object("v1", "ServiceAccount", name, label, version);
    return account.put("automountServiceAccountToken", false);
  }

  private static ObjectNode role(String version) {
    ObjectNode role = object(RBAC + "/v1", "Role", EXECUTOR, "executor", version);
    ObjectNode rule = role.putArray("rules").addObject();
    rule.putArray("apiGroups").add("argoproj.io");
    rule.putArray("resources").add("workflowtaskresults");
    rule.putArray("verbs").add("create").add("patch");
    return role;
  }

  private static ObjectNode binding(String version) {
    ObjectNode binding = object(RBAC + "/v1", "RoleBinding", EXECUTOR, "executor", version);
    binding.putObject("roleRef").put("apiGroup", RBAC).put("kind", "Role").put("name", EXECUTOR);
    binding.putArray("subjects").addObject().put("kind", "ServiceAccount").put("name", EXECUTOR);
    return binding;
  }

  private static ObjectNode token(String version) {
    ObjectNode secret =
        object("v1", "Secret", EXECUTOR + ".service-account-token", "executor", version);
    secret
        .withObject("/metadata")
        .putObject("annotations")
        .put("kubernetes.io/service-account.name", EXECUTOR);
    return secret.put("type", "kubernetes.io/service-account-token");
  }

  private static ObjectNode object(
      String api, String kind, String name, String label, String version) {
    ObjectNode object = Documents.object();
    object.put("apiVersion", api).put("kind", kind);
    Argo.labels(object.putObject("metadata").put("name", name), label, version);
    return object;
  }
}
