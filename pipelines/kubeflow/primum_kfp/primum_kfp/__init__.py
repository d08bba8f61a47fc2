# Generated from the command line by `make generate`; a test fails when it is stale.
"""Steps of primum as components of Kubeflow Pipelines, one function each.

Every function is used inside a pipeline, takes keyword arguments only, and gives the task.
An argument that is left out, None or "" is "not given".
"""

from __future__ import annotations

from typing import Optional

from kfp import dsl

from primum_kfp._facts import VERSION as __version__
from primum_kfp._tasks import (
    Artifact,
    Artifacts,
    Flag,
    Number,
    Text,
    Whole,
    component,
    image,
    task,
    with_credentials,
    with_policy,
)

__all__ = [
    "__version__",
    "component",
    "image",
    "with_credentials",
    "with_policy",
    "train",
    "score",
    "fairness_audit",
    "fairness_tally",
    "fairness_merge",
    "shap_plan",
    "shap_batch",
    "shap_merge",
    "dp_noise",
    "gate",
    "promote",
    "rollback",
    "record",
]


def train(
    *,
    label: Text,
    id: Text,
    data: Optional[Artifact] = None,
    data_uri: Optional[Text] = None,
    positive: Optional[Text] = None,
    sensitive: Optional[Text] = None,
    sensitive_as_feature: Optional[Flag] = None,
    features: Optional[Text] = None,
    exclude: Optional[Text] = None,
    categories: Optional[Text] = None,
    weight: Optional[Text] = None,
    learner: Optional[Text] = None,
    param: Optional[Text] = None,
    reweigh: Optional[Text] = None,
    holdout: Optional[Number] = None,
    threshold: Optional[Number] = None,
    alert_rate: Optional[Number] = None,
    seed: Optional[Whole] = None,
) -> dsl.PipelineTask:
    """Fits a binary risk model and measures it on patients it has not seen.

    Args:
        data: The rows, Parquet or CSV: a path, s3://bucket/key or minio://bucket/key.
        data_uri: The rows, Parquet or CSV: a path, s3://bucket/key or minio://bucket/key. Used
            where no artifact data is given.
        label: The outcome; it has two values.
        positive: The outcome's positive value.
        id: The column that names the patient; all rows of one stay on one side.
        sensitive: Sensitive columns, by comma; carried into scored.parquet, not features.
        sensitive_as_feature: Let the model read the sensitive columns, all but those --exclude
            names.
        features: The features, by comma. Default: every column without another role.
        exclude: Columns that must not be features, by comma; instead of --features. Name what
            is known only after the outcome, such as the date of death.
        categories: Features that are categories although their values look like numbers, by
            comma: codes, lists such as '1,2'.
        weight: Row weights, e.g. of a survey; multiplied with those of --reweigh.
        learner: xgboost, logistic-regression or linear-sgd.
        param: Hyperparameters of the learner, by comma, e.g. --param=max_depth=6,rounds=200.
        reweigh: Reweigh training rows so that the label rate is the same in each (joint) group
            of these columns (Kamiran and Calders 2012).
        holdout: The share of patients held out and scored.
        threshold: Alert from this score on, in [0, 1].
        alert_rate: Alert this share of rows: the threshold is chosen on the training rows.
            Without --threshold and --alert-rate, as many are alerted as there are positives.
        seed: Chooses the holdout and the learner's random numbers; any whole number.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        classification: The confusion matrix; with a score the ROC curve too.
        model: The model: model.json beside the learner's own file.
        scored: The holdout: id, label, score, prediction, weight, sensitive columns.
        model_digest: The digest of model/.
        auroc: AUROC on the holdout; empty where undefined.
        brier: Brier score on the holdout.
        threshold: From which score on a row is alerted.
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("train", locals())


def score(
    *,
    model: Optional[Artifact] = None,
    model_uri: Optional[Text] = None,
    data: Optional[Artifact] = None,
    data_uri: Optional[Text] = None,
    id: Optional[Text] = None,
    features: Optional[Text] = None,
    label: Optional[Text] = None,
    positive: Optional[Text] = None,
    weight: Optional[Text] = None,
    sensitive: Optional[Text] = None,
    threshold: Optional[Number] = None,
) -> dsl.PipelineTask:
    """Scores a table with a model, ours or one XGBoost saved, so that it can be audited.

    Args:
        model: A model directory that train wrote, or a file: XGBoost (JSON, UBJ), LightGBM
            (text), CatBoost (JSON), Tribuo (protobuf), trees in ONNX, or the JSON of
            docs/model-json.md.
        model_uri: A model directory that train wrote, or a file: XGBoost (JSON, UBJ), LightGBM
            (text), CatBoost (JSON), Tribuo (protobuf), trees in ONNX, or the JSON of
            docs/model-json.md. Used where no artifact model is given.
        data: The rows, Parquet or CSV: a path, s3://bucket/key or minio://bucket/key.
        data_uri: The rows, Parquet or CSV: a path, s3://bucket/key or minio://bucket/key. Used
            where no artifact data is given.
        id: The column that names the patient. Default: the model's, else rows are numbered
            from 0.
        features: Features in the model's order, by comma, for a file that holds no names.
        label: The outcome, where it is known. Default: the model's, if the data has it.
        positive: The outcome's positive value. Default: the model's, else 1.
        weight: Row weights, carried into scored.parquet as weight.
        sensitive: Sensitive columns to carry along, by comma. Default: the model's.
        threshold: Predict positive from this score on. Default: the model's, else 0.5.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        classification: The confusion matrix; with a score the ROC curve too.
        scored: All rows: id, label, score, prediction, weight, sensitive columns.
        model_digest: The digest of the model.
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("score", locals())


