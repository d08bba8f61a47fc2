#!/usr/bin/env bash
# The chart on the cluster of scripts/rig: install, helm test, a test that has to fail, upgrade, tenants, uninstall.
#
#   scripts/e2e/chart.sh     needs the cluster up and the image loaded; works in namespaces of its own
#
# ClusterWorkflowTemplates belong to the whole cluster. So that others' stay untouched, it installs a copy of the chart
# whose templates are called chart-e2e-<step>-v1. One line a claim to stdout, the rest to stderr.
set -euo pipefail
cd "$(dirname "$0")/../.."
namespace=primum-chart
tenants=(primum-chart-a primum-chart-b)
s3=10.88.0.1:8333
export KUBECONFIG=${PRIMUM_CACHE:-$HOME/.cache/primum}/rig/run/kubeconfig
work=$(mktemp -d)

helm() { scripts/helm.sh helm "$@"; }
kubectl() { scripts/rig/kubectl "$@"; }
claim() { echo "e2e-chart: $*"; }
fail() { echo "e2e-chart: NOT SO: $*" >&2; exit 1; }

sweep() {
  helm uninstall primum --namespace "$namespace" >/dev/null 2>&1 || true
  kubectl delete namespace "$namespace" "${tenants[@]}" --ignore-not-found --wait=true >&2
}
trap 'sweep; rm -rf "$work"' EXIT

