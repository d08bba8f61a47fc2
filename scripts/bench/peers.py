"""Does with another tool what the audit does: peers.py TASK FILE [threads]. One process a run, imports and reading included.

Prints JSON that the comparison holds against ours: rates by race, or the rows that were counted.
"""
import json
import sys

METRIC_ROWS = ["label", "prediction", "race"]
CELL = ["race", "sex", "age_band", "site", "label", "prediction"]


def fairlearn_frame(path, rows=None, **bootstrap):
    import fairlearn.metrics as fm
    import pandas as pd
    from sklearn.metrics import accuracy_score, precision_score

    data = pd.read_parquet(path, columns=METRIC_ROWS).head(rows)
    metrics = {
        "selection_rate": fm.selection_rate, "tpr": fm.true_positive_rate, "fpr": fm.false_positive_rate,
        "fnr": fm.false_negative_rate, "accuracy": accuracy_score, "ppv": precision_score, "n": fm.count,
    }
    frame = fm.MetricFrame(metrics=metrics, y_true=data.label, y_pred=data.prediction, sensitive_features=data.race, **bootstrap)
    return data, frame, fm


def fairlearn(path):
    data, frame, fm = fairlearn_frame(path)
    frame.difference(), frame.ratio()
    for function in (fm.demographic_parity_difference, fm.equalized_odds_difference, fm.equal_opportunity_difference):
        function(data.label, data.prediction, sensitive_features=data.race)
    return frame.by_group[["selection_rate", "tpr", "fpr"]].to_dict("index")


def fairlearn_metricframe(path):
    _, frame, _ = fairlearn_frame(path)
    frame.difference(), frame.ratio()
    return frame.by_group[["selection_rate", "tpr", "fpr"]].to_dict("index")


def fairlearn_bootstrap(path, rows, replicates):
    _, frame, _ = fairlearn_frame(path, int(rows), n_boot=int(replicates), ci_quantiles=[0.025, 0.975], random_state=1)
    frame.by_group_ci, frame.difference_ci(), frame.ratio_ci()
    return frame.by_group[["selection_rate"]].to_dict("index")


def aif360(path):
    import pandas as pd
    from aif360.datasets import BinaryLabelDataset
    from aif360.metrics import ClassificationMetric

    data = pd.read_parquet(path, columns=METRIC_ROWS)
    names = sorted(data.race.unique())
    data["race"] = data.race.map({name: code for code, name in enumerate(names)}).astype(float)
    truth = data[["label", "race"]]
    said = data[["prediction", "race"]].rename(columns={"prediction": "label"})
    both = [BinaryLabelDataset(df=d, label_names=["label"], protected_attribute_names=["race"]) for d in (truth, said)]
    white = [{"race": float(names.index("White"))}]
    rates = {}
    for code, name in enumerate(names):
        if name == "White":
            continue
        pair = ClassificationMetric(*both, unprivileged_groups=[{"race": float(code)}], privileged_groups=white)
        pair.statistical_parity_difference(), pair.disparate_impact(), pair.equal_opportunity_difference()
        pair.average_odds_difference(), pair.false_positive_rate_difference(), pair.accuracy(privileged=False), pair.precision(privileged=False)
        for side, group in ((False, name), (True, "White")):
            rates[group] = {
                "selection_rate": pair.selection_rate(privileged=side),
                "tpr": pair.true_positive_rate(privileged=side), "fpr": pair.false_positive_rate(privileged=side),
            }
    return rates


def aequitas(path):
    import pandas as pd
    from aequitas.audit import Audit

    data = pd.read_parquet(path, columns=METRIC_ROWS).rename(columns={"prediction": "score"})
    data["race"] = data.race.astype(str)
    audit = Audit(data, sensitive_attribute_column=["race"], label_column="label", score_column="score", reference_groups={"race": "White"})
    audit.audit()
    audit.confusion_matrix, audit.metrics, audit.disparities
    table = audit.disparity_df.set_index("attribute_value")
    return {name: {"selection_rate": row.pprev, "tpr": row.tpr, "fpr": row.fpr} for name, row in table.iterrows()}


def duckdb(path, threads="2"):
    """Counts, weights and score sums of every combination, and a histogram of a thousand bins in each."""
    import duckdb as db

    con = db.connect()
    con.execute(f"set threads={threads}")
    read = f"read_csv('{path}')" if path.endswith(".csv") else f"'{path}'"
    cell = ", ".join(CELL)
    con.execute(
        f"create temp table fine as select {cell}, least(999, floor(score * 1000)::integer) as bin, count(*) as n, sum(weight) as w,"
        f" sum(weight * weight) as w2, sum(score) as s, sum(score * score) as s2 from {read} group by all")
    con.execute(f"select {cell}, sum(n), sum(w), sum(w2), sum(s), sum(s2) from fine group by all").fetchall()
    return {"rows": int(con.execute("select sum(n) from fine").fetchall()[0][0])}


def duckdb_counts(path, threads="2"):
    """The counts alone: what an audit without weights, scores and calibration needs."""
    import duckdb as db

    con = db.connect()
    con.execute(f"set threads={threads}")
    cells = con.execute(f"select {', '.join(CELL)}, count(*) from '{path}' group by all").fetchall()
    return {"rows": sum(cell[-1] for cell in cells)}


def polars(path):
    import polars as pl

    data = pl.scan_parquet(path)
    score, weight = pl.col("score"), pl.col("weight")
    data = data.with_columns(bin=(score * 1000).floor().clip(0, 999).cast(pl.Int32))
    sums = [pl.len().alias("n"), weight.sum().alias("w"), (weight * weight).sum().alias("w2"), score.sum().alias("s"), (score * score).sum().alias("s2")]
    fine = data.group_by(CELL + ["bin"]).agg(sums).collect(engine="streaming")
    fine.group_by(CELL).agg(pl.col("n", "w", "w2", "s", "s2").sum())
    return {"rows": fine["n"].sum()}


if __name__ == "__main__":
    task, arguments = sys.argv[1], sys.argv[2:]
    print(json.dumps(globals()[task](*arguments)))
