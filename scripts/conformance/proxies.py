"""What tells a group, by scikit-learn and SciPy: each number of metrics.json of the family of proxies."""
import numpy as np
import pandas as pd
from scipy.stats import ks_2samp, kstwobign
from scipy.stats.contingency import association
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import mutual_info_score, roc_auc_score
from sklearn.model_selection import KFold
from sklearn.preprocessing import OneHotEncoder

DATA, POLICY = "testdata/proxies/patients.csv", "proxies.yaml"
INPUTS = ["insurance", "district", "language", "day"]
REPEATS = 20  # ways of dealing the rows to five folds; ours is one more of them
SPREADS = 4  # so many standard deviations away, with probability 0.0004 for six numbers
CLOSED = 1e-12


def held_out(columns, member, seed):
    """Pairs of the same fold that are in order, each row scored by the model of the other four."""
    x = OneHotEncoder(sparse_output=False).fit_transform(columns)
    concordant = pairs = 0.0
    for train, test in KFold(5, shuffle=True, random_state=seed).split(x):
        model = LogisticRegression(C=1, solver="newton-cholesky").fit(x[train], member[train])
        weight = float(member[test].sum()) * float((1 - member[test]).sum())
        concordant += weight * roc_auc_score(member[test], model.decision_function(x[test]))
        pairs += weight
    return concordant / pairs


def best_of(column, member):
    """The area where each value scores its own share of the group."""
    return roc_auc_score(member, pd.Series(member).groupby(column.to_numpy()).transform("mean"))


def within_labels(frame, member, number):
    return [number(frame.score[(frame.label == y) & (member == 1)], frame.score[(frame.label == y) & (member == 0)]) for y in (1, 0)]


def distance(mine, rest):
    both = np.r_[np.ones(len(mine)), np.zeros(len(rest))]
    return abs(roc_auc_score(both, np.r_[mine, rest]) - 0.5)


def smirnov(mine, rest):
    size = len(mine) * len(rest) / (len(mine) + len(rest))
    return kstwobign.sf(np.sqrt(size) * ks_2samp(mine, rest).statistic)


def value(frame, metric, group):
    """The tool and its number; None where ours is one of many ways of dealing folds, or another number has it."""
    name, column = metric.rstrip("]").split("[") if "[" in metric else (metric, None)
    if name == "cramers_v":
        return "SciPy", association(pd.crosstab(frame[column], frame.race), method="cramer")
    if name == "mutual_information":
        return "scikit-learn", mutual_info_score(frame[column], frame.race)
    member = (frame.race == group.removeprefix("race=")).to_numpy().astype(int)
    numbers = {
        "auc_sensitive_from_feature": lambda: ("scikit-learn", best_of(frame[column], member)),
        "auc_sensitive_from_score": lambda: ("scikit-learn", roc_auc_score(member, frame.score)),
        "score_residual_dependence": lambda: ("scikit-learn", max(within_labels(frame, member, distance))),
        "score_residual_p": lambda: ("SciPy", min(1.0, 2 * min(within_labels(frame, member, smirnov)))),
    }
    return numbers[name]()


def compare(measurements, ledger):
    frame = pd.read_csv(DATA)
    scored = frame.assign(score=pd.qcut(frame.score, 20, labels=False))
    ours = {(m["metric"], m["group"]): m["value"] for m in measurements if "sensitive" in m["metric"] or m["metric"].startswith(("cramers", "mutual", "score_residual"))}
    if len(ours) != 4 * (2 + 3) + 3 * 3 + 2 * 4:
        ledger.fail("proxies", f"{len(ours)} numbers")
    for (metric, group), number in ours.items():
        if not metric.startswith("auc_sensitive_from_all"):
            tool, theirs = value(frame, metric, group)
            ledger.add(tool, metric.split("[")[0], f"proxies: {metric} {group}", number, theirs, CLOSED)
        elif "=" in group:
            member = (frame.race == group.removeprefix("race=")).to_numpy().astype(int)
            columns = scored[INPUTS + ["score"]] if metric.endswith("score") else frame[INPUTS]
            areas = [held_out(columns, member, seed) for seed in range(REPEATS)]
            ledger.add("scikit-learn", metric, f"proxies: {metric} {group}", number, np.mean(areas), SPREADS * np.std(areas, ddof=1))
        else:
            parts = [v for (m, g), v in ours.items() if m == metric and "=" in g]
            ledger.add("arithmetic", f"{metric}, mean", f"proxies: {metric} {group}", number, np.mean(parts), CLOSED)
    return len(ours)
