package org.primum.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.primum.document.Documents;
import org.primum.template.TemplateOption.Kind;

/// `steps/<step>/argo/clusterworkflowtemplate.yaml`: a step as a ClusterWorkflowTemplate.
///
/// A `templateRef` takes the template alone, so everything the pod needs stands in it: volumes,
/// identity, security. The pod passes the restricted Pod Security Standard.
final class ArgoTemplate {

  private static final int USER = 65532;

  /// The platform's faults and 75, never a refusal and never bad input: 64 is Argo's executor, 137
  /// and 143 a pod that was killed or asked to go, -1 one that never told. Too little memory or
  /// time is as little the next time.
  private static final String WORTH_A_RETRY =
      "(lastRetry.status == 'Error' || asInt(lastRetry.exitCode) in [-1, 64, 75, 137, 143])"
          + " && !(lastRetry.message contains 'OOMKilled')"
          + " && !(lastRetry.message contains 'specified deadline')";

  private final String version;
  private final StepModel step;
  private final ArgoInputs inputs;
  private final ArgoOutputs outputs;

  ArgoTemplate(String version, StepModel step) {
    this.version = version;
    this.step = step;
    this.inputs = new ArgoInputs(step);
    this.outputs = new ArgoOutputs(step);
  }

  ObjectNode write() {
    ObjectNode root = Documents.object();
    root.put("apiVersion", "argoproj.io/v1alpha1").put("kind", "ClusterWorkflowTemplate");
    ObjectNode metadata = root.putObject("metadata").put("name", "primum-" + step.name() + "-v1");
    Argo.labels(metadata, step.name(), version);
    metadata
        .putObject("annotations")
        .put("workflows.argoproj.io/title", "primum " + step.name())
        .put("workflows.argoproj.io/description", description())
        .put("workflows.argoproj.io/version", Argo.SINCE);
    template(root.putObject("spec").putArray("templates").addObject());
    return root;
  }

  private String description() {
    return (step.summary() + "\n" + step.description()).strip();
  }

  private void template(ObjectNode template) {
    template.put("name", step.name());
    Argo.labels(template.putObject("metadata"), step.name(), version);
    inputs.write(template.putObject("inputs"));
    outputs.write(template.putObject("outputs"));
    outputs.metrics(template.putObject("metrics").putArray("prometheus"));
    retry(template.putObject("retryStrategy"));
    template.put("activeDeadlineSeconds", Argo.input("deadline-seconds"));
    identity(template);
    volumes(template.putArray("volumes"));
    template.put("podSpecPatch", resources());
    container(template.putObject("container"));
  }

  /// Without a maxDuration: Argo would count the time of the tries themselves, and end a long one.
  private static void retry(ObjectNode strategy) {
    strategy.put("limit", "3").put("retryPolicy", "Always").put("expression", WORTH_A_RETRY);
    strategy.putObject("backoff").put("duration", "30s").put("factor", "2");
  }

  private void identity(ObjectNode template) {
    template.put("serviceAccountName", ArgoRbac.account(step));
    template.put("automountServiceAccountToken", false);
    template.putObject("executor").put("serviceAccountName", ArgoRbac.EXECUTOR);
    template
        .putObject("securityContext")
        .put("runAsNonRoot", true)
        .put("runAsUser", USER)
        .put("runAsGroup", USER)
        .put("fsGroup", USER)
        .putObject("seccompProfile")
        .put("type", "RuntimeDefault");
  }

  /// Argo's executor makes the directories above an artifact for itself alone, and may run as
  /// another user; so each directory that holds artifacts is a volume, which is there before.
  private void volumes(ArrayNode volumes) {
    for (String name : new String[] {"work", "tmp"}) {
      volumes.addObject().put("name", name).putObject("emptyDir");
    }
    if (hasArtifacts()) {
      volumes.addObject().put("name", "in").putObject("emptyDir");
    }
    if (inputs.has(Kind.EVIDENCE)) {
      volumes.addObject().put("name", "in-evidence").putObject("emptyDir");
    }
    for (TemplateOption policy : inputs.ofKind(Kind.POLICY)) {
      volumes
          .addObject()
          .put("name", policy.name())
          .putObject("configMap")
          .put("name", Argo.input(ArgoInputs.configMap(policy)))
          .put("optional", true);
    }
  }

  private boolean hasArtifacts() {
    return inputs.has(Kind.TABLE)
        || inputs.has(Kind.MODEL)
        || inputs.has(Kind.EVIDENCE)
        || inputs.has(Kind.TALLY)
        || inputs.has(Kind.EARLIER)
        || inputs.has(Kind.SHARDS);
  }

  private void mounts(ArrayNode mounts) {
    mount(mounts, "work", "/primum");
    mount(mounts, "tmp", "/tmp");
    if (hasArtifacts()) {
      mount(mounts, "in", ArgoInputs.IN);
    }
    if (inputs.has(Kind.EVIDENCE)) {
      mount(mounts, "in-evidence", ArgoInputs.EVIDENCE);
    }
    for (TemplateOption policy : inputs.ofKind(Kind.POLICY)) {
      mount(mounts, policy.name(), ArgoInputs.CONFIGURATION + "/" + policy.name())
          .put("readOnly", true);
    }
  }

  private static ObjectNode mount(ArrayNode mounts, String name, String path) {
    return mounts.addObject().put("name", name).put("mountPath", path);
  }

  /// A container's own resources take no parameters; a patch of the pod does. It is read as YAML
  /// after the values are in it, so they go in quoted: a value with a line end must not add to the
  /// pod.
  private static String resources() {
    return """
    containers:
    - name: main
      resources:
        requests:
          cpu: {{=toJson(inputs.parameters.cpu)}}
          memory: {{=toJson(inputs.parameters.memory)}}
        limits:
          memory: {{=toJson(inputs.parameters.memory)}}
    """;
  }

  private void container(ObjectNode container) {
    container.put("name", "main").put("image", "primum.local/primum:" + version);
    container.putArray("command").add("/opt/primum/bin/primum");
    inputs.arguments(container.putArray("args"));
    environment(container.putArray("env"));
    container.put("terminationMessagePolicy", "FallbackToLogsOnError");
    container
        .putObject("securityContext")
        .put("allowPrivilegeEscalation", false)
        .put("readOnlyRootFilesystem", true)
        .putObject("capabilities")
        .putArray("drop")
        .add("ALL");
    mounts(container.putArray("volumeMounts"));
  }

  private static void environment(ArrayNode variables) {
    variables.addObject().put("name", "PRIMUM_RUN_ID").put("value", "{{workflow.uid}}");
    String store = "primum-object-store";
    reference(variables, "PRIMUM_S3_ENDPOINT", "configMapKeyRef", store, "endpoint");
    reference(variables, "AWS_REGION", "configMapKeyRef", store, "region");
    reference(variables, "PRIMUM_S3_PATIENCE", "configMapKeyRef", store, "patience");
    String secret = Argo.input("credentials");
    reference(variables, "AWS_ACCESS_KEY_ID", "secretKeyRef", secret, "accessKey");
    reference(variables, "AWS_SECRET_ACCESS_KEY", "secretKeyRef", secret, "secretKey");
    reference(variables, "AWS_SESSION_TOKEN", "secretKeyRef", secret, "sessionToken");
  }

  private static void reference(
      ArrayNode variables, String variable, String kind, String object, String key) {
    variables
        .addObject()
        .put("name", variable)
        .putObject("valueFrom")
        .putObject(kind)
        .put("name", object)
        .put("key", key)
        .put("optional", true);
  }
}