def fairness_audit(
    *,
    data: Optional[Artifact] = None,
    data_uri: Optional[Text] = None,
    tally: Optional[Artifact] = None,
    tally_uri: Optional[Text] = None,
    policy: Optional[Artifact] = None,
    policy_uri: Optional[Text] = None,
    model: Optional[Artifact] = None,
    model_uri: Optional[Text] = None,
    baseline: Optional[Artifact] = None,
    baseline_uri: Optional[Text] = None,
    on_violation: Optional[Text] = None,
    threads: Optional[Whole] = None,
    export: Optional[Text] = None,
) -> dsl.PipelineTask:
    """Holds the predictions of a model against a fairness policy.

    Counts the groups of people in the scored data, measures the rates of each, and says who is
        missed or flagged more often than others, how sure that is, and what cannot be known.

    Args:
        data: Scored rows, Parquet or CSV: label, score or prediction, and the sensitive
            columns. Required, or --tally.
        data_uri: Scored rows, Parquet or CSV: label, score or prediction, and the sensitive
            columns. Required, or --tally. Used where no artifact data is given.
        tally: Instead of --data: the tally.bin that fairness-tally, fairness-merge or an audit
            left, or its output directory.
        tally_uri: Instead of --data: the tally.bin that fairness-tally, fairness-merge or an
            audit left, or its output directory. Used where no artifact tally is given.
        policy: The FairnessPolicy, YAML or JSON.
        policy_uri: The FairnessPolicy, YAML or JSON. Used where no artifact policy is given.
        model: The model that scored the rows, a directory or file; the verdict binds its
            digest. By default the one the scored table names.
        model_uri: The model that scored the rows, a directory or file; the verdict binds its
            digest. By default the one the scored table names. Used where no artifact model is
            given.
        baseline: The tally.bin of the model in use, made under this policy, or the output
            directory that holds it; for rules against the baseline.
        baseline_uri: The tally.bin of the model in use, made under this policy, or the output
            directory that holds it; for rules against the baseline. Used where no artifact
            baseline is given.
        on_violation: fail: exit 20 or 21 where the policy is not met. report: exit 0, for a
            gate to decide. One of fail, report.
        threads: How many threads count the rows; 0: one for each core. The result is the same,
            byte for byte.
        export: Which of the exports are written: csv, hti1, section-92-210, annex-iv. By
            default all.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        classification: The confusion matrix; with a score the ROC curve too.
        curves: reliability, decision and ROC curves of each group
        exports: a directory: the evidence as CSV, and in the forms reviewers and regulators
            ask for; those that --export names
        failed_rules: ids of the rules that are not met
        inconclusive_rules: ids of the rules nobody can decide
        waived_rules: ids of the rules with a waiver in force
        worst_group: the group of the worst finding
        worst_rule: the rule of the worst finding
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("fairness-audit", locals())


def fairness_tally(
    *,
    data: Optional[Artifact] = None,
    data_uri: Optional[Text] = None,
    policy: Optional[Artifact] = None,
    policy_uri: Optional[Text] = None,
    model: Optional[Artifact] = None,
    model_uri: Optional[Text] = None,
) -> dsl.PipelineTask:
    """Counts the groups in one scored table for a fairness audit, and decides nothing.

    Run it over each shard, month or hospital; fairness-merge adds the tallies up, and
        fairness-audit --tally judges the sum. The rows stay where they are.

    Args:
        data: Scored rows, Parquet or CSV: label, score or prediction, and the sensitive
            columns.
        data_uri: Scored rows, Parquet or CSV: label, score or prediction, and the sensitive
            columns. Used where no artifact data is given.
        policy: The FairnessPolicy, YAML or JSON, that the audit will hold the counts against.
        policy_uri: The FairnessPolicy, YAML or JSON, that the audit will hold the counts
            against. Used where no artifact policy is given.
        model: The model that scored the rows, a directory or file; the tally names its digest,
            and merges with tallies of no other. By default the one the scored table names.
        model_uri: The model that scored the rows, a directory or file; the tally names its
            digest, and merges with tallies of no other. By default the one the scored table
            names. Used where no artifact model is given.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        rows: how many rows were counted
        tables: how many tables were counted: one
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("fairness-tally", locals())