kubectl get --raw /readyz >/dev/null 2>&1 || fail "there is a cluster: make cluster"
cp -R pipelines/chart/primum "$work/chart"
sed -i -E 's/^(  name: )primum-([a-z-]+-v1)$/\1chart-e2e-\2/' "$work"/chart/files/cluster/*.yaml
sed -i -E 's/(templateRef: \{name: )primum-/\1chart-e2e-/' "$work"/chart/files/namespaced/workflows/*.yaml
# There is no registry here: the digest of the image that was loaded, under the name by which the kubelet would pull it.
images() { ctr -a /run/primum/containerd.sock -n k8s.io images "$@"; }
digest=$(images ls | awk '$1 == "primum.local/primum:0.1.0" {print $3}')
[ -n "$digest" ] || fail "the image is loaded: scripts/rig/load.sh"
images tag --force primum.local/primum:0.1.0 "primum.local/primum@$digest" >&2
cat >"$work/values.yaml" <<YAML
image: {digest: "$digest"}
objectStore: {endpoint: "http://$s3", region: us-east-1}
credentials:
  objectStore: &keys {create: true, accessKey: primum, secretKey: primum-secret}
  registry: *keys
  ledger: *keys
  log: *keys
artifactRepository: {create: true, bucket: primum, endpoint: "$s3", region: us-east-1, insecure: true}
networkPolicy: {enabled: true, objectStore: {cidr: 10.88.0.1/32, port: 8333}, apiServer: {cidr: 10.96.0.1/32, port: 443}}
registryPrefix: s3://primum/chart-e2e
test: {store: s3://primum/chart-e2e/test}
YAML
sweep

# docs/install.md as a reader would type it, with this chart and namespace in the place of its own
for program in helm kubectl; do
  cat >"$work/$program" <<SH
#!/usr/bin/env bash
for word; do
  case \$word in
    pipelines/chart/primum) word=$work/chart ;;
    primum) [ "\${last:-}" = -n ] || [ "\${last:-}" = namespace ] && word=$namespace ;;
    test.store=*) word=test.store=s3://primum/chart-e2e/reader ;;
  esac
  words+=("\$word")
  last=\$word
done
exec $([ $program = helm ] && echo "$PWD/scripts/helm.sh helm" || echo "$PWD/scripts/rig/kubectl") "\${words[@]}"
SH
  chmod +x "$work/$program"
done
awk '/^```sh helm$/ {on = 1; next} /^```$/ {on = 0} on' docs/install.md >"$work/reader.sh"
grep -q 'helm test primum' "$work/reader.sh" || fail "docs/install.md tells of helm test"
PATH=$work:$PATH ACCESS_KEY=primum SECRET_KEY=primum-secret S3_ENDPOINT=http://$s3 bash -eo pipefail "$work/reader.sh" >"$work/reader.log" 2>&1 ||
  { cat "$work/reader.log" >&2; fail "the commands of docs/install.md run in their order"; }
claim "the commands of docs/install.md run in their order: namespace, Secrets, install, test, upgrade, uninstall"
sweep

kubectl create namespace "$namespace" >&2
kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted >&2

helm install primum "$work/chart" --namespace "$namespace" --values "$work/values.yaml" --wait >"$work/notes"
grep -q "helm test primum -n $namespace" "$work/notes" || fail "the notes say what comes next"
claim "helm install ends well in a namespace under Pod Security restricted"

helm test primum --namespace "$namespace" --timeout 5m --logs >"$work/test" 2>&1 || { cat "$work/test" >&2; fail "helm test passes"; }
grep -q "is current under 'helm-test'" "$work/test" || { cat "$work/test" >&2; fail "helm test promotes a model"; }
[ "$(kubectl get pod --namespace "$namespace" primum-test -o 'jsonpath={.spec.containers[0].image}')" = "primum.local/primum@$digest" ] || fail "the image is by digest"
claim "helm test trains, gates and promotes a tiny model in the object store, with the image by digest"

helm test primum --namespace "$namespace" --timeout 5m --logs >"$work/test" 2>&1 || { cat "$work/test" >&2; fail "helm test passes again"; }
grep -q "It was current already; nothing moved" "$work/test" || { cat "$work/test" >&2; fail "the second helm test moves nothing"; }
claim "helm test may be repeated: the second finds its model current"

# The chart's own template, called as a workflow would, with artifacts through the chart's artifact repository.
workflow=$(kubectl create --namespace "$namespace" --output name -f - <<YAML
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: train-}
spec:
  entrypoint: main
  templates:
  - name: main
    dag:
      tasks:
      - name: train
        templateRef: {name: chart-e2e-train-v1, template: train, clusterScope: true}
        arguments:
          parameters:
          - {name: data, value: "s3://primum/chart-e2e/test/cohort.parquet"}
          - {name: label, value: readmitted_30d}
          - {name: id, value: patient_id}
          - {name: learner, value: logistic-regression}
      - name: score
        depends: train
        templateRef: {name: chart-e2e-score-v1, template: score, clusterScope: true}
        arguments:
          parameters: [{name: data, value: "s3://primum/chart-e2e/test/cohort.parquet"}]
          artifacts: [{name: model, from: "{{tasks.train.outputs.artifacts.model}}"}]
YAML
)
kubectl wait --namespace "$namespace" "$workflow" --for=condition=Completed --timeout=5m >&2
[ "$(kubectl get --namespace "$namespace" "$workflow" -o 'jsonpath={.status.phase} {.status.artifactRepositoryRef.namespace}')" = "Succeeded $namespace" ] ||
  { kubectl get --namespace "$namespace" "$workflow" -o yaml >&2; fail "a workflow of the chart's templates is green"; }
claim "a workflow of the chart's templates is green, its artifacts in the repository of the namespace"

helm upgrade primum "$work/chart" --namespace "$namespace" --values "$work/values.yaml" --wait >/dev/null \
  --set-string steps.train.cpu=300m --set metrics.enabled=false --set credentials.registry.secretKey=wrong
[ "$(kubectl get clusterworkflowtemplate chart-e2e-train-v1 -o 'jsonpath={.spec.templates[0].inputs.parameters[?(@.name=="cpu")].default} {.spec.templates[0].metrics}')" = "300m " ] ||
  fail "helm upgrade changes the templates"
claim "helm upgrade changes sizes and switches metrics off"

if helm test primum --namespace "$namespace" --timeout 5m >"$work/test" 2>&1; then fail "helm test sees a wrong key"; fi
message=$(kubectl get pod --namespace "$namespace" primum-test -o 'jsonpath={.status.containerStatuses[0].state.terminated.message}')
case $message in
  *AWS_SECRET_ACCESS_KEY*) claim "with a wrong key for the registry helm test fails at promote: $message" ;;
  *) fail "the failed test says what to check, not: $message" ;;
esac

helm uninstall primum --namespace "$namespace" --wait >&2
left=$(kubectl get --namespace "$namespace" serviceaccounts,roles,rolebindings,secrets,workflowtemplates,networkpolicies --output name | grep -vx 'serviceaccount/default' || true)
left+=$(kubectl get clusterworkflowtemplates --output name | grep chart-e2e || true)
[ -z "$left" ] || fail "helm uninstall leaves nothing, not: $left"
claim "helm uninstall leaves no template, right or Secret"

for overlay in base overlays/air-gapped overlays/restricted-namespace; do
  scripts/helm.sh kubectl kustomize "pipelines/kustomize/$overlay" | sed -E "s/^  namespace: primum$/  namespace: $namespace/; s/^  name: primum-([a-z-]+-v1)$/  name: chart-e2e-\\1/" |
    kubectl apply --server-side --dry-run=server --namespace "$namespace" -f - >"$work/dry" 2>&1 || { cat "$work/dry" >&2; fail "the API server takes $overlay"; }
done
claim "the API server takes what the kustomization renders"

cat >>"$work/values.yaml" <<YAML
tenants:
- {name: ${tenants[0]}, createNamespace: true, registryPrefix: s3://primum/chart-e2e/a}
- {name: ${tenants[1]}, createNamespace: true, registryPrefix: s3://primum/chart-e2e/b, credentials: {objectStore: {secretKey: wrong}}}
YAML
helm install primum "$work/chart" --namespace "$namespace" --values "$work/values.yaml" --wait >/dev/null
for tenant in "${tenants[@]}"; do
  [ "$(kubectl get --namespace "$tenant" workflowtemplate primum-release-v1 -o 'jsonpath={.spec.arguments.parameters[?(@.name=="registry")].value}')" = "s3://primum/chart-e2e/${tenant##*-}/registry" ] ||
    fail "$tenant has a registry of its own"
done
helm test primum --namespace "$namespace" --timeout 5m >"$work/test" 2>&1 && fail "the test of a tenant with a wrong key fails"
phase() { kubectl get pod --namespace "$1" primum-test -o 'jsonpath={.status.phase}'; }
[ "$(phase "${tenants[0]}") $(phase "${tenants[1]}")" = "Succeeded Failed" ] || { cat "$work/test" >&2; fail "each tenant is tested with its own credentials"; }
claim "two tenants have namespaces, registries and credentials of their own, and each is tested with them"
