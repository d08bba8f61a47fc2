"""The release train: train, audit in parallel, gate, promote. One red task stops it; whatever happens, the log says so.

The audits report and the gate refuses: a task that fails keeps nothing but its log in Kubeflow Pipelines. Policies come from
ConfigMaps, credentials from a Secret; the other locations are s3:// or minio://.
"""

from kfp import dsl
from primum_kfp import (
    dp_noise,
    fairness_audit,
    gate,
    promote,
    record,
    shap_batch,
    train,
    with_credentials,
    with_policy,
)

MOUNTED = "/etc/primum/{0}/{0}.yaml"


@dsl.pipeline(
    name="primum-release",
    description="Trains a model, audits and explains it, and promotes it only on evidence.",
)
def primum_release(
    data_uri: str,
    name: str,
    registry_uri: str,
    ledger_uri: str,
    log_uri: str,
    label: str,
    id: str,
    sensitive: str,
    exclude: str = "",
    learner: str = "xgboost",
    reweigh: str = "",
    alert_rate: float = 0.2,
    holdout: float = 0.25,
    seed: int = 1,
    approval: str = "",
    approver: str = "",
    fairness_policy_uri: str = MOUNTED.format("policy"),
    privacy_release_uri: str = MOUNTED.format("release"),
    privacy_budget_uri: str = MOUNTED.format("budget"),
    release_policy_uri: str = MOUNTED.format("policy"),
):
    """Trains a model and promotes it only on evidence.

    Args:
        data_uri: The cohort, Parquet or CSV.
        name: The name under which the model serves.
        registry_uri: Where the registry of models is.
        ledger_uri: Where privacy budgets are kept; the same for all releases of the same patients.
        log_uri: Where the record of how this run ended goes.
        label: The outcome's column; it has two values.
        id: The column that names the patient.
        sensitive: Sensitive columns, by comma; the fairness policy speaks of them.
        exclude: Columns that must not be features, by comma.
        learner: xgboost, logistic-regression or linear-sgd.
        reweigh: Reweigh the training rows by these columns, by comma.
        alert_rate: Alert this share of the rows.
        holdout: The share of patients that is held out, scored and audited.
        seed: The same seed gives the same model, byte for byte.
        approval: approve or reject, where the release policy asks for an approval.
        approver: Who decided that.
        fairness_policy_uri: The FairnessPolicy; by default from the ConfigMap primum-fairness-audit-policy.
        privacy_release_uri: The PrivacyRelease; by default from primum-dp-noise-release.
        privacy_budget_uri: The PrivacyBudget; by default from primum-dp-noise-budget.
        release_policy_uri: The ReleasePolicy; by default from primum-gate-policy.
    """
    recorded = record(log_uri=log_uri, workflow=dsl.PIPELINE_JOB_NAME_PLACEHOLDER)
    with dsl.ExitHandler(with_credentials(recorded), name="release"):
        trained = with_credentials(
            train(
                data_uri=data_uri,
                label=label,
                id=id,
                sensitive=sensitive,
                exclude=exclude,
                learner=learner,
                reweigh=reweigh,
                alert_rate=alert_rate,
                holdout=holdout,
                seed=seed,
            )
        )
        model = trained.outputs["model"]
        audited = with_policy(
            fairness_audit(
                data=trained.outputs["scored"], model=model, policy_uri=fairness_policy_uri
            ),
            "primum-fairness-audit-policy",
        )
        explained = shap_batch(model=model, data_uri=data_uri)
        released = dp_noise(
            data=trained.outputs["scored"],
            release_uri=privacy_release_uri,
            budget_uri=privacy_budget_uri,
            ledger_uri=ledger_uri,
            run_id=dsl.PIPELINE_JOB_ID_PLACEHOLDER,
        )
        with_policy(released, "primum-dp-noise-release", "release")
        with_policy(released, "primum-dp-noise-budget", "budget")
        evidence = {
            "evidence_train": trained.outputs["evidence"],
            "evidence_fairness_audit": audited.outputs["evidence"],
            "evidence_shap": explained.outputs["evidence"],
            "evidence_dp_noise": released.outputs["evidence"],
        }
        decided = with_policy(
            gate(model=model, policy_uri=release_policy_uri, **evidence), "primum-gate-policy"
        )
        promoted = promote(
            model=model,
            name=name,
            registry_uri=registry_uri,
            policy_uri=release_policy_uri,
            approval=approval,
            approver=approver,
            **evidence,
        ).after(decided)
        with_policy(promoted, "primum-gate-policy")
        with_credentials(promoted, secret="primum-registry")
        with_credentials(released, secret="primum-ledger")
        for task in (audited, explained, decided):
            with_credentials(task)
