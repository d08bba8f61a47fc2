#!/usr/bin/env bash
# Shows on the running cluster what the templates of the steps rest on: parameters, artifacts between
# users, exit codes, retries, approvals, metrics, and the Pod Security level.
#
#   scripts/rig/smoke.sh
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"

kubectl() { "$rig/kubectl" "$@"; }

# nodes WORKFLOW   a line a node: its name, type, phase, exit code and message
nodes() {
  # shellcheck disable=SC2016 # the dollars are the template's
  kubectl get "$1" -o go-template='{{range $id, $n := .status.nodes}}{{$n.displayName}} {{$n.type}} {{$n.phase}} exit={{if $n.outputs}}{{$n.outputs.exitCode}}{{end}} {{with $n.message}}{{printf "%.200q" .}}{{end}}{{"\n"}}{{end}}' | sort
}

# finish FILE PHASE   runs the workflow to its end, which has to be that
finish() {
  local phase
  workflow=$(kubectl create -f "$rig/smoke/$1.yaml" -o name)
  kubectl wait --for=condition=Completed "$workflow" --timeout=300s >/dev/null || fail "$workflow does not end: $(nodes "$workflow")"
  phase=$(kubectl get "$workflow" -o jsonpath='{.status.phase}')
  [ "$phase" = "$2" ] || fail "$workflow: $phase, not $2
$(nodes "$workflow")"
  seen=$(nodes "$workflow")
  say "$workflow: $phase, as it should"
}

# want PATTERN   among the workflow's nodes
want() {
  grep -q -E "$1" <<<"$seen" || fail "no node of $workflow is like \"$1\":
$seen"
}

metrics() {
  local address
  address=$(kubectl -n argo get pods -l app=workflow-controller -o jsonpath='{.items[0].status.podIP}')
  curl -sf "http://$address:9090/metrics"
}

kubectl apply -f "$rig/smoke/executor.yaml" -f "$rig/smoke/step.yaml" >/dev/null
finish good Succeeded
want '^approve Suspend Succeeded'
finish refused Failed
want '^refuse Retry Failed exit=20'
want '^refuse\(0\) Pod Failed exit=20 "main: Error \(exit code 20\): refused: no good'
want '^after Skipped Omitted'
want '^read Retry Succeeded'
want '^busy\(2\) Pod Failed exit=75'
! grep -q '^refuse(1)' <<<"$seen" || fail "exit code 20 was tried again"
finish insecure Error
want 'violates PodSecurity ."restricted'
grep -q '^argo_workflows_rig_verdicts{status="FAIL"} [1-9]' <<<"$(metrics)" || fail "the controller has no metrics of the templates"
say "the cluster does what the templates rest on"
