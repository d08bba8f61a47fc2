#!/usr/bin/env bash
# The release train on a real Argo controller, in real pods from our image, with a real S3 server.
#
#   scripts/e2e/argo.sh      brings up the cluster, installs the templates, and holds every claim of docs/argo.md
#
# Where the cluster's programs have not been built it says so and ends well; RIG=required builds them instead, and fails
# where that cannot be. Evidence stays in out/e2e-argo. Messages go to stderr, one line a claim to stdout.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PRIMUM_NO_BUILD=1
namespace=${E2E_NAMESPACE:-primum-e2e}
out=$PWD/out/e2e-argo
s3=http://10.88.0.1:8333
door=8390

say() { echo "e2e-argo: $*" >&2; }
kubectl() { scripts/rig/kubectl "$@"; }

missing() {
  [ "$(id -u)" = 0 ] || { echo "it needs root"; return; }
  for part in kube argo argo-lint; do
    scripts/rig/install.sh have "$part" >/dev/null || { echo "$part is not built"; return; }
  done
}

image() {
  if [ -z "${PRIMUM_IMAGE_TAR:-}" ]; then
    make -s images >&2
    PRIMUM_IMAGE_TAR=$(find target/image -maxdepth 1 -name 'primum-*.tar' | head -n 1)
  fi
  scripts/rig/load.sh "$PRIMUM_IMAGE_TAR" >&2
}

# What a platform team brings: a namespace that enforces "restricted", and credentials.
prepare() {
  kubectl apply --server-side --force-conflicts -f - >&2 <<YAML
apiVersion: v1
kind: Namespace
metadata:
  name: $namespace
  labels: {pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/enforce-version: v1.34}
YAML
  kubectl -n "$namespace" delete workflows --all --wait=true >&2
  for name in argo-artifacts primum-object-store primum-registry primum-ledger primum-log; do
    kubectl -n "$namespace" apply --server-side --force-conflicts -f - >&2 <<YAML
apiVersion: v1
kind: Secret
metadata: {name: $name}
stringData: {accessKey: primum, secretKey: primum-secret}
YAML
  done
}

# The steps go through a door that the tests can shut; six seconds of patience make "away" a matter of seconds.
store() {
  kubectl -n "$namespace" apply --server-side --force-conflicts -f - >&2 <<YAML
apiVersion: v1
kind: ConfigMap
metadata: {name: primum-object-store}
data: {endpoint: "http://10.88.0.1:$door", region: us-east-1, patience: PT6S}
YAML
}

install() {
  local files=() file
  for file in steps/*/argo/*.yaml pipelines/argo/*.yaml pipelines/argo/rbac/*.yaml pipelines/argo/policies/*.yaml; do
    case "$file" in */network-policy.yaml | */object-store.yaml) ;; *) files+=(-f "$file") ;; esac
  done
  kubectl -n "$namespace" apply --server-side --force-conflicts "${files[@]}" >&2
}

why=$(missing)
if [ -n "$why" ] && [ "${RIG:-}" != required ]; then
  echo "make e2e-argo: skipped, because $why; RIG=required builds what is missing (the first time up to an hour)"
  exit 0
fi
mkdir -p "$out"
rm -f "$out"/*.json
started=$SECONDS
scripts/rig/cluster.sh up >&2
image
prepare
store
install
say "installed after $((SECONDS - started)) s"
code=0
python3 scripts/e2e/argo.py --kubectl="$PWD/scripts/rig/kubectl" --namespace="$namespace" --s3="$s3" --door="$door" \
  --out="$out" --run="$(date -u +%Y%m%d-%H%M%S)" --primum="$PWD/primum" || code=$?
if [ "$code" != 0 ]; then
  kubectl -n argo logs deployment/workflow-controller --tail=5000 >"$out/workflow-controller.log" 2>&1 || true
fi
echo "make e2e-argo: $((SECONDS - started)) s in all"
exit "$code"
