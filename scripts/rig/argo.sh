#!/usr/bin/env bash
# The S3 server and Argo Workflows on the cluster of control-plane.sh, from Argo's own manifests.
#
#   scripts/rig/argo.sh up      installs and starts what is missing
#   scripts/rig/argo.sh down    stops the S3 server; its data goes with it
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"
s3=$run/s3

kubectl() { "$rig/kubectl" "$@"; }

s3_is_up() {
  local pid
  pid=$(cat "$s3/pid" 2>/dev/null) && [ "$(basename "$(readlink "/proc/$pid/exe")")" = weed ]
}

start_s3() {
  s3_is_up && return 0
  "$project/scripts/s3.sh" down "$s3"
  "$project/scripts/s3.sh" up seaweedfs "$s3" "$node:8333" >/dev/null
  say "S3 is up at http://$node:8333"
}

# Kustomize takes no absolute paths: the overlay lies beside the manifests.
overlay() {
  local manifests
  manifests=../../$(basename "$("$rig/install.sh" argo)")/manifests
  rm -rf "$run/argo"
  mkdir -p "$run/argo"
  cp "$rig/install/controller.yaml" "$run/argo/"
  cat >"$run/argo/kustomization.yaml" <<YAML
namespace: argo
resources:
  - $manifests/base/workflow-controller
  - $manifests/cluster-install-no-crds/workflow-controller-rbac
patches: [{path: controller.yaml}]
images: [{name: quay.io/argoproj/workflow-controller, newName: primum.local/workflow-controller, newTag: 4.0.7}]
YAML
}

install_argo() {
  kubectl apply --server-side -k "$("$rig/install.sh" argo)/manifests/base/crds/full"
  kubectl wait --for=condition=Established --timeout=60s crd/workflows.argoproj.io crd/clusterworkflowtemplates.argoproj.io
  kubectl create namespace argo --dry-run=client -o yaml | kubectl apply -f -
  overlay
  kubectl apply --server-side -k "$run/argo"
  kubectl apply --server-side --force-conflicts -f "$rig/install/argo.yaml"
}

up() {
  local log=$run/log/argo.log
  start_s3
  if ! kubectl -n argo rollout status deployment/workflow-controller --timeout=1s >/dev/null 2>&1; then
    say "installing Argo Workflows"
    install_argo >"$log" 2>&1 || fail "Argo could not be installed: $(tail -n 3 "$log")"
    kubectl -n argo rollout status deployment/workflow-controller --timeout=120s >>"$log" ||
      fail "the workflow controller does not start; ask scripts/rig/kubectl -n argo describe pods"
    say "Argo Workflows is up"
  fi
}

case "${1:-}" in
  up) up ;;
  down) "$project/scripts/s3.sh" down "$s3" ;;
  *)
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
