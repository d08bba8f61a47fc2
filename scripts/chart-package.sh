#!/bin/sh
# The chart as one file, from the same commit always the same bytes: target/chart/primum-VERSION.tgz.
set -eu
cd "$(dirname "$0")/.."
out=${1:-target/chart}
when=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 315532800)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
cp -R pipelines/chart/primum "$work/primum"
find "$work/primum" -exec touch -h -d "@$when" {} +
scripts/helm.sh helm package "$work/primum" --destination "$out" >/dev/null
echo "$out/primum-$(sed -n 's/^version: //p' pipelines/chart/primum/Chart.yaml).tgz"
