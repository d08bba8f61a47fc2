"""What Fairlearn, scikit-learn, statsmodels (Wilson) and roots found by SciPy (differences) say of scored.parquet, by race, sex, age and race and sex.
Usage: python fairlearn_expected.py LEARNER=scored.parquet … (or the CSV it wrote before); writes scored-LEARNER.csv and fairlearn.json beside itself."""
import json, pathlib, sys
import fairlearn, numpy as np, pandas as pd, pyarrow, scipy, sklearn, statsmodels
from fairlearn import metrics as fm
from sklearn import metrics as skm
from scipy.optimize import brentq
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

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


def ends(k, n):
    """Where Gart and Nam's corrected score of one rate is plus and minus z (Laud 2017), each root found by itself; 0 or 1 where the
    correction takes more than what was seen."""
    z, p = norm.isf(0.025), k / n
    skew = (z * z - 1) / (6 * n)

    def score(rate, sign):
        return p - rate - sign * z * np.sqrt(rate * (1 - rate) / n) - (1 - 2 * rate) * skew

    near = np.logspace(-15, -3, 600)
    grid = np.concatenate([near, np.linspace(0.001, 0.999, 4000)[1:-1], 1 - near[::-1]])
    low, high = 0.0, 1.0
    if p > skew and k > 0:
        first = np.argmax(score(grid, 1) <= 0)
        low = brentq(score, grid[first - 1], grid[first], args=(1,), xtol=1e-17, rtol=1e-15)
    if 1 - p > skew and k < n:
        last = len(grid) - 1 - np.argmax((score(grid, -1) >= 0)[::-1])
        high = brentq(score, grid[last], grid[last + 1], args=(-1,), xtol=1e-17, rtol=1e-15)
    return low, high


def apart(k1, n1, k2, n2):
    """Zou and Donner 2008: each end as far as those of the two rates together."""
    p, q, one, other = k1 / n1, k2 / n2, ends(k1, n1), ends(k2, n2)
    return [float(p - q - np.hypot(p - one[0], other[1] - q)), float(p - q + np.hypot(one[1] - p, q - other[0]))]


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
                    "ci": apart(k1, n1, k2, n2)}
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
        if path.endswith(".csv"):
            d = pd.read_csv(path)
        else:
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
