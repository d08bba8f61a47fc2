#!/usr/bin/env bash
# Writes go.mod for a version of Kubernetes: its staging modules have to be named one by one. Then
# run "go mod tidy" and commit go.mod and go.sum.
#
#   cd scripts/rig/kube && ./gen.sh 1.34.4
set -euo pipefail
version=${1:?gen.sh VERSION, such as 1.34.4}
mod=$(go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/.*"GoMod": "\(.*\)",/\1/p')
{
  echo "module example.invalid/kube"
  echo
  grep -E '^go ' "$mod"
  echo
  grep -E '^godebug' "$mod"
  echo
  echo "require k8s.io/kubernetes v$version"
  echo
  echo "replace ("
  sed -n 's#^\t\(k8s.io/[a-z-]*\) => ./staging/.*#\t\1 => \1 v0.'"${version#1.}"'#p' "$mod"
  echo ")"
} >go.mod
