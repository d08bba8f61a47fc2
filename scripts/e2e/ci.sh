#!/usr/bin/env bash
# Runs the CI examples of pipelines/ci: the shell of each is taken out of its file and run, on a model that passes, on
# one that the policy refuses, with a store that is away for a moment, and without data. After each run the exit code
# is what docs/ci.md says, and what the platform would keep is there, valid, and without a patient's row.
#
# With Docker and the image (PRIMUM_IMAGE, default primum.local/primum:0.1.0) the containers are real; without, a
# stand-in for docker runs ./primum. E2E_CI=docker insists on the real thing, E2E_CI=stand-in on the other. The image is
# taken as it is: make images first where the sources have changed.
#
#   scripts/e2e/ci.sh [github] [gitlab] [jenkins] [tekton]    default: all of them
set -euo pipefail
# shellcheck source=scripts/e2e/ci/tools.sh
. "$(dirname "$0")/ci/tools.sh"
JAVA_HOME=$("$root/scripts/find-java.sh")
export JAVA_HOME
export PRIMUM_IMAGE=${PRIMUM_IMAGE:-primum.local/primum:0.1.0}
python_packages
validators
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-e2e-ci.XXXXXX")
trap 'rm -rf "$work" || true' EXIT
platforms=("$@")
[ $# -gt 0 ] || platforms=(github gitlab jenkins tekton)

# An engine that answers and has the image, or the one that helpers of this repository start.
engine() {
  command -v docker >/dev/null || return 1
  docker image inspect "$PRIMUM_IMAGE" >/dev/null 2>&1 && return
  [ -z "${DOCKER_HOST:-}" ] && [ -S /run/primum/docker.sock ] || return 1
  export DOCKER_HOST=unix:///run/primum/docker.sock
  docker image inspect "$PRIMUM_IMAGE" >/dev/null 2>&1
}

if [ "${E2E_CI:-}" != stand-in ] && engine; then
  PRIMUM_E2E_DOCKER=$(command -v docker)
  export PRIMUM_E2E_DOCKER
  say "with Docker and $PRIMUM_IMAGE"
else
  [ "${E2E_CI:-}" != docker ] || fail "E2E_CI=docker, but there is no engine with $PRIMUM_IMAGE: make images, docker load"
  say "a stand-in for docker runs ./primum"
fi
"$root/primum" --version >/dev/null
export PRIMUM_NO_BUILD=1 PRIMUM_E2E_PROGRAM=$root/primum
mkdir "$work/bin"
cp "$parts/docker" "$work/bin/docker"
# Waiting is not what is tested.
touch "$work/slept"
printf '#!/bin/sh\necho "sleep %s" >>"%s"\n' "\$1" "$work/slept" >"$work/bin/sleep"
chmod +x "$work/bin/sleep"

primum() { "$root/primum" "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "primum $1 for the fixture"; }; }
say "training a model that passes and one that misses older patients"
primum cohort --patients=60000 --seed=1 --output="$work/cohort.parquet"
primum cohort --patients=30000 --seed=7 --output="$work/holdout.parquet"
for model in fair biased; do
  more=(--reweigh=age_band)
  [ "$model" = fair ] || more=()
  primum train --data="$work/cohort.parquet" --label=readmitted_30d --id=patient_id --sensitive=race,sex,age_band \
    --exclude=admission_month,weight --learner=xgboost --alert-rate=0.2 --holdout=0.3 "${more[@]}" --output-dir="$work/$model"
done

# workspace NAME MODEL   a checkout: model, data and policies where the examples look for them
workspace() {
  local place=$work/$1
  mkdir -p "$place/data" "$place/policies"
  cp -r "$work/$2/model" "$place/model"
  cp "$work/holdout.parquet" "$place/data/"
  cp "$root/pipelines/local/fairness-policy.yaml" "$place/policies/fairness.yaml"
  cp "$root/pipelines/ci/release-policy.yaml" "$place/policies/release.yaml"
  # User 65532 of the pod writes in the checkout, as its fsGroup lets it.
  chmod -R a+rwX "$place"
}

# run PLATFORM NAME   runs the example in the workspace NAME, and prints its exit code
run() {
  local code=0
  (
    export PATH="$work/bin:$PATH"
    case "$1" in
      github) "$python/python" "$parts/run.py" github "$root/pipelines/ci/github-actions.yml" "$work/$2" ;;
      gitlab) "$python/python" "$parts/run.py" gitlab "$root/pipelines/ci/gitlab-ci.yml" "$work/$2" ;;
      jenkins) groovy "$parts/jenkinsfile.groovy" "$root/pipelines/ci/Jenkinsfile" "$work/$2" ;;
      tekton) "$python/python" "$parts/run.py" tekton "$root/pipelines/ci/tekton.yaml" "$work/$2" ;;
    esac
  ) >"$work/$2.log" 2>&1 || code=$?
  echo "$code"
}

