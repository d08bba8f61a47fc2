#!/bin/sh
# Copies what the chart and the kustomization render from where it is kept: steps/*/argo and pipelines/argo. Part of
# `make generate`; ChartFilesTest fails when a copy is stale.
set -eu
cd "$(dirname "$0")/.."
chart=pipelines/chart/primum
files=$chart/files
rm -rf "$files"
mkdir -p "$files/cluster" "$files/namespaced/rights" "$files/namespaced/workflows" "$files/namespaced/policies"
for directory in steps/*/argo; do
  step=$(basename "$(dirname "$directory")")
  cp "$directory/clusterworkflowtemplate.yaml" "$files/cluster/$step.yaml"
  cp "$directory/rbac.yaml" "$files/namespaced/rights/$step.yaml"
done
cp pipelines/argo/rbac/*.yaml "$files/namespaced/rights/"
cp pipelines/argo/primum-*.yaml "$files/namespaced/workflows/"
cp pipelines/argo/policies/*.yaml "$files/namespaced/policies/"
cp pipelines/argo/network-policy.yaml "$files/"
cp pipelines/argo/network-policy.yaml pipelines/argo/object-store.yaml pipelines/kustomize/overlays/restricted-namespace/

# The same for kustomize, which takes files from below its own folder only.
for part in cluster namespaced; do
  {
    echo "# Written by make generate. See pipelines/kustomize."
    echo "apiVersion: kustomize.config.k8s.io/v1beta1"
    echo "kind: Kustomization"
    echo "resources:"
    (cd "$files/$part" && find . -name '*.yaml' ! -name kustomization.yaml | LC_ALL=C sort | sed 's/^\./-/; s/^-\//- /')
  } >"$files/$part/kustomization.yaml"
done
