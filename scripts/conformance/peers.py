"""What the peers say of one group of rows: each function asks a tool, or returns None where the tool has no such number."""
import logging
import warnings

import numpy as np
import pandas as pd
from fairlearn import metrics as fm
from scipy import stats
from scipy.optimize import brentq
from sklearn import metrics as skm
from statsmodels.stats.proportion import proportion_confint

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)  # AIF360 tells what else could be installed
from aif360.datasets import BinaryLabelDataset  # noqa: E402 (it warns when it is imported)
from aif360.metrics import ClassificationMetric  # noqa: E402

# A rate: the rows it counts among the rows it is taken over, and the tool that has a function for it.
RATES = {
    "selection_rate": (lambda y, p: p == 1, lambda y, p: y >= 0, "Fairlearn", fm.selection_rate),
    "tpr": (lambda y, p: p == 1, lambda y, p: y == 1, "Fairlearn", fm.true_positive_rate),
    "fpr": (lambda y, p: p == 1, lambda y, p: y == 0, "Fairlearn", fm.false_positive_rate),
    "tnr": (lambda y, p: p == 0, lambda y, p: y == 0, "Fairlearn", fm.true_negative_rate),
    "fnr": (lambda y, p: p == 0, lambda y, p: y == 1, "Fairlearn", fm.false_negative_rate),
    "ppv": (lambda y, p: y == 1, lambda y, p: p == 1, "scikit-learn", skm.precision_score),
    "npv": (lambda y, p: y == 0, lambda y, p: p == 0, "scikit-learn",
            lambda y, p, sample_weight: skm.precision_score(y, p, pos_label=0, sample_weight=sample_weight)),
    "fdr": (lambda y, p: y == 0, lambda y, p: p == 1, "AIF360", "false_discovery_rate"),
    "for": (lambda y, p: y == 1, lambda y, p: p == 0, "AIF360", "false_omission_rate"),
    "accuracy": (lambda y, p: y == p, lambda y, p: y >= 0, "scikit-learn", skm.accuracy_score),
    "error_rate": (lambda y, p: y != p, lambda y, p: y >= 0, "scikit-learn", skm.zero_one_loss),
    "base_rate": (lambda y, p: y == 1, lambda y, p: y >= 0, "AIF360", "base_rate"),
}


class Rows:
    """The rows of a group."""

    def __init__(self, frame, everyone):
        self.frame, self.everyone = frame, everyone
        self.y, self.p = frame.label.to_numpy().astype(int), frame.prediction.to_numpy().astype(int)
        self.s, self.w = frame.score.to_numpy(), frame.weight.to_numpy()

    def __len__(self):
        return len(self.y)


def counted(rows, metric):
    """Events and rows of a rate, weighted, and how many equal rows know it as well."""
    hit, of, _, _ = RATES[metric]
    inside = of(rows.y, rows.p)
    happened = hit(rows.y, rows.p)[inside]
    weights = rows.w[inside]
    return weights[happened].sum(), weights.sum(), effective(np.asarray(weights), np.asarray(happened))


def effective(weights, happened):
    """Cochran 1977, section 6.3, as docs/fairness-audit.md says: p (1 - p) over the linearized variance of the weighted rate,
    with four rows of mean weight on each side, taken off again; Kish's number where nothing or everything happened."""
    n, total, squares = len(weights), weights.sum(), (weights**2).sum()
    if total == 0:
        return 0.0
    kish = total * total / squares
    if weights[happened].sum() in (0, total) or kish >= n * (1 - 1e-12):
        return min(kish, n)
    mean, mean_square = total / n, squares / n
    w = np.concatenate([weights, np.full(8, mean)])
    w2 = np.concatenate([weights**2, np.full(8, mean_square)])
    y = np.concatenate([happened, np.repeat([True, False], 4)])
    p = w[y].sum() / w.sum()
    variance = (w2 * (y - p) ** 2).sum() / w.sum() ** 2
    return min(p * (1 - p) / variance * n / (n + 8), n)


def aif360(rows, function):
    """AIF360 knows groups of a data set only: here all rows are of the one that is asked."""
    table = pd.DataFrame({"label": rows.y, "g": 1.0, "w": rows.w})
    true = BinaryLabelDataset(df=table, label_names=["label"], protected_attribute_names=["g"], instance_weights_name="w")
    said = true.copy()
    said.labels = rows.p.reshape(-1, 1).astype(float)
    metric = ClassificationMetric(true, said, unprivileged_groups=[{"g": 0}], privileged_groups=[{"g": 1}])
    return float(getattr(metric, function)(privileged=True))


def rate(rows, metric):
    """(tool, its number) of a rate."""
    _, _, tool, function = RATES[metric]
    if isinstance(function, str):
        return tool, aif360(rows, function)
    return tool, float(function(rows.y, rows.p, sample_weight=rows.w))


def wilson(rows, metric):
    events, total, effective = counted(rows, metric)
    return proportion_confint(events / total * effective, effective, 0.05, "wilson")


def ends(p, n):
    """Where Gart and Nam's corrected score of one rate is plus and minus z (Laud 2017), each root found by itself; 0 or 1 where the
    correction takes more than what was seen."""
    z = stats.norm.isf(0.025)
    skew = (z * z - 1) / (6 * n)

    def score(rate, sign):
        return p - rate - sign * z * np.sqrt(rate * (1 - rate) / n) - (1 - 2 * rate) * skew

    near = np.logspace(-15, -3, 600)
    grid = np.concatenate([near, np.linspace(0.001, 0.999, 4000)[1:-1], 1 - near[::-1]])
    low, high = 0.0, 1.0
    if p > skew and n * p > 0:
        first = np.argmax(score(grid, 1) <= 0)
        low = brentq(score, grid[first - 1], grid[first], args=(1,), xtol=1e-17, rtol=1e-15)
    if 1 - p > skew and p < 1:
        last = len(grid) - 1 - np.argmax((score(grid, -1) >= 0)[::-1])
        high = brentq(score, grid[last], grid[last + 1], args=(-1,), xtol=1e-17, rtol=1e-15)
    return low, high


def difference(group, reference, metric):
    """Zou and Donner 2008: each end as far as those of the two rates together."""
    (k1, t1, n1), (k2, t2, n2) = counted(group, metric), counted(reference, metric)
    p, q = k1 / t1, k2 / t2
    one, other = ends(p, n1), ends(q, n2)
    return p - q - np.hypot(p - one[0], other[1] - q), p - q + np.hypot(one[1] - p, q - other[0])


def donner_zou(group, reference, metric):
    """The ratio whose difference, by the ends of the two, is 0: Donner and Zou 2012, equation 9."""
    (k1, t1, n1), (k2, t2, n2) = counted(group, metric), counted(reference, metric)
    p, q = k1 / t1, k2 / t2
    low, high = ends(p, n1), ends(q, n2)
    below = (p * q - np.sqrt((p * q) ** 2 - low[0] * high[1] * (2 * p - low[0]) * (2 * q - high[1]))) / (high[1] * (2 * q - high[1]))
    if k2 == 0 or high[0] == 0:
        return below, np.inf
    above = (p * q + np.sqrt((p * q) ** 2 - low[1] * high[0] * (2 * p - low[1]) * (2 * q - high[0]))) / (high[0] * (2 * q - high[0]))
    return below, above
