"""Writes patients.csv and sklearn.json: what scikit-learn says of how well inputs tell a group. Run with scripts/conformance/requirements.txt installed."""
import json
import pathlib

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.stats import ks_2samp, kstwobign
from sklearn.feature_selection import mutual_info_classif
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold
from sklearn.preprocessing import OneHotEncoder
from scipy.stats.contingency import association

HERE = pathlib.Path(__file__).parent
REPEATS = 40


def patients(seed, n):
    """Insurance and district lean on race; language does in one district only; day is chance."""
    rng = np.random.default_rng(seed)
    race = rng.choice(["White", "Black", "Asian"], n, p=[0.6, 0.3, 0.1])
    lean = {"White": 0.2, "Black": 0.5, "Asian": 0.35}
    insurance = np.where(rng.random(n) < np.vectorize(lean.get)(race), "public", "private")
    district = (np.vectorize({"White": 0, "Black": 4, "Asian": 8}.get)(race) + rng.integers(0, 12, n)) % 15
    language = np.where((race == "Asian") & (rng.random(n) < 0.4), "other", np.where(rng.random(n) < 0.05, "other", "english"))
    day = rng.choice(["mon", "tue", "wed", "thu", "fri"], n)
    label = (rng.random(n) < 0.3).astype(int)
    score = np.round(np.clip(0.3 * label + 0.4 * rng.random(n) + 0.12 * (race == "Black"), 0, 1), 3)
    return pd.DataFrame(dict(race=race, insurance=insurance, district=[f"d{d:02d}" for d in district], language=language, day=day, label=label, score=score))


INPUTS = ["insurance", "district", "language", "day"]


def model():
    return LogisticRegression(C=1, tol=1e-12, max_iter=10_000, solver="newton-cholesky")


def held_out(x, y, seed):
    """The share of pairs of the same fold that are in order, as pair counts weigh the folds."""
    concordant = pairs = 0.0
    for train, test in KFold(5, shuffle=True, random_state=seed).split(x):
        odds = model().fit(x[train], y[train]).decision_function(x[test])
        weight = float(y[test].sum()) * float((1 - y[test]).sum())
        concordant += weight * roc_auc_score(y[test], odds)
        pairs += weight
    return concordant / pairs


def main():
    frame = patients(7, 1500)
    frame.to_csv(HERE / "patients.csv", index=False, lineterminator="\n")
    x = OneHotEncoder(sparse_output=False).fit_transform(frame[INPUTS])
    groups = {}
    for group in sorted(frame.race.unique()):
        y = (frame.race == group).to_numpy().astype(int)
        areas = [held_out(x, y, seed) for seed in range(REPEATS)]
        odds = model().fit(x, y).decision_function(x)
        groups[group] = dict(
            mean=np.mean(areas), sd=np.std(areas, ddof=1), odds=odds[:50].tolist(), folded=folded(x, y), residual_p=residual_p(frame, y))
    columns = {c: dict(cramers_v=association(pd.crosstab(frame[c], frame.race), method="cramer"),
                       mutual_information=mutual_info_classif(frame[[c]].apply(lambda s: s.astype("category").cat.codes), frame.race, discrete_features=True)[0])
               for c in INPUTS}
    out = dict(versions=dict(sklearn=sklearn.__version__, scipy=scipy.__version__), repeats=REPEATS, groups=groups, columns=columns)
    (HERE / "sklearn.json").write_text(json.dumps(out, indent=1) + "\n")


def folded(x, y):
    """The area where row i is in fold i mod 5."""
    concordant = pairs = 0.0
    fold = np.arange(len(y)) % 5
    for k in range(5):
        odds = model().fit(x[fold != k], y[fold != k]).decision_function(x[fold == k])
        weight = float(y[fold == k].sum()) * float((1 - y[fold == k]).sum())
        concordant += weight * roc_auc_score(y[fold == k], np.round(odds, 6))
        pairs += weight
    return concordant / pairs


def residual_p(frame, y):
    smallest = 1.0
    for label in (1, 0):
        mine = frame.score[(frame.label == label) & (y == 1)]
        rest = frame.score[(frame.label == label) & (y == 0)]
        size = len(mine) * len(rest) / (len(mine) + len(rest))
        smallest = min(smallest, kstwobign.sf(np.sqrt(size) * ks_2samp(mine, rest).statistic))
    return min(1.0, 2 * smallest)


main()