# expect WHAT EXPECTED GOT NAME
expect() {
  [ "$2" = "$3" ] || {
    tail -n 40 "$work/$4.log" >&2
    fail "$4: $1 is $3, not $2"
  }
}

# What the platform keeps: whole, valid, and nobody's row.
kept() {
  local kept=$work/$1.kept status=$2 file
  for file in out/ci/audit.sarif out/ci/audit.md out/ci/gate.md out/ci/gate.xml out/gate/report.html \
    out/gate/verdict.json out/audit/report.html out/score/report.html; do
    [ -s "$kept/$file" ] || fail "$1: $file is not kept"
  done
  grep -q "\"status\" : \"$status\"" "$kept/out/gate/verdict.json" || fail "$1: the verdict is not $status"
  [ -z "$(find "$kept" -name '*.parquet' -o -name 'tally.bin')" ] || fail "$1: patients' rows are kept"
  junit "$kept/out/ci/gate.xml" || { cat "$work/said" >&2; fail "$1: JUnit XML"; }
  sarif "$kept/out/ci/audit.sarif" || { cat "$work/said" >&2; fail "$1: SARIF"; }
}

junit() { "$python/python" "$parts/valid.py" "$junit_schema" "$1" >"$work/said" 2>&1; }

sarif() {
  "$multitool/Sarif.Multitool" validate "$1" --json-schema "$multitool/sarif-2.1.0.json" --rule-kind 'Sarif;Ghas' \
    --level Error --output "$work/said.sarif" --log ForceOverwrite >"$work/said" 2>&1 || return
  ! grep -q ': error ' "$work/said"
}

# A validator that accepts everything proves nothing.
validators_find() {
  local kept=$work/$1.kept/out/ci
  sed 's/"uri"/"url"/' "$kept/audit.sarif" >"$work/wrong.sarif"
  sarif "$work/wrong.sarif" && fail "the validator of SARIF takes a result without a file"
  sed 's/<failure /<failed /' "$kept/gate.xml" >"$work/wrong.xml"
  junit "$work/wrong.xml" && fail "the schema of JUnit XML takes an element nobody knows"
  return 0
}

export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
for platform in "${platforms[@]}"; do
  # Jenkins has no exit code, only a result.
  refused=20 bad=11
  [ "$platform" != jenkins ] || refused=1 bad=1

  workspace "$platform-fair" fair
  expect "the exit code" 0 "$(run "$platform" "$platform-fair")" "$platform-fair"
  kept "$platform-fair" PASS
  say "$platform: passes a fair model"

  workspace "$platform-biased" biased
  expect "the exit code" "$refused" "$(run "$platform" "$platform-biased")" "$platform-biased"
  kept "$platform-biased" FAIL
  grep -q '"ruleId" : "missed-by-age"' "$work/$platform-biased.kept/out/ci/audit.sarif" || fail "$platform: no result in SARIF"
  grep -q '<failure ' "$work/$platform-biased.kept/out/ci/gate.xml" || fail "$platform: no failure in JUnit XML"
  [ "$platform" != jenkins ] || grep -q 'FAILURE: The gate refused' "$work/$platform-biased.log" || fail "jenkins: does not say why"
  [ "$platform" != github ] || grep -q '^## Release gate' "$work/github-biased.summary" || fail "github: no summary on the page"
  validators_find "$platform-biased"
  say "$platform: refuses a biased one, and keeps the reports"

  workspace "$platform-empty" fair
  rm "$work/$platform-empty/data/holdout.parquet"
  expect "the exit code" "$bad" "$(run "$platform" "$platform-empty")" "$platform-empty"
  grep -q 'no such file' "$work/$platform-empty.log" || fail "$platform: does not say what is missing"
  say "$platform: says that the data is missing"

  # Once away: GitHub and Jenkins try again themselves, GitLab's runner sees 75, Tekton fails.
  workspace "$platform-away" fair
  echo away >"$work/away"
  again=0
  [ "$platform" = github ] || [ "$platform" = jenkins ] || again=75
  expect "the exit code" "$again" "$(PRIMUM_E2E_AWAY=$work/away run "$platform" "$platform-away")" "$platform-away"
  say "$platform: a store that is away for a moment ends in $again"
done
case " ${platforms[*]} " in
  *" github "*) [ "$(cat "$work/slept")" = "sleep 30" ] || fail "github: waits where it should not" ;;
esac
say "what docs/ci.md says holds for: ${platforms[*]}"
