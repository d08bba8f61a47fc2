#!/bin/bash
# writes go.mod for the given kubernetes version (1.MINOR.PATCH)
set -eu
V=${1:-1.34.4}; S=0.${V#1.}
mod=$(go mod download -json "k8s.io/kubernetes@v$V" | sed -n 's/.*"GoMod": "\(.*\)",/\1/p')
{
  echo "module example.invalid/kube"
  echo; grep -E '^go ' "$mod"; echo
  grep -E '^godebug' "$mod"; echo
  echo "require k8s.io/kubernetes v$V"
  echo; echo "replace ("
  sed -n 's#^\t\(k8s.io/[a-z-]*\) => ./staging/.*#\t\1 => \1 v'"$S"'#p' "$mod"
  echo ")"
} > go.mod
