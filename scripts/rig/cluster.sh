#!/usr/bin/env bash
# A real cluster on this machine: containerd and Docker, Kubernetes, an S3 server, Argo Workflows.
#
#   scripts/rig/cluster.sh up      starts what is missing, and says how to use it
#   scripts/rig/cluster.sh down    stops all of it; programs and images stay in the cache
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
  metrics        scripts/rig/kubectl get --raw /api/v1/namespaces/argo/pods/\$POD:9090/proxy/metrics
  stop           make cluster-down
TEXT
}

down() {
  "$rig/control-plane.sh" down
  "$rig/argo.sh" down
  "$rig/engines.sh" down
  say "the cluster is down"
}

need_root
case "${1:-}" in
  up) up ;;
  down) down ;;
  *)
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
