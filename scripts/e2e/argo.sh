#!/usr/bin/env bash
# The release train on a real Argo controller, in real pods from our image, with a real S3 server.
#
#   scripts/e2e/argo.sh      brings up the cluster, installs the templates, and holds every claim of docs/argo.md
#
# Where the cluster's programs have not been built it says so and ends well; RIG=required builds them instead, and fails
# where that cannot be. PRIMUM_IMAGE_TAR names an image that is built already. Evidence stays in out/e2e-argo. Messages
# go to stderr, one line a claim to stdout.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PRIMUM_NO_BUILD=1
namespace=${E2E_NAMESPACE:-primum-e2e}
out=$PWD/out/e2e-argo
s3=http://10.88.0.1:8333
door=8390
kubeconfig=${PRIMUM_CACHE:-$HOME/.cache/primum}/rig/run/kubeconfig
image=

say() { echo "e2e-argo: $*" >&2; }
kubectl() { scripts/rig/kubectl "$@"; }

missing() {
  [ "$(id -u)" = 0 ] || { echo "it needs root"; return; }
  for part in kube argo argo-lint; do
    scripts/rig/install.sh have "$part" >/dev/null || { echo "$part is not built"; return; }
  done
}

# The image of this working tree, or of PRIMUM_IMAGE_TAR, under a tag of its own: whoever loads another meanwhile changes
# nothing here.
load_image() {
  [ -n "${PRIMUM_IMAGE_TAR:-}" ] || make -s images >&2
  local tar loaded
  tar=${PRIMUM_IMAGE_TAR:-$(find target/image -maxdepth 1 -name 'primum-*.tar')}
  loaded=$(scripts/rig/load.sh "$tar" | tail -n 1)
  image=${loaded%:*}:e2e-$(sha256sum "$tar" | cut -c1-12)
  ctr -a /run/primum/containerd.sock -n k8s.io images tag --force "$loaded" "$image" >&2
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

# As docs/install.md does. The steps go through a door that the tests can shut; thirty seconds of patience are enough for
# a busy machine, and few enough to wait for their end.
install() {
  scripts/helm.sh helm upgrade --install primum-e2e pipelines/chart/primum -n "$namespace" \
    --take-ownership --force-conflicts --kubeconfig "$kubeconfig" \
    --set objectStore.endpoint="http://10.88.0.1:$door" --set objectStore.region=us-east-1 --set objectStore.patience=PT30S \
    --set image.repository="${image%:*}" --set image.tag="${image##*:}" --set image.pullPolicy=Never >&2
}

# Another chart on the same cluster can then own the templates; what the workflows left stays to be looked at.
# shellcheck disable=SC2317
uninstall() {
  scripts/helm.sh helm uninstall primum-e2e -n "$namespace" --kubeconfig "$kubeconfig" >&2 || true
}

# The commands of docs/argo.md as a reader types them, in a namespace of their own, on a bucket that is called as there.
reader() {
  local place=primum-docs log=$out/reader.log
  kubectl delete namespace "$place" --ignore-not-found --wait=true >&2
  kubectl apply --server-side -f - >&2 <<YAML
apiVersion: v1
kind: Namespace
metadata: {name: $place, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: v1
kind: Secret
metadata: {name: argo-artifacts, namespace: $place}
stringData: {accessKey: primum, secretKey: primum-secret}
YAML
  python3 scripts/e2e/s3.py "$s3" primum primum-secret hospital
  PRIMUM_S3_ENDPOINT=$s3 AWS_ACCESS_KEY_ID=primum AWS_SECRET_ACCESS_KEY=primum-secret ./primum cohort --patients=60000 \
    --seed=1 --overwrite --output=s3://hospital/cohorts/2026.parquet >&2
  mkdir -p "$out/bin"
  printf '#!/bin/sh\nexec "%s" -n %s "$@"\n' "$PWD/scripts/rig/kubectl" "$place" >"$out/bin/kubectl"
  chmod +x "$out/bin/kubectl"
  awk '/^```sh argo$/ {on = 1; next} /^```$/ {on = 0} on' docs/argo.md >"$out/reader.sh"
  PATH=$out/bin:$PATH timeout 1200 bash -euxo pipefail "$out/reader.sh" >"$log" 2>&1 &&
    kubectl -n "$place" get workflows -o jsonpath='{.items[0].status.phase}' | grep -qx Succeeded
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
load_image
prepare
trap uninstall EXIT
trap 'exit 130' INT TERM
install
say "installed after $((SECONDS - started)) s"
code=0
python3 scripts/e2e/argo.py --kubectl="$PWD/scripts/rig/kubectl" --namespace="$namespace" --s3="$s3" --door="$door" \
  --out="$out" --run="$(date -u +%Y%m%d-%H%M%S)" --primum="$PWD/primum" || code=$?
uninstall
if reader; then
  echo "ok          the commands of docs/argo.md release a model, in their order"
else
  echo "FAIL        the commands of docs/argo.md release a model, in their order; see $out/reader.log"
  code=1
fi
if [ "$code" != 0 ]; then
  kubectl -n argo logs deployment/workflow-controller --tail=5000 >"$out/workflow-controller.log" 2>&1 || true
fi
echo "make e2e-argo: $((SECONDS - started)) s in all"
exit "$code"
