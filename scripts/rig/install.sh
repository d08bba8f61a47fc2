#!/usr/bin/env bash
# Installs what the rig needs, and prints where it is. Each part is made once and kept.
#
#   scripts/rig/install.sh packages     containerd, runc, Docker, CNI plugins (Debian or Ubuntu, as root)
#   scripts/rig/install.sh argo-lint    Argo Workflows' linter
#   scripts/rig/install.sh argo         its controller, its executor and its manifests
#   scripts/rig/install.sh kube         Kubernetes and etcd in one program
#   scripts/rig/install.sh all          all of these, which is what a cluster needs
#   scripts/rig/install.sh types        the types of Kubernetes' and Argo's objects, for lint.sh (npm)
#   scripts/rig/install.sh shellcheck   shellcheck, for lint.sh
#   scripts/rig/install.sh have PART    prints the place if PART needs no building, else exits with 1
#
# The programs are built from the published Go modules named in argo/ and kube/, checked against
# Go's checksum database, and kept in ${PRIMUM_CACHE:-$HOME/.cache/primum}/rig, one directory for
# each set of sources and Go version. Messages go to stderr.
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"

argo_module=github.com/argoproj/argo-workflows/v4
packages=(containerd runc docker.io iptables iproute2 conntrack containernetworking-plugins busybox-static openssl curl)

install_packages() {
  local missing=()
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || fail "no apt-get here. Install these by other means: ${missing[*]}"
  [ "$(id -u)" = 0 ] || fail "these packages are missing: ${missing[*]}. Install them, or run this as root."
  say "installing ${missing[*]}"
  mkdir -p "$cache"
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
    >"$cache/apt.log" 2>&1 || fail "apt-get failed; see $cache/apt.log"
}

# Go's caches stay out of the user's home.
go_here() {
  command -v go >/dev/null || fail "there is no Go on this machine to build $1 with. Install Go 1.25.7 or later, https://go.dev/dl"
  export CGO_ENABLED=0 GOFLAGS=-modcacherw GOMODCACHE=${PRIMUM_CACHE:-$HOME/.cache/primum}/go/mod \
    GOCACHE=${PRIMUM_CACHE:-$HOME/.cache/primum}/go/build
}

# The sources and the compiler decide the bytes: a build is kept under a hash of both.
place() {
  local module=${1%-lint} files
  files=("$rig/$module/go.mod" "$rig/$module/go.sum")
  case "$1" in
    kube) files+=("$rig/kube/main.go") ;;
    argo-lint) files+=("$rig/argo/argo-lint/main.go") ;;
  esac
  echo "$cache/$1-$({ cat "${files[@]}"; go version; } | sha256sum | cut -c1-16)"
}

# Runs a build with its output in a log, and shows its end if it fails.
logged() {
  local log=$1
  shift
  "$@" >>"$log" 2>&1 || {
    tail -n 15 "$log" >&2
    fail "the build failed; all of its output is in $log"
  }
}

build() { nice go build -trimpath -buildvcs=false "$@"; }

# The published archive leaves out symbolic links, and argoexec does not compile without this one.
vendor_argo() {
  cp -R "$rig/argo/." "$1" && rm -rf "$1/vendor" && cd "$1" && go mod vendor &&
    ln -sf signal_darwin.go "vendor/$argo_module/workflow/executor/osspecific/signal_linux.go"
}

# Builds in a directory of its own and moves the result into place, so that two builds never mix.
install_argo_part() {
  local home part=$2 minutes=$3 work
  home=$(place "$1")
  shift 3
  go_here "Argo Workflows"
  if ! [ -e "$home/$part" ]; then
    say "building $part of Argo Workflows: up to $minutes minutes, once"
    mkdir -p "$home"
    work=$(mktemp -d "$cache/build.XXXXXX")
    (
      logged "$work.log" vendor_argo "$work"
      cd "$work"
      logged "$work.log" build -ldflags '-s -w' -mod=vendor -o "$work/out/" "$@"
    )
    if [ "$part" = workflow-controller ]; then
      cp -R "$(cd "$rig/argo" && go list -m -f '{{.Dir}}' "$argo_module")/manifests" "$work/manifests"
      rm -rf "$home/manifests"
      mv "$work/manifests" "$home/manifests"
    fi
    mv "$work/out/"* "$home/"
    rm -rf "$work" "$work.log"
  fi
  echo "$home"
}

install_argo-lint() { echo "$(install_argo_part argo-lint argo-lint 5 ./argo-lint)/argo-lint"; }

install_argo() { install_argo_part argo workflow-controller 15 "$argo_module/cmd/argoexec" "$argo_module/cmd/workflow-controller"; }

install_kube() {
  local home work version package=k8s.io/component-base/version
  go_here Kubernetes
  home=$(place kube)
  if ! [ -x "$home/kube" ]; then
    say "building Kubernetes: 5 to 20 minutes, once"
    mkdir -p "$home"
    work=$(mktemp -d "$cache/build.XXXXXX")
    version=$(cd "$rig/kube" && go list -m -f '{{.Version}}' k8s.io/kubernetes)
    (
      cd "$rig/kube"
      logged "$work.log" build -o "$work/kube" -ldflags \
        "-s -w -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=$(echo "$version" | cut -d. -f2)" .
    )
    mv "$work/kube" "$home/kube"
    rm -rf "$work" "$work.log"
  fi
  echo "$home"
}

install_types() {
  local home new
  home=$cache/types-$(cat "$rig/types/"* | sha256sum | cut -c1-16)
  if ! [ -e "$home/check.mjs" ]; then
    say "installing the types of Kubernetes' and Argo's objects (50 MB)"
    mkdir -p "$cache"
    new=$(mktemp -d "$cache/types.XXXXXX")
    cp "$rig/types/"* "$new/"
    (cd "$new" && logged "$new.log" npm ci --ignore-scripts --no-audit --no-fund)
    mv "$new" "$home" 2>/dev/null || [ -e "$home/check.mjs" ]
    rm -rf "$new" "$new.log"
  fi
  echo "$home"
}

install_shellcheck() {
  packages=(shellcheck)
  command -v shellcheck >/dev/null || install_packages
  command -v shellcheck
}

have() {
  command -v go >/dev/null || return 1
  case "$1" in
    argo-lint) file=$(place argo-lint)/argo-lint ;;
    argo) file=$(place argo)/workflow-controller ;;
    kube) file=$(place kube)/kube ;;
    *) return 1 ;;
  esac
  [ -x "$file" ] && dirname "$file"
}

case "${1:-}" in
  packages | argo-lint | argo | kube | types | shellcheck) "install_$1" ;;
  all)
    install_packages
    install_argo-lint
    install_argo
    install_kube
    ;;
  have) have "${2:-}" ;;
  *)
    sed -n '2,16s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
