#!/bin/sh
# Records a gate on a tiny release in target/primum.aot and an audit of it in target/audit.aot, so that later starts are
# faster. Never fatal: without the caches everything works, slower.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
JAVA_HOME=$("$home/scripts/find-java.sh")
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-start.XXXXXX")
trap 'rm -rf "$work"' EXIT
rm -f "$home/target/primum.aot" "$home/target/audit.aot"

# The flags of a run have to be those of later starts, see ./primum.
primum() { # 'FLAGS' STEP OPTION...
  flags=$1
  shift
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Xlog:disable -Xlog:all=off -XX:+UseSerialGC $flags \
    -cp "$home/target/primum.jar:$home/target/lib/*" org.primum.cli.Primum "$@"
}
quick=-XX:TieredStopAtLevel=1
{
  primum "$quick" cohort --patients=400 --output="$work/cohort.csv" --format=csv
  primum "$quick" train --data="$work/cohort.csv" --label=readmitted_30d --id=patient_id --sensitive=sex \
    --learner=logistic-regression --output-dir="$work/train"
  printf '%s\n' 'kind: ReleasePolicy' 'metadata: {name: start, revision: 1}' \
    'require: [{step: train, rules: [{metric: auroc, min: 0.1}]}]' >"$work/policy.yaml"
  primum "$quick -XX:AOTCacheOutput=$home/target/primum.aot" gate --policy="$work/policy.yaml" \
    --evidence="$work/train" --model="$work/train/model" --output-dir="$work/gate"
  primum "$quick" cohort --patients=40000 --output="$work/cohort.parquet"
  primum "$quick" score --data="$work/cohort.parquet" --model="$work/train/model" --weight=weight \
    --sensitive=race,sex,age_band --output-dir="$work/score"
  cat >"$work/audit.yaml" <<'YAML'
apiVersion: primum.dev/v1alpha1
kind: FairnessPolicy
metadata: {name: start, revision: 1}
data:
  label: {column: label, positive: 1}
  prediction: {column: prediction, positive: 1}
  score: {column: score}
  weight: {column: weight, kind: sampling}
attributes: [{name: race, column: race}, {name: sex, column: sex}, {name: age_band, column: age_band}]
intersections: [{of: [race, sex]}]
rules:
  - {id: missed, metric: tpr, compare: difference, over: race, min: -0.05}
  - {id: flagged, metric: selection_rate, compare: max_min, over: [race, sex], max: 0.10}
YAML
  primum "-XX:AOTCacheOutput=$home/target/audit.aot" fairness-audit --data="$work/score/scored.parquet" \
    --policy="$work/audit.yaml" --output-dir="$work/audit" --on-violation=report
} >"$home/target/start-cache.log" 2>&1 || true
