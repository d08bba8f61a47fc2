#!/usr/bin/env bash
# Measures what docs/performance.md quotes, on this machine, and prints it as Markdown.
# Usage: scripts/bench.sh [rows of the large cohort, default 1000000] [runs, default 7]
# shellcheck disable=SC2016 # the backticks are Markdown
set -euo pipefail
cd "$(dirname "$0")/.."
patients=$((${1:-1000000} * 73 / 100)) # 1.37 admissions a patient
runs=${2:-7}
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
./primum --version >/dev/null
export PRIMUM_NO_BUILD=1
java_home=$(scripts/find-java.sh)

# Runs a command $1 times; prints "min / median" wall seconds, median CPU seconds and the largest memory in MB.
measure() {
  local times=$1
  shift
  python3 - "$times" "$@" <<'PY'
import os, resource, statistics, subprocess, sys, time
runs, command = int(sys.argv[1]), sys.argv[2:]
wall, cpu, memory = [], [], 0
for run in range(runs + (1 if runs > 1 else 0)):
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status) not in (0, 20, 21):
        sys.exit(f"{command} exited {os.waitstatus_to_exitcode(status)}")
    if run or runs == 1:  # the first is a warm-up
        wall.append(elapsed); cpu.append(usage.ru_utime + usage.ru_stime); memory = max(memory, usage.ru_maxrss)
print(f"{min(wall):.2f} / {statistics.median(wall):.2f} | {statistics.median(cpu):.2f} | {memory // 1024}")
PY
}
row() { printf '| %s | %s |\n' "$1" "$(shift; measure "$@")"; }

echo "$(nproc) cores, $(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo), $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1 /proc/loadavg)"
"$java_home/bin/java" -version 2>&1 | sed -n 2p
echo
echo '| what | wall s (min / median) | CPU s (median) | memory MB |'
echo '|---|---|---|---|'

# A small release, so that the gate has something to decide.
./primum cohort --patients=3000 --output="$work/small.parquet" >/dev/null
train() { ./primum train --data="$1" --label=readmitted_30d --id=patient_id --sensitive=race,sex,age_band \
  --exclude=weight,admission_month --alert-rate=0.2 --output-dir="$2" >/dev/null 2>&1; }
train "$work/small.parquet" "$work/small"
cat >"$work/gate.yaml" <<'YAML'
kind: ReleasePolicy
metadata: {name: bench, revision: 1}
require: [{step: train, rules: [{metric: auroc, min: 0.5}]}]
YAML
gate=(./primum gate --policy="$work/gate.yaml" --evidence="$work/small" --model="$work/small/model" --output-dir="$work/gate" --overwrite)
row 'java -version (the floor)' "$runs" "$java_home/bin/java" -version
row '`primum --version`' "$runs" ./primum --version
row '`primum gate` on small files' "$runs" "${gate[@]}"
mv target/primum.aot "$work/primum.aot"
row '`primum gate`, without the start-up cache' "$runs" "${gate[@]}"
mv "$work/primum.aot" target/primum.aot

row "\`cohort\`, $patients patients, Parquet" 1 ./primum cohort --patients="$patients" --output="$work/large.parquet"
row '`train`, XGBoost, 100 rounds, on it' 1 ./primum train --data="$work/large.parquet" --label=readmitted_30d --id=patient_id \
  --sensitive=race,sex,age_band --exclude=weight,admission_month --alert-rate=0.2 --output-dir="$work/large"
row '`score`, all of its rows' 1 ./primum score --model="$work/large/model" --data="$work/large.parquet" --output-dir="$work/score"
row '`fairness-audit`, three attributes and one intersection, all rows' 3 ./primum fairness-audit --data="$work/score/scored.parquet" \
  --policy=pipelines/local/fairness-policy.yaml --output-dir="$work/audit" --overwrite
row '`shap-batch`, an eighth of its rows' 1 ./primum shap-batch --model="$work/large/model" --data="$work/large.parquet" --shard=0/8 --output-dir="$work/shap"
row '`dp-noise`, two queries, all rows' 1 ./primum dp-noise --data="$work/score/scored.parquet" --release=pipelines/local/privacy-release.yaml \
  --budget=pipelines/local/privacy-budget.yaml --ledger="$work/ledger" --output-dir="$work/privacy"
