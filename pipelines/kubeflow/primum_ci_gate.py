"""Gates a model somebody else trained: score, audit, gate. A run that ends green is the answer."""

from kfp import dsl
from primum_kfp import fairness_audit, gate, score, with_credentials, with_policy

MOUNTED = "/etc/primum/policy/policy.yaml"


@dsl.pipeline(
    name="primum-ci-gate",
    description="Scores data with a given model, audits the scores and refuses or lets pass.",
)
def primum_ci_gate(
    model_uri: str,
    data_uri: str,
    id: str = "",
    features: str = "",
    label: str = "",
    sensitive: str = "",
    fairness_policy_uri: str = MOUNTED,
    release_policy_uri: str = MOUNTED,
):
    """Refuses a given model or lets it pass.

    Args:
        model_uri: The model directory that train wrote, or a file of XGBoost or LightGBM.
        data_uri: The rows to score, with their outcomes, Parquet or CSV.
        id: The column that names the patient. By default the model's.
        features: Feature names in the model's order, by comma, for a model file that holds none.
        label: The outcome's column. By default the model's.
        sensitive: Sensitive columns, by comma. By default the model's.
        fairness_policy_uri: The FairnessPolicy; by default from the ConfigMap primum-fairness-audit-policy.
        release_policy_uri: The ReleasePolicy; by default from primum-ci-gate-policy.
    """
    scored = with_credentials(
        score(
            model_uri=model_uri,
            data_uri=data_uri,
            id=id,
            features=features,
            label=label,
            sensitive=sensitive,
        )
    )
    audited = with_policy(
        fairness_audit(
            data=scored.outputs["scored"], model_uri=model_uri, policy_uri=fairness_policy_uri
        ),
        "primum-fairness-audit-policy",
    )
    decided = with_policy(
        gate(
            model_uri=model_uri,
            evidence_score=scored.outputs["evidence"],
            evidence_fairness_audit=audited.outputs["evidence"],
            policy_uri=release_policy_uri,
        ),
        "primum-ci-gate-policy",
    )
    for task in (audited, decided):
        with_credentials(task)
