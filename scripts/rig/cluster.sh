#!/usr/bin/env bash
# A real cluster on this machine: containerd and Docker, Kubernetes, an S3 server, Argo Workflows.
#
#   scripts/rig/cluster.sh up      starts what is missing, and says how to use it
#   scripts/rig/cluster.sh down    stops all of it; programs and images stay in the cache
#   scripts/rig/cluster.sh wanted  exits with 0 where tests on a cluster can run without building for
#                                  minutes first, and always if RIG=required; else says what is missing
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"

up() {
  "$rig/install.sh" all >/dev/null
  "$rig/engines.sh" up >/dev/null
  "$rig/images.sh"
  "$rig/control-plane.sh" up
  "$rig/argo.sh" up
  cat <<TEXT
The cluster is up, after $SECONDS s. Workflows run in the namespace $namespace, under the Pod Security level "restricted".
  export KUBECONFIG=$run/kubeconfig DOCKER_HOST=$docker
  load images    scripts/rig/load.sh TAR
  kubectl        scripts/rig/kubectl get pods
  submit         scripts/rig/kubectl create -f WORKFLOW.yaml
  S3             http://$node:8333, bucket primum, access key primum, secret key primum-secret
  metrics        http://$("$rig/kubectl" -n argo get pods -l app=workflow-controller -o jsonpath='{.items[0].status.podIP}'):9090/metrics
  stop           make cluster-down
TEXT
}

down() {
  "$rig/control-plane.sh" down
  "$rig/argo.sh" down
  "$rig/engines.sh" down
  say "the cluster is down"
}

# Never fails for RIG=required: what is missing is then for "up" to say.
wanted() {
  [ "${RIG:-}" != required ] || return 0
  local missing=()
  [ "$(uname -s)" = Linux ] || missing+=("Linux")
  [ "$(id -u)" = 0 ] || missing+=("root")
  for part in argo kube; do "$rig/install.sh" have "$part" >/dev/null || missing+=("a build of $part"); done
  [ ${#missing[@]} -eq 0 ] || fail "tests on a cluster are left out; missing: $(IFS=,; echo "${missing[*]}"). scripts/rig/install.sh all builds, RIG=required insists"
}

case "${1:-}" in
  up) need_root && up ;;
  down) need_root && down ;;
  wanted) wanted ;;
  *)
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
