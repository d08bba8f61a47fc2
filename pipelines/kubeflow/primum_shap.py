"""Explains a large table in shards: plan, one task a shard, merge. The result is byte for byte that of one task."""

from kfp import dsl
from primum_kfp import shap_batch, shap_merge, shap_plan, with_credentials


@dsl.pipeline(
    name="primum-shap",
    description="Explains every prediction by exact Shapley values, in shards that run side by side.",
)
def primum_shap(
    model_uri: str,
    data_uri: str,
    shards: int = 8,
    id: str = "",
    sensitive: str = "",
    features: str = "",
    cohorts: str = "",
    policy_uri: str = "",
    baseline_uri: str = "",
    expected_uri: str = "",
    on_violation: str = "report",
):
    """Explains every row of a table.

    Args:
        model_uri: The model directory that train wrote, or a file of XGBoost or LightGBM.
        data_uri: The rows to explain, Parquet or CSV.
        shards: How many tasks share the rows; never more than there are rows.
        id: The column that names a row. By default the model's.
        sensitive: Columns to group the summary by, by comma. By default the model's.
        features: Feature names in the model's order, by comma, for a model file that holds none.
        cohorts: More columns to group the summary by, by comma, such as a ward or a site.
        policy_uri: An ExplanationPolicy that the whole is held against; nothing is judged without one.
        baseline_uri: The summary.json of an earlier run, or its output directory, that drift is measured from.
        expected_uri: The predictions that were made, a table with the column of ids, for a rule on coverage.
        on_violation: What the merge does where the policy is not met: report, or fail, which keeps nothing but its log.
    """
    planned = with_credentials(shap_plan(data_uri=data_uri, shards=shards))
    with dsl.ParallelFor(planned.outputs["shards"], parallelism=4, name="shards") as shard:
        explained = with_credentials(
            shap_batch(
                model_uri=model_uri,
                data_uri=data_uri,
                shard=shard,
                id=id,
                sensitive=sensitive,
                features=features,
                cohorts=cohorts,
            )
        )
    with_credentials(
        shap_merge(
            shards=dsl.Collected(explained.outputs["evidence"]),
            policy_uri=policy_uri,
            baseline_uri=baseline_uri,
            expected_uri=expected_uri,
            on_violation=on_violation,
        )
    )
