#!/usr/bin/env bash
# Gives an image to the cluster and to Docker. There is no registry: pods use imagePullPolicy Never
# or IfNotPresent.
#
#   scripts/rig/load.sh TAR     an OCI layout or what "docker save" writes, plain or gzip
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"

tar=${1:-}
[ -f "$tar" ] || fail "usage: load.sh TAR; there is no file \"$tar\""
need_root
names=$(
  { case "$(od -An -tx1 -N2 "$tar" | tr -d ' ')" in 1f8b) gzip -dc "$tar" ;; *) cat "$tar" ;; esac; } |
    ctr -a "$containerd" -n k8s.io images import --all-platforms=false - | sed -n 's/^unpacking \(.*\) (sha256:.*/\1/p'
)
[ -n "$names" ] || fail "$tar names no image: an OCI layout has to say org.opencontainers.image.ref.name or io.containerd.image.name in index.json"
# containerd writes what Docker can read, whatever it read itself
for name in $names; do
  ctr -a "$containerd" -n k8s.io images export --platform linux/amd64 - "$name" | DOCKER_HOST=$docker docker load -q >&2
done
echo "$names"