def fairness_merge(
    *,
    tallies: Optional[Artifacts] = None,
    tallies_uri: Optional[Text] = None,
) -> dsl.PipelineTask:
    """Adds the tallies of shards, months or hospitals up to one, for fairness-audit --tally.

    The audit of the sum is that of all rows together, byte for byte in metrics.json. No row is
        read, so hospitals can audit one model together without sharing a patient's record.

    Args:
        tallies: The tallies, separated by commas or each with an option of its own: tally.bin
            files, or output directories that hold one. A directory that holds such directories
            stands for all of them.
        tallies_uri: The tallies, separated by commas or each with an option of its own:
            tally.bin files, or output directories that hold one. A directory that holds such
            directories stands for all of them. Used where no artifact tallies is given.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        rows: how many rows were counted
        tables: how many tables they are of
        tallies: how many tallies were merged
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("fairness-merge", locals())


def shap_plan(
    *,
    data: Optional[Artifact] = None,
    data_uri: Optional[Text] = None,
    shards: Optional[Whole] = None,
) -> dsl.PipelineTask:
    """Counts the rows of a table and plans the shards in which shap-batch explains them.

    An engine fans out over the list it leaves: one shap-batch --shard for each entry, and
        shap-merge at the end.

    Args:
        data: The rows to explain, Parquet or CSV.
        data_uri: The rows to explain, Parquet or CSV. Used where no artifact data is given.
        shards: How many shards, from 1 to 1024; fewer where there are fewer rows.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        shards: the shards, as ["0/8","1/8",…]; never more than there are rows
        rows: how many rows there are
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("shap-plan", locals())


