#!/usr/bin/env bash
# One containerd for the kubelet and for dockerd; it touches neither the system's own engines nor iptables.
#
#   scripts/rig/engines.sh up      starts what is not running, prints DOCKER_HOST
#   scripts/rig/engines.sh down    stops what this script started
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"

configure() {
  mkdir -p "$sockets" "$run/cni" "$run/log"
  cat >"$run/containerd.toml" <<TOML
version = 2
root = "$run/containerd"
state = "$sockets/containerd"
[grpc]
  address = "$containerd"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "primum.local/pause:1"
  # root may lack CAP_SYS_RESOURCE: then a lower oom_score_adj cannot be set, and runc fails
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$run/cni"
[plugins."io.containerd.internal.v1.opt"]
  path = "$run/containerd/opt"
TOML
}

up() {
  "$rig/install.sh" packages
  configure
  if ! alive containerd; then
    start containerd containerd -c "$run/containerd.toml"
    wait_for containerd 60 ctr -a "$containerd" version
    say "containerd is up"
  fi
  # no bridge, no iptables rules: containers run with --network none or host
  if ! alive dockerd; then
    rm -f "$sockets/docker.pid"
    start dockerd dockerd --containerd "$containerd" --data-root "$run/docker" --exec-root "$sockets/docker" \
      -p "$sockets/docker.pid" -H "$docker" --storage-driver overlay2 --bridge none --iptables=false \
      --ip6tables=false --ip-forward=false
    wait_for dockerd 60 env DOCKER_HOST="$docker" docker version
    say "dockerd is up"
  fi
  echo "export DOCKER_HOST=$docker"
}

down() {
  stop dockerd 15
  stop containerd 15
  awk -v under="$sockets" 'index($2, under) == 1 {print $2}' /proc/mounts | tac | xargs -r umount
  rm -rf "$sockets" "$run/containerd.toml"
}

need_root
case "${1:-}" in
  up) up ;;
  down) down ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
