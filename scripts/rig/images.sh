#!/usr/bin/env bash
# Makes the images a cluster needs beside those of the steps, from files on this machine, and loads
# them: pause, Argo's executor and controller, and BusyBox for the smoke test.
#
#   scripts/rig/images.sh
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"
export DOCKER_HOST=$docker

# image NAME:TAG ROOT CHANGE...   an image of one layer, out of a directory
image() {
  local name=primum.local/$1 root=$2 changes=()
  shift 2
  for change in "$@"; do changes+=(--change "$change"); done
  tar -C "$root" --owner=0 --group=0 --numeric-owner -cf - . | docker import "${changes[@]}" - "$name" >/dev/null
  made+=("$name")
}

# The program in its own root, as the published images have it.
program() {
  mkdir -p "$work/$1/bin" "$work/$1/tmp"
  chmod 1777 "$work/$1/tmp"
  cp "$2" "$work/$1/bin/$1"
}

busybox() {
  program busybox /bin/busybox
  for applet in $(/bin/busybox --list); do
    [ "$applet" = busybox ] || ln -s busybox "$work/busybox/bin/$applet"
  done
}

argo=$("$rig/install.sh" argo)
stamp="$argo $(cat "$rig/images.sh" "$rig/pause/main.go" /bin/busybox | sha256sum)"
present=$(ctr -a "$containerd" -n k8s.io images ls -q)
if [ "$stamp" = "$(cat "$run/images" 2>/dev/null)" ] && [ "$(grep -c '^primum.local/\(pause\|argoexec\|workflow-controller\|busybox\):' <<<"$present")" -ge 4 ]; then
  exit 0
fi

say "making the images of the cluster"
made=()
work=$(mktemp -d "$cache/images.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/pause"
(cd "$rig/pause" && CGO_ENABLED=0 GOCACHE=${PRIMUM_CACHE:-$HOME/.cache/primum}/go/build \
  go build -trimpath -buildvcs=false -ldflags '-s -w' -o "$work/pause/pause" main.go)
program argoexec "$argo/argoexec"
program workflow-controller "$argo/workflow-controller"
busybox
image pause:1 "$work/pause" 'ENTRYPOINT ["/pause"]' 'USER 65535:65535'
image argoexec:4.0.7 "$work/argoexec" 'ENTRYPOINT ["/bin/argoexec"]' 'ENV PATH=/bin' 'USER 8737'
image workflow-controller:4.0.7 "$work/workflow-controller" 'ENTRYPOINT ["/bin/workflow-controller"]' 'ENV PATH=/bin' 'USER 8737'
image busybox:1 "$work/busybox" 'CMD ["/bin/sh"]' 'ENV PATH=/bin'
docker save "${made[@]}" | ctr -a "$containerd" -n k8s.io images import - >"$run/log/images.log"
echo "$stamp" >"$run/images"
