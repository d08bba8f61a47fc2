#!/usr/bin/env bash
# The release train of a readmission model on one machine: the same steps and options that the engines run.
# A refusal on the way is part of the story; the script fails only where something does not go as told.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=${PRIMUM_DEMO_DIR:-$root/out/demo}
patients=${PRIMUM_DEMO_PATIENTS:-60000}
registry=$out/registry
sensitive=race,sex,age_band
started=$(date +%s)

case "$out" in */demo | */demo-*) rm -rf "$out" ;; *) [ ! -e "$out" ] || { echo "$out is there already: name another PRIMUM_DEMO_DIR" >&2; exit 2; } ;; esac
mkdir -p "$out"

bold='' plain=''
if [ -t 1 ]; then bold=$(tput bold 2>/dev/null || true) plain=$(tput sgr0 2>/dev/null || true); fi
tell() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
say() { printf '  %s\n' "$*"; }
param() { cat "$out/$1/params/$2"; }
summary() { sed -n 's/^  "summary" : "\(.*\)",$/\1/p' "$out/$1/verdict.json"; }

# Runs a step that has to exit with the code given first, and shows its table.
step() {
  local expected=$1 code=0
  shift
  "$root/primum" "$@" >"$out/last.txt" 2>"$out/last.log" || code=$?
  if [ "$code" -ne "$expected" ]; then
    cat "$out/last.txt" "$out/last.log" >&2
    echo "primum $1 exited $code where the story says $expected" >&2
    exit 1
  fi
}

"$root/primum" --version >/dev/null

tell "1. A hospital trains a model that predicts who is readmitted within 30 days."
step 0 cohort --patients="$patients" --seed=1 --output="$out/cohort.parquet"
say "$(cat "$out/last.txt")"
train() { # NAME COHORT [more options]
  local name=$1 data=$2
  shift 2
  step 0 train --data="$data" --label=readmitted_30d --id=patient_id --sensitive="$sensitive" \
    --exclude=admission_month,weight --learner=xgboost --alert-rate=0.2 --holdout=0.3 \
    --output-dir="$out/$name" "$@"
  say "$(summary "$name")"
}
audit() { # EXPECTED NAME TRAINING
  step "$1" fairness-audit --data="$out/$3/scored.parquet" --policy="$here/fairness-policy.yaml" \
    --model="$out/$3/model" --output-dir="$out/$2"
  say "$(param "$2" status): $(summary "$2")"
}
train plain "$out/cohort.parquet"

tell "2. The audit refuses it. Exit 20: a workflow would be red here."
audit 20 audit-plain plain

tell "3. Reweighed by age (Kamiran and Calders 2012), the same learner passes."
train mitigated "$out/cohort.parquet" --reweigh=age_band
audit 0 audit-mitigated mitigated
say "What it cost: AUROC $(printf '%.3f' "$(param plain auroc)") before, $(printf '%.3f' "$(param mitigated auroc)") after."

tell "4. Every prediction is explained exactly, and each explanation adds up to its prediction."
explain() { # NAME TRAINING COHORT
  step 0 shap-batch --model="$out/$2/model" --data="$3" --output-dir="$out/$1"
  say "$(summary "$1")"
}
explain shap "mitigated" "$out/cohort.parquet"

tell "5. The audit's tables leave the hospital with differential privacy, and the budget is kept."
release() { # EXPECTED NAME
  step "$1" dp-noise --data="$out/mitigated/scored.parquet" --release="$here/privacy-release.yaml" \
    --budget="$here/privacy-budget.yaml" --ledger="$out/ledger" --output-dir="$out/$2"
  say "$(summary "$2")"
}
release 0 privacy
say "Spent epsilon $(param privacy epsilon_spent), left $(param privacy epsilon_remaining). Asking twice more:"
release 0 privacy-again
release 22 privacy-exhausted

tell "6. The gate: the refused model cannot pass with any evidence, the mitigated one can."
step 21 gate --policy="$here/release-policy.yaml" --model="$out/plain/model" \
  --evidence="$out/plain" --evidence="$out/audit-mitigated" --evidence="$out/shap" --evidence="$out/privacy" \
  --output-dir="$out/gate-foreign"
say "The refused model with the other model's audit. $(param gate-foreign status): $(summary gate-foreign)"
evidence() { for name in "$@"; do printf -- '--evidence=%s\n' "$out/$name"; done; }
mapfile -t good < <(evidence mitigated audit-mitigated shap privacy)
step 0 gate --policy="$here/release-policy.yaml" --model="$out/mitigated/model" "${good[@]}" \
  --junit="$out/gate/junit.xml" --output-dir="$out/gate"
say "$(param gate status): $(summary gate)"

tell "7. It is promoted; half a year later its successor too."
step 0 promote --model="$out/mitigated/model" --name=readmission --registry="$registry" \
  --policy="$here/release-policy.yaml" "${good[@]}" --output-dir="$out/promote-1"
say "$(summary promote-1)"
step 0 cohort --patients="$patients" --seed=2 --output="$out/cohort-later.parquet"
train successor "$out/cohort-later.parquet" --reweigh=age_band
audit 0 audit-successor successor
explain shap-successor successor "$out/cohort-later.parquet"
sed 's/readmission-2026/readmission-2027/' "$here/privacy-budget.yaml" >"$out/budget-2027.yaml"
step 0 dp-noise --data="$out/successor/scored.parquet" --release="$here/privacy-release.yaml" \
  --budget="$out/budget-2027.yaml" --ledger="$out/ledger" --output-dir="$out/privacy-successor"
mapfile -t next < <(evidence successor audit-successor shap-successor privacy-successor)
step 0 promote --model="$out/successor/model" --name=readmission --registry="$registry" \
  --policy="$here/release-policy.yaml" "${next[@]}" --output-dir="$out/promote-2"
say "$(summary promote-2)"

tell "8. Something is wrong on the wards: back to the last known good model."
step 0 rollback --name=readmission --registry="$registry" \
  --reason="alerts on ward 4 doubled overnight" --output-dir="$out/rollback"
say "$(summary rollback)"
step 0 status --name=readmission --registry="$registry"
sed 's/^/  /' "$out/last.txt"

tell "Done in $(($(date +%s) - started)) seconds. Open these in a browser:"
for page in audit-plain:"who was missed, and how many" audit-mitigated:"what the mitigation changed" \
  shap:"what drives the predictions" privacy:"what was released, with which noise" \
  gate:"the evidence, item by item" rollback:"why the rollback went where it went"; do
  printf '  %-55s %s\n' "$out/${page%%:*}/report.html" "${page#*:}"
done
say "Numbers for programs stand beside them: verdict.json, metrics.json, manifest.json, params/."