def shap_batch(
    *,
    model: Optional[Artifact] = None,
    model_uri: Optional[Text] = None,
    data: Optional[Artifact] = None,
    data_uri: Optional[Text] = None,
    background: Optional[Artifact] = None,
    background_uri: Optional[Text] = None,
    mode: Optional[Text] = None,
    id: Optional[Text] = None,
    sensitive: Optional[Text] = None,
    features: Optional[Text] = None,
    shard: Optional[Text] = None,
    top_k: Optional[Text] = None,
    precision: Optional[Text] = None,
    output_space: Optional[Text] = None,
    samples: Optional[Whole] = None,
    max_error: Optional[Number] = None,
    seed: Optional[Whole] = None,
    background_rows: Optional[Text] = None,
    served_answer: Optional[Text] = None,
    served_output: Optional[Text] = None,
    served_batch: Optional[Whole] = None,
    served_missing: Optional[Text] = None,
    interactions: Optional[Text] = None,
    groups: Optional[Artifact] = None,
    groups_uri: Optional[Text] = None,
    cohorts: Optional[Text] = None,
    min_cohort: Optional[Whole] = None,
    policy: Optional[Artifact] = None,
    policy_uri: Optional[Text] = None,
    baseline: Optional[Artifact] = None,
    baseline_uri: Optional[Text] = None,
    expected: Optional[Artifact] = None,
    expected_uri: Optional[Text] = None,
    drift_top: Optional[Whole] = None,
    on_violation: Optional[Text] = None,
    emit: Optional[Text] = None,
    clip: Optional[Number] = None,
    round: Optional[Text] = None,
    top_features: Optional[Whole] = None,
    emit_values: Optional[Text] = None,
    cover_from: Optional[Artifact] = None,
    cover_from_uri: Optional[Text] = None,
    explainer: Optional[Artifact] = None,
    explainer_uri: Optional[Text] = None,
    save_explainer: Optional[Flag] = None,
    resume: Optional[Text] = None,
    threads: Optional[Text] = None,
    pictures: Optional[Text] = None,
    picture_values: Optional[Text] = None,
) -> dsl.PipelineTask:
    """Explains every prediction by exact Shapley values.

    For each row and feature, how far the feature moved the model's margin (for a classifier
        the log-odds) away from the base value; and which features matter most, for everyone
        and for each sensitive group. The values of a row add up to its margin, or the step
        fails.

    Args:
        model: The model directory that train wrote, or a file: XGBoost (JSON, UBJ), LightGBM
            (text), CatBoost (JSON), Tribuo (protobuf), trees in ONNX, or the JSON of
            docs/model-json.md. Or the address of a served model, http://HOST/v1/models/NAME or
            /v2/models/NAME.
        model_uri: The model directory that train wrote, or a file: XGBoost (JSON, UBJ),
            LightGBM (text), CatBoost (JSON), Tribuo (protobuf), trees in ONNX, or the JSON of
            docs/model-json.md. Or the address of a served model, http://HOST/v1/models/NAME or
            /v2/models/NAME. Used where no artifact model is given.
        data: Rows to explain, Parquet or CSV, with a column for each feature under the name
            the model knows it by.
        data_uri: Rows to explain, Parquet or CSV, with a column for each feature under the
            name the model knows it by. Used where no artifact data is given.
        background: Rows to compare with, Parquet or CSV, with the same features: an unknown
            feature then has the values it has there. All rows count. By default the model's
            own training stands for them.
        background_uri: Rows to compare with, Parquet or CSV, with the same features: an
            unknown feature then has the values it has there. All rows count. By default the
            model's own training stands for them. Used where no artifact background is given.
        mode: What not knowing a feature means. path-dependent: the branches of a tree by the
            training rows that took them. interventional: the values of the background rows.
            linear: the mean of the background, or of the training rows. correlated: for linear
            models, what the known features let expect of the others. permutation, kernel:
            estimates with standard errors for any model, against the background. auto:
            interventional with --background, else what fits the model. One of auto,
            path-dependent, interventional, linear, correlated, permutation, kernel.
        id: The column that names a row. By default the model's recorded id, else the row
            number.
        sensitive: Columns to group the summary by, one group a value. By default those the
            model records as sensitive; leave out numbers such as an age in years.
        features: Feature names in the model's column order, for a model file that holds none.
        shard: Explain the i-th of n equal parts of the rows, counted from 0: 0/8 to 7/8.
            shap-merge puts the parts together.
        top_k: How many features the summary, the metrics and the report list. By default all;
            shap.parquet always holds all.
        precision: mixed: values from tables in float32, within 2e-7 at a margin of 1, many
            times as fast. float64: within 1e-12. One of mixed, float64.
        output_space: The scale that values add up to. probability: true Shapley values of the
            probability, against --background. By default margin; of a served model, its
            answers as they are. One of margin, probability.
        samples: How many coalitions of features a row may ask a black box for. Up to 12
            features that matter to a row, permutation asks for all of them instead and is
            exact.
        max_error: A row needs no more coalitions once every standard error is at most this. By
            default --samples are used up.
        seed: With a row's own values, chooses its coalitions, and the rows of
            --background-rows; any whole number.
        background_rows: Draw so many rows of the background for a black box, which is asked
            about each of them for each coalition. By default all count.
        served_answer: What a served model answers: probabilities, one or one a class; or any
            numbers, such as log-odds or the prediction of a regression. One of probability,
            number.
        served_output: Which of several outputs of a served model is meant, as predict_proba.
        served_batch: The most rows of one request to a served model.
        served_missing: What becomes of missing values where the model is served: refuse them
            (exit 11), or send null, which few servers take. One of refuse, null.
        interactions: How pairs of features move the margin together, in interactions.parquet:
            for each row the N strongest pairs, the named ones, or all. summary.json lists the
            strongest overall. Where the model itself is asked, of up to 12 features.
        groups: Features to explain as one, such as the columns of one category: a
            FeatureGroups document, YAML or JSON. A group has the sum of its features' values;
            with values: together, where the model itself is asked, its own value in the game
            of the groups.
        groups_uri: Features to explain as one, such as the columns of one category: a
            FeatureGroups document, YAML or JSON. A group has the sum of its features' values;
            with values: together, where the model itself is asked, its own value in the game
            of the groups. Used where no artifact groups is given.
        cohorts: More columns to group the summary by, one group a value: a ward, a site, an
            age band.
        min_cohort: Groups of fewer rows are not told of, nor those that would give them away;
            0 tells of all.
        policy: An ExplanationPolicy, YAML or JSON: rules on which features may matter, for
            whom, and on drift. A shard is not judged; shap-merge judges all of them together.
        policy_uri: An ExplanationPolicy, YAML or JSON: rules on which features may matter, for
            whom, and on drift. A shard is not judged; shap-merge judges all of them together.
            Used where no artifact policy is given.
        baseline: The summary.json of an earlier run, or its output directory, of this or
            another version of the model with the same features: what has changed since is
            measured.
        baseline_uri: The summary.json of an earlier run, or its output directory, of this or
            another version of the model with the same features: what has changed since is
            measured. Used where no artifact baseline is given.
        expected: The predictions that were made, Parquet or CSV, with the column of ids of the
            explained rows: how many of them are explained is counted, for the metric coverage
            of the policy.
        expected_uri: The predictions that were made, Parquet or CSV, with the column of ids of
            the explained rows: how many of them are explained is counted, for the metric
            coverage of the policy. Used where no artifact expected is given.
        drift_top: How many leading features are compared with those of the baseline.
        on_violation: fail: exit 20 or 21 where the policy is not met. report: exit 0, for a
            gate to decide. One of fail, report.
        emit: Which Shapley values of a row shap.parquet holds. top:K: the K largest; the
            others are missing, and phi_rest has their sum.
        clip: Cut Shapley values to at most this magnitude, after additivity was checked.
        round: Round Shapley values to so many decimals, after additivity was checked.
        top_features: Name the K leading features of each row in a column top_features, as
            lactate:+1.826;age:-0.5.
        emit_values: Write the features' own values too, as value.<feature>: of all, or of the
            row's leading ones. They are patient data. One of none, top, all.
        cover_from: Rows to count at each node of the trees, best those the model was trained
            on, for path-dependent values of a model whose file keeps no cover (ONNX, Tribuo).
            They replace a cover that the file keeps.
        cover_from_uri: Rows to count at each node of the trees, best those the model was
            trained on, for path-dependent values of a model whose file keeps no cover (ONNX,
            Tribuo). They replace a cover that the file keeps. Used where no artifact
            cover_from is given.
        explainer: The explainer.bin of an earlier run for this model, in the place of
            --background: the values are the same to the bit, and the background is not read.
        explainer_uri: The explainer.bin of an earlier run for this model, in the place of
            --background: the values are the same to the bit, and the background is not read.
            Used where no artifact explainer is given.
        save_explainer: Leave explainer.bin: the model, and counts of the background in the
            place of its rows.
        resume: Keep finished pieces there (a path, s3://bucket/key or minio://bucket/key)
            until the run is done. A run that was killed goes on from them when it is started
            again.
        threads: How many threads explain. By default as many as there are processors; the
            values are the same to the bit.
        pictures: Write each picture of the report as a file of its own too, pictures/NAME.svg
            or pictures/NAME.png.
        picture_values: What pictures tell of patients. ranks: the order of their values, and
            means over at least 11 rows, or --min-cohort where that is more. values: the values
            themselves, and each row apart; the report is patient data then. One of ranks,
            values.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        shap: a line a row: id, base_value, margin, phi.<feature>…, additivity_error,
            probability; of estimates also se.<feature>…
        shard: exact sums, for shap-merge
        rows: how many rows were explained
        top_feature: the feature that matters most
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("shap-batch", locals())


def shap_merge(
    *,
    shards: Optional[Artifacts] = None,
    shards_uri: Optional[Text] = None,
    policy: Optional[Artifact] = None,
    policy_uri: Optional[Text] = None,
    baseline: Optional[Artifact] = None,
    baseline_uri: Optional[Text] = None,
    expected: Optional[Artifact] = None,
    expected_uri: Optional[Text] = None,
    drift_top: Optional[Whole] = None,
    on_violation: Optional[Text] = None,
) -> dsl.PipelineTask:
    """Puts the shards of one shap-batch together.

    The rows and the summary are byte for byte those of a run without shards.

    Args:
        shards: The output directories of all shards of one shap-batch, in any order, separated
            by commas; or one directory that holds them all.
        shards_uri: The output directories of all shards of one shap-batch, in any order,
            separated by commas; or one directory that holds them all. Used where no artifact
            shards is given.
        policy: An ExplanationPolicy, YAML or JSON: rules on which features may matter, for
            whom, and on drift. A shard is not judged; shap-merge judges all of them together.
        policy_uri: An ExplanationPolicy, YAML or JSON: rules on which features may matter, for
            whom, and on drift. A shard is not judged; shap-merge judges all of them together.
            Used where no artifact policy is given.
        baseline: The summary.json of an earlier run, or its output directory, of this or
            another version of the model with the same features: what has changed since is
            measured.
        baseline_uri: The summary.json of an earlier run, or its output directory, of this or
            another version of the model with the same features: what has changed since is
            measured. Used where no artifact baseline is given.
        expected: The predictions that were made, Parquet or CSV, with the column of ids of the
            explained rows: how many of them are explained is counted, for the metric coverage
            of the policy.
        expected_uri: The predictions that were made, Parquet or CSV, with the column of ids of
            the explained rows: how many of them are explained is counted, for the metric
            coverage of the policy. Used where no artifact expected is given.
        drift_top: How many leading features are compared with those of the baseline.
        on_violation: fail: exit 20 or 21 where the policy is not met. report: exit 0, for a
            gate to decide. One of fail, report.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        shap: the rows of all shards in the table's order
        shard: exact sums of all rows
        rows: how many rows were explained
        top_feature: the feature that matters most
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("shap-merge", locals())


