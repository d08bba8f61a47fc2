"""What Fairlearn, scikit-learn and statsmodels say of scored.parquet, by race, sex, age and race and sex.
Usage: python fairlearn_expected.py LEARNER=scored.parquet … ; writes scored-LEARNER.csv and fairlearn.json beside itself."""
import json, pathlib, sys
import fairlearn, numpy as np, pandas as pd, pyarrow, scipy, sklearn, statsmodels
from fairlearn import metrics as fm
from sklearn import metrics as skm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

HERE = pathlib.Path(__file__).parent
RATES = {"selection_rate": fm.selection_rate, "tpr": fm.true_positive_rate, "fpr": fm.false_positive_rate, "tnr": fm.true_negative_rate,
         "fnr": fm.false_negative_rate, "ppv": skm.precision_score, "accuracy": skm.accuracy_score,
         "npv": lambda y, p: skm.precision_score(y, p, pos_label=0), "base_rate": lambda y, p: np.mean(y)}
# The rows a rate is taken over, and the rows it counts.
PARTS = {"selection_rate": lambda y, p: (p == 1, y >= 0), "tpr": lambda y, p: (p == 1, y == 1), "fnr": lambda y, p: (p == 0, y == 1),
         "fpr": lambda y, p: (p == 1, y == 0), "tnr": lambda y, p: (p == 0, y == 0), "ppv": lambda y, p: (y == 1, p == 1),
         "npv": lambda y, p: (y == 0, p == 0), "accuracy": lambda y, p: (y == p, y >= 0), "base_rate": lambda y, p: (y == 1, y >= 0)}
REFERENCE = {"race": "race=0", "sex": "sex=0", "age": "age=[50,60)", "race,sex": "race=0,sex=0"}
FAIRNESS = {"selection_rate": fm.demographic_parity_difference, "tpr": fm.equal_opportunity_difference}


def counted(d, metric):
    y, p = d.label.to_numpy(), d.prediction.to_numpy()
    hit, of = PARTS[metric](y, p)
    return int((hit & of).sum()), int(of.sum())


def wilson(k, n):
    return [float(x) for x in proportion_confint(k, n, 0.05, "wilson")]


def rate(value, k, n):
    """0/0 has no value: Fairlearn and scikit-learn say 0 there."""
    return {"value": None if n == 0 else float(value), "n": n, "ci": None if n == 0 else wilson(k, n)}


def audit(d):
    out = {"overall": {m: rate(f(d.label, d.prediction), *counted(d, m)) for m, f in RATES.items()}, "groups": {}, "differences": {}, "max_min": {}}
    for attribute, reference in REFERENCE.items():
        by = d["group:" + attribute]
        frame = fm.MetricFrame(metrics=RATES, y_true=d.label, y_pred=d.prediction, sensitive_features=by)
        parts = {g: d[by == g] for g in frame.by_group.index}
        for group, row in frame.by_group.iterrows():
            out["groups"][group] = {m: rate(row[m], *counted(parts[group], m)) for m in RATES}
            if group == reference:
                continue
            out["differences"][group] = {}
            for m in RATES:
                (k1, n1), (k2, n2) = counted(parts[group], m), counted(parts[reference], m)
                out["differences"][group][m] = None if 0 in (n1, n2) else {
                    "value": float(row[m] - frame.by_group.loc[reference, m]),
                    "ci": [float(x) for x in confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")]}
        if "," not in attribute:
            spread = frame.difference(method="between_groups")
            out["max_min"][attribute] = {m: float(spread[m]) for m in ("selection_rate", "tpr", "fpr")}
            for m, function in FAIRNESS.items():
                assert function(d.label, d.prediction, sensitive_features=by) == spread[m]
            assert fm.equalized_odds_difference(d.label, d.prediction, sensitive_features=by) == max(spread["tpr"], spread["fpr"])
    return out


def main():
    out = {"tool": {"fairlearn": fairlearn.__version__, "sklearn": sklearn.__version__, "statsmodels": statsmodels.__version__, "scipy": scipy.__version__,
                    "pandas": pd.__version__, "pyarrow": pyarrow.__version__, "numpy": np.__version__, "python": sys.version.split()[0]}}
    for argument in sys.argv[1:]:
        learner, path = argument.split("=", 1)
        d = pd.read_parquet(path)
        d.to_csv(HERE / f"scored-{learner}.csv", index=False)
        for c in ("label", "prediction", "race", "sex", "age"):
            d[c] = d[c].astype(int)
        d["group:race"], d["group:sex"] = "race=" + d.race.astype(str), "sex=" + d.sex.astype(str)
        d["group:age"] = "age=" + pd.cut(d.age, [0, 40, 50, 60, 200], right=False, labels=["<40", "[40,50)", "[50,60)", ">=60"]).astype(str)
        d["group:race,sex"] = d["group:race"] + "," + d["group:sex"]
        out[learner] = {"auroc": float(skm.roc_auc_score(d.label, d.score)), "brier": float(skm.brier_score_loss(d.label, d.score))} | audit(d)
    (HERE / "fairlearn.json").write_text(json.dumps(out, indent=1) + "\n")


main()
