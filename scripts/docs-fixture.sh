#!/usr/bin/env bash
# Prepares in $1 what the examples in help and documentation take as given: tables, models, policies, evidence; and in
# the buckets of the S3 server that the environment names, a registry.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "${1:?docs-fixture.sh DIR}"
primum() { "$root/primum" "$@" >>log.txt 2>&1 || { code=$?; tail -5 log.txt >&2; echo "docs-fixture.sh: primum $1 exited $code" >&2; exit 1; }; }
policies=$root/pipelines/local

cp "$policies/release-policy.yaml" release.yaml
cp "$policies/fairness-policy.yaml" fairness.yaml
cat >policy.yaml <<'YAML'
apiVersion: primum.dev/v1alpha1
kind: FairnessPolicy
metadata: {name: first-look, revision: 1}
data:
  label: {column: label, positive: 1}
  prediction: {column: prediction, positive: 1}
attributes: [{name: sex, column: sex, reference: M}]
rules:
  - {id: missed-by-sex, metric: tpr, compare: difference, over: sex, min: -0.10, decide: exclude-harm}
YAML
cp "$policies/privacy-budget.yaml" budget.yaml
cp "$policies/privacy-release.yaml" privacy-release.yaml

primum cohort --patients=60000 --seed=1 --output=cohort.parquet
primum cohort --patients=3000 --seed=2 --output=june.parquet
train() { primum train --label=readmitted_30d --id=patient_id --sensitive=race,sex,age_band --exclude=admission_month,weight \
  --learner=xgboost --alert-rate=0.2 --holdout=0.3 --reweigh=age_band "$@"; }
train --data=cohort.parquet --output-dir=out/train
cp -r out/train/model model
cp out/train/scored.parquet scored.parquet
cp june.parquet holdout.parquet
cp scored.parquet in-use.parquet
primum fairness-audit --data=scored.parquet --model=model --policy=fairness.yaml --on-violation=report --output-dir=out/audit
primum shap-batch --model=model --data=cohort.parquet --output-dir=out/shap
primum dp-noise --data=scored.parquet --release=privacy-release.yaml --budget=budget.yaml --ledger=ledger-of-the-fixture --output-dir=out/noise
for part in 0 1; do primum shap-batch --model=model --data=june.parquet --shard=$part/2 --output-dir=part-$part; done

# Two hospitals that audit one model together.
for site in north south; do
  primum cohort --patients=30000 --seed="$([ "$site" = north ] && echo 3 || echo 4)" --output=admissions.parquet
  primum score --model=model --data=admissions.parquet --output-dir=scoring
  mv scoring/scored.parquet $site.parquet
  rm -rf scoring admissions.parquet
  primum fairness-tally --data=$site.parquet --policy=fairness.yaml --output-dir=tallies/$site
done
primum fairness-merge --tallies=tallies --output-dir=all-sites

# The settings of other tools.
cat >configs.yaml <<'YAML'
ref_groups_method: predefined
ref_groups: {race: White, sex: M}
fairness_threshold: 0.8
fairness_measures: ["FPR Parity", "FNR Parity"]
YAML
cat >eval_config.json <<'JSON'
{"modelSpecs": [{"labelKey": "label", "predictionKey": "score"}], "slicingSpecs": [{"featureKeys": ["sex"]}],
 "metricsSpecs": [{"metrics": [{"className": "Recall", "threshold": {"valueThreshold": {"lowerBound": 0.5}}}]}]}
JSON
cat >bounds.yaml <<'YAML'
sensitive_features: [race, sex]
metrics: [{function: equalized_odds_difference, max: 0.1}]
YAML

# The tables of people who bring their own: other names, CSV, models of a library.
python3 - "$root" <<'PYTHON'
import csv, random, sys
random.seed(1)
def write(name, header, rows):
    with open(name, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
def person(i):
    age, sex = random.randint(20, 90), random.choice("FM")
    hemoglobin, sodium = round(random.gauss(13, 2), 1), round(random.gauss(138, 4))
    risk = (age - 20) / 140 + (0.2 if hemoglobin < 11 else 0) + (0.15 if sodium < 134 else 0)
    return [f"m{i:05}", age, sex, random.choice(["White", "Black"]), hemoglobin, sodium, random.random() < risk]
people = [person(i) for i in range(4000)]
band = lambda age: "65+" if age >= 65 else "under 65"
write("cohort.csv", ["mrn", "age", "sex", "hemoglobin", "sodium", "died"],
      [[m, a, s, h, n, "yes" if d else "no"] for m, a, s, r, h, n, d in people])
write("june.csv", ["mrn", "age", "race", "sex", "hemoglobin", "sodium", "readmitted"],
      [[m, a, r, s, h, n, int(d)] for m, a, s, r, h, n, d in people])
write("patients.csv", ["patient_id", "age", "race", "sex", "age_band", "hemoglobin", "sodium", "readmitted"],
      [[m, a, r, s, band(a), h, n, int(d)] for m, a, s, r, h, n, d in people])
PYTHON
primum train --data=june.csv --label=readmitted --id=mrn --sensitive=race,sex --learner=xgboost --output-dir=theirs
cp theirs/model/*.ubj theirs.ubj 2>/dev/null || cp theirs/model/xgboost.json theirs.ubj
cp theirs.ubj xgboost.json
cp june.parquet patients.parquet
primum shap-batch --model=model --data=patients.parquet --save-explainer --output-dir=explained
rm -rf theirs
if [ -n "${PRIMUM_S3_ENDPOINT:-}" ]; then
  primum score --model=model --data=cohort.parquet --output-dir=s3://runs/june
  primum fairness-tally --data=south.parquet --policy=fairness.yaml --output-dir=s3://runs/south
  # A registry with a history, so that there is something to go back to.
  printf '%s\n' 'kind: ReleasePolicy' 'metadata: {name: history, revision: 1}' \
    'require: [{step: train, rules: [{metric: auroc, min: 0.5}]}]' >history.yaml
  for seed in 3 4 5; do
    primum train --data=june.csv --label=readmitted --id=mrn --sensitive=race,sex --learner=logistic-regression \
      --seed=$seed --output-dir=history-$seed
    primum promote --model=history-$seed/model --policy=history.yaml --evidence=history-$seed \
      --name=readmission --registry=s3://models/prod --output-dir=promoted-$seed
  done
  rm -rf history* promoted-*
fi
rm -rf ledger-of-the-fixture log.txt