def dp_noise(
    *,
    ledger_uri: Text,
    data: Optional[Artifact] = None,
    data_uri: Optional[Text] = None,
    release: Optional[Artifact] = None,
    release_uri: Optional[Text] = None,
    budget: Optional[Artifact] = None,
    budget_uri: Optional[Text] = None,
    run_id: Optional[Text] = None,
) -> dsl.PipelineTask:
    """Release counts, tables, sums and means about patients with differential privacy.

    The release is paid from the budget of its dataset, which is kept in a ledger; when the
        budget is used up, the step exits with 22 and releases nothing.

    Args:
        data: Rows with a column that says whose each is: Parquet or CSV.
        data_uri: Rows with a column that says whose each is: Parquet or CSV. Used where no
            artifact data is given.
        release: The queries, with categories, bounds and what each may cost (PrivacyRelease).
        release_uri: The queries, with categories, bounds and what each may cost
            (PrivacyRelease). Used where no artifact release is given.
        budget: What all releases of the dataset may cost together (PrivacyBudget).
        budget_uri: What all releases of the dataset may cost together (PrivacyBudget). Used
            where no artifact budget is given.
        ledger_uri: Where budgets are kept: the same for all releases of the same patients.
        run_id: Names the run. By default PRIMUM_RUN_ID, ARGO_WORKFLOW_UID or KFP_RUN_ID,
            whichever is set first, else the output directory.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        release: the noisy answers with their intervals
        epsilon_spent: epsilon of all releases so far
        epsilon_remaining: epsilon that is left
        ledger_sequence: number of the ledger entry that paid
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("dp-noise", locals())


def gate(
    *,
    policy: Optional[Artifact] = None,
    policy_uri: Optional[Text] = None,
    evidence_train: Optional[Artifact] = None,
    evidence_score: Optional[Artifact] = None,
    evidence_fairness_audit: Optional[Artifact] = None,
    evidence_shap: Optional[Artifact] = None,
    evidence_dp_noise: Optional[Artifact] = None,
    evidence_uri: Optional[Text] = None,
    model: Optional[Artifact] = None,
    model_uri: Optional[Text] = None,
) -> dsl.PipelineTask:
    """Decides from evidence whether a model may be released.

    Every rule is decided again from its numbers. Missing, expired or foreign evidence is never
        a pass. An approval that the policy asks for is promote's business, not the gate's.

    Args:
        policy: The ReleasePolicy, YAML or JSON.
        policy_uri: The ReleasePolicy, YAML or JSON. Used where no artifact policy is given.
        evidence_train: The evidence of train.
        evidence_score: The evidence of score.
        evidence_fairness_audit: The evidence of fairness-audit.
        evidence_shap: The evidence of shap.
        evidence_dp_noise: The evidence of dp-noise.
        evidence_uri: Output directories of steps, separated by commas or each with an option
            of its own. A directory that holds such directories stands for all of them.
        model: The model directory that is gated. Without it, the one model all evidence speaks
            of.
        model_uri: The model directory that is gated. Without it, the one model all evidence
            speaks of. Used where no artifact model is given.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        model: the digest of the model that was gated
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("gate", locals())


