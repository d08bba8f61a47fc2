#!/usr/bin/env bash
# Shows that lint.sh bites: breaks a sound template in one way after another, and wants each refused.
#
#   scripts/rig/lint-selftest.sh
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sound=("$rig/smoke/step.yaml" "$rig/smoke/good.yaml" "$rig/smoke/executor.yaml")

# refused WHAT REASON FILE...   the files are refused, and for that reason
refused() {
  local what=$1 reason=$2
  shift 2
  if LINT=required "$rig/lint.sh" "$@" >"$work/out" 2>&1; then
    fail "lint.sh lets through $what"
  fi
  grep -q -- "$reason" "$work/out" || fail "lint.sh refuses $what, but not for \"$reason\": $(cat "$work/out")"
  say "refused: $what"
}

# broken FILE SED   the file, changed; a change that changes nothing would prove nothing
broken() {
  sed "$2" "$rig/smoke/$1" >"$work/$1"
  ! cmp -s "$rig/smoke/$1" "$work/$1" || fail "the change \"$2\" does not apply to $1"
}

LINT=required "$rig/lint.sh" "${sound[@]}" >"$work/out" 2>&1 || fail "lint.sh refuses sound files: $(cat "$work/out")"

broken step.yaml 's/activeDeadlineSeconds/activeDeadlineSecnds/'
refused "a misspelt field of Argo's" 'unknown field "spec.templates\[0\].activeDeadlineSecnds"' "$work/step.yaml" "$rig/smoke/good.yaml"

broken step.yaml 's/imagePullPolicy/imagePulPolicy/'
refused "a misspelt field of a container" imagePulPolicy "$work/step.yaml" "$rig/smoke/good.yaml"

broken step.yaml 's/limit: "2"/limit: [2]/'
refused "a value of the wrong type" limit "$work/step.yaml" "$rig/smoke/good.yaml"

broken good.yaml 's/name: rig-step-v1/name: rig-step-v9/'
refused "a templateRef to nothing" 'find cluster workflow template "rig-step-v9"' "$rig/smoke/step.yaml" "$work/good.yaml"

broken good.yaml 's/{{tasks.make.outputs.artifacts.model}}/{{tasks.make.outputs.artifacts.modell}}/'
refused "an artifact that no task makes" 'modell' "$rig/smoke/step.yaml" "$work/good.yaml"

broken good.yaml 's/^spec:/spec: {/'
refused "a file that cannot be read, among others" 'good.yaml: document 1' "$rig/smoke/step.yaml" "$work/good.yaml"

broken good.yaml 's/^  entrypoint: main/&\n&/'
refused "a key that is given twice" 'already set in map\|unique' "$rig/smoke/step.yaml" "$work/good.yaml"

broken step.yaml 's/^kind: .*/kind: ClusterWorkflowTemplte/'
refused "a kind of Argo's that does not exist" 'ClusterWorkflowTemplte is not a kind' "$work/step.yaml"

broken executor.yaml 's/automountServiceAccountToken/automountServiceAccountTokn/'
refused "a misspelt field of a ServiceAccount" automountServiceAccountTokn "$work/executor.yaml"

broken executor.yaml 's/verbs: \[create, patch\]/verbs: create/'
refused "a Role whose verbs are no list" verbs "$work/executor.yaml"

say "lint.sh refuses all of it"
