#!/usr/bin/env bash
# Checks what is applied to clusters, and the shell scripts.
#
#   scripts/rig/lint.sh              everything that is committed
#   scripts/rig/lint.sh FILE.yaml... these files, of Argo's and other Kubernetes objects
#
# Argo's own linter resolves templateRefs among the files of one call; the types of the objects are
# checked by their published definitions, every field and value; shellcheck reads the scripts.
# What has no tool here is left out with a message; LINT=required makes that an error.
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"
failed=0

missing() {
  [ "${LINT:-}" != required ] || fail "$1"
  say "$1: left out"
}

# Kustomize's own files and the patches it merges are no whole objects.
manifests() {
  find steps/*/argo pipelines/argo scripts/rig/smoke scripts/rig/install -name '*.yaml' \
    ! -name kustomization.yaml ! -path scripts/rig/install/controller.yaml 2>/dev/null | sort
}

scripts() {
  find .ci containers pipelines scripts steps primum -type f -exec awk \
    'FNR == 1 && /^#!.*[\/ ](ba)?sh( |$)/ {print FILENAME} FNR == 1 {nextfile}' {} + 2>/dev/null | sort
}

lint_manifests() {
  [ $# -gt 0 ] || fail "there is nothing to lint"
  if command -v go >/dev/null; then
    "$("$rig/install.sh" argo-lint)" -output simple "$@" || failed=1
  else
    missing "no Go here to build Argo's linter with"
  fi
  if command -v npm >/dev/null; then
    node "$("$rig/install.sh" types)/check.mjs" "$@" || failed=1
  else
    missing "no npm here to check types with"
  fi
}

lint_scripts() {
  if "$rig/install.sh" shellcheck >/dev/null; then
    shellcheck -x -P "$project" "$@" || failed=1
  else
    missing "no shellcheck here"
  fi
}

if [ $# -gt 0 ]; then
  lint_manifests "$@"
else
  cd "$project"
  mapfile -t files < <(manifests)
  lint_manifests "${files[@]}"
  mapfile -t files < <(scripts)
  lint_scripts "${files[@]}"
fi
exit $failed