def promote(
    *,
    name: Text,
    registry_uri: Text,
    model: Optional[Artifact] = None,
    model_uri: Optional[Text] = None,
    policy: Optional[Artifact] = None,
    policy_uri: Optional[Text] = None,
    evidence_train: Optional[Artifact] = None,
    evidence_score: Optional[Artifact] = None,
    evidence_fairness_audit: Optional[Artifact] = None,
    evidence_shap: Optional[Artifact] = None,
    evidence_dp_noise: Optional[Artifact] = None,
    evidence_uri: Optional[Text] = None,
    approval: Optional[Text] = None,
    approver: Optional[Text] = None,
) -> dsl.PipelineTask:
    """Makes a model current in a registry, if its evidence passes the gate.

    Where the policy says approval: required, or --approval is given, a person has to approve
        as well. The model that served until now becomes last known good, where a rollback
        goes.

    Args:
        model: The model directory to promote.
        model_uri: The model directory to promote. Used where no artifact model is given.
        name: The name under which the model serves, e.g. readmission.
        registry_uri: Where the registry is: a directory, s3://bucket/prefix or
            minio://bucket/prefix.
        policy: The ReleasePolicy, YAML or JSON.
        policy_uri: The ReleasePolicy, YAML or JSON. Used where no artifact policy is given.
        evidence_train: The evidence of train.
        evidence_score: The evidence of score.
        evidence_fairness_audit: The evidence of fairness-audit.
        evidence_shap: The evidence of shap.
        evidence_dp_noise: The evidence of dp-noise.
        evidence_uri: Output directories of steps, separated by commas or each with an option
            of its own. A directory that holds such directories stands for all of them.
        approval: What a person said. Without it nobody approved, which matters where the
            policy asks for an approval. One of approve, reject.
        approver: Who said it, for the registry's records. Nobody checks the name.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        pointer: the registry's pointer as this step left it
        model: the digest of the current model
        sequence: the number of the pointer's move
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("promote", locals())


def rollback(
    *,
    name: Text,
    registry_uri: Text,
    reason: Text,
) -> dsl.PipelineTask:
    """Goes back to the last known good model of a registry, after reading every byte of it.

    The model it leaves is known good again only after a promotion of its own.

    Args:
        name: The name under which the model serves.
        registry_uri: Where the registry is: a directory, s3://bucket/prefix or
            minio://bucket/prefix.
        reason: Why, for those who ask later. Kept for good: no patient's data.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        pointer: the registry's pointer as this step left it
        model: the digest of the current model
        sequence: the number of the pointer's move
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("rollback", locals())


def record(
    *,
    log_uri: Text,
    status: Optional[Text] = None,
    workflow: Optional[Text] = None,
) -> dsl.PipelineTask:
    """Records in a log how a run of a workflow ended; what an engine's exit handler runs.

    A record is created once and never changed. The same once more is no error; a run that is
        taken up again and ends otherwise has another one beside it, <run>-2. However the run
        ended, recording it exits 0.

    Args:
        log_uri: Where the log is: a directory, s3://bucket/prefix or minio://bucket/prefix.
        status: How the run ended: Succeeded, Failed or Error as Argo says it, or a final state
            of Kubeflow Pipelines. Without it, the state that --failures holds.
        workflow: The workflow's name.

    Outputs:
        evidence: The whole output directory, with manifest and digests.
        report: The result for people.
        summary: The verdict, rule by rule.
        metrics: Every known number of everyone.
        record: where the log keeps it
        status: the verdict in one word
        exit_code: the exit code
    """
    return task("record", locals())
