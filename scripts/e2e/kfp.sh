#!/usr/bin/env bash
# Kubeflow Pipelines, as far as it can be had without its backend: components, package and pipelines against the SDK, and the
# pipelines run with the SDK's local runner on our image.
#
#   scripts/e2e/kfp.sh            all of it: needs root, or a running Docker that DOCKER_HOST names
#   scripts/e2e/kfp.sh check      only what needs no container engine
#
# Variables: RIG=required fails where no container engine can be had, instead of skipping that part with a line.
#   IMAGE_TAR=FILE uses that image instead of making one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}/kfp
kfp=2.17.0
kubernetes=2.17.0
docker=7.2.0

say() { echo "e2e-kfp: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

export PYTHONDONTWRITEBYTECODE=1
command -v python3 >/dev/null || fail "python3 is missing (Debian: apt-get install python3-venv)"
mkdir -p "$cache"

# sdk NAME REQUIREMENT...   a virtual environment of that name, made once for these requirements
sdk() {
  local venv=$cache/$1 marker=$cache/$1/requirements.txt
  shift
  if [ "$(cat "$marker" 2>/dev/null)" != "$*" ]; then
    say "installing $*"
    rm -rf "$venv"
    python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check "$@" >&2 || return 1
    echo "$*" >"$marker"
  fi
}

# The package as a user gets it: built and installed, not a path.
package() {
  local copy
  copy=$(mktemp -d)
  cp -R "$root/pipelines/kubeflow/primum_kfp/." "$copy"
  rm -rf "$copy/build" "$copy"/*.egg-info
  "$1/bin/pip" install -q --disable-pip-version-check --no-deps --force-reinstall "$copy" >&2
  rm -rf "$copy"
}

# Where the newest SDK asks for a library that the registry does not serve yet, it comes with what the one before it has.
newest() {
  local venv=$cache/newest version
  version=$("$cache/pinned/bin/pip" index versions kfp --disable-pip-version-check 2>/dev/null | sed -n '1s/.*(\(.*\))/\1/p')
  if [ -z "$version" ]; then
    say "SKIPPED: the registry does not tell which kfp is the newest"
    return 0
  fi
  if [ "$version" = "$kfp" ]; then
    say "the newest kfp is the pinned one, $kfp"
    return 0
  fi
  if ! sdk newest "kfp==$version" kfp-kubernetes 2>"$cache/newest.log"; then
    if ! sdk newest kfp kfp-kubernetes ||
      ! "$venv/bin/pip" install -q --disable-pip-version-check --no-deps "kfp==$version" >&2; then
      say "SKIPPED: kfp $version cannot be installed here: $(grep ERROR "$cache/newest.log" | tail -1)"
      return 0
    fi
  fi
  package "$venv"
  "$venv/bin/python" "$here/kfp_check.py"
}

engine() {
  if [ -n "${DOCKER_HOST:-}" ]; then
    return 0
  fi
  [ "$(id -u)" = 0 ] || return 1
  "$root/scripts/rig/engines.sh" up >&2 || return 1
  export DOCKER_HOST=unix:///run/primum/docker.sock
}

image() {
  local tar=${IMAGE_TAR:-}
  if [ -z "$tar" ]; then
    make -s -C "$root" images >&2
    tar=$(ls "$root"/target/image/primum-*.tar)
  fi
  "$cache/pinned/bin/python" - "$tar" <<'PYTHON'
import sys

import docker

with open(sys.argv[1], "rb") as tar:
    (image,) = docker.from_env().images.load(tar)
print(image.id)
PYTHON
}

started=$SECONDS
sdk pinned "kfp==$kfp" "kfp-kubernetes==$kubernetes" "docker==$docker" || fail "kfp $kfp cannot be installed; see above"
package "$cache/pinned"
"$cache/pinned/bin/python" "$here/kfp_check.py" --same-sdk
PATH=$cache/pinned/bin:$PATH "$root/scripts/test-docs.py" --kind=kubeflow \
  "$root/docs/kubeflow.md" "$root/pipelines/kubeflow/primum_kfp/README.md"
newest
if [ "${1:-}" = check ]; then
  exit 0
fi
if ! engine; then
  [ "${RIG:-}" != required ] || fail "no container engine: run as root, or name one with DOCKER_HOST"
  say "SKIPPED: the pipelines were not run: no container engine (run as root, or name one with DOCKER_HOST)"
  exit 0
fi
name=$(image)
mkdir -p "$cache/run"
PYTHONPATH=$here "$cache/pinned/bin/python" "$here/kfp_run.py" "$name" "$cache/run/$$"
rm -rf "$cache/run/$$"
say "passed in $((SECONDS - started)) seconds"
