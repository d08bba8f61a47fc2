#!/bin/sh
# Records a gate on a tiny release in target/primum.aot, so that later starts are faster. Never fatal: without
# the cache everything works, slower.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
JAVA_HOME=$("$home/scripts/find-java.sh")
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-start.XXXXXX")
trap 'rm -rf "$work"' EXIT
rm -f "$home/target/primum.aot"

run() {
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Xlog:disable -Xlog:all=off -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
}
primum() { run -cp "$home/target/primum.jar:$home/target/lib/*" org.primum.cli.Primum "$@"; }
{
  primum cohort --patients=400 --output="$work/cohort.csv" --format=csv
  primum train --data="$work/cohort.csv" --label=readmitted_30d --id=patient_id --sensitive=sex \
    --learner=logistic-regression --output-dir="$work/train"
  printf '%s\n' 'kind: ReleasePolicy' 'metadata: {name: start, revision: 1}' \
    'require: [{step: train, rules: [{metric: auroc, min: 0.1}]}]' >"$work/policy.yaml"
  run -XX:AOTCacheOutput="$home/target/primum.aot" -cp "$home/target/primum.jar:$home/target/lib/*" \
    org.primum.cli.Primum gate --policy="$work/policy.yaml" --evidence="$work/train" \
    --model="$work/train/model" --output-dir="$work/gate"
} >"$home/target/start-cache.log" 2>&1 || true
