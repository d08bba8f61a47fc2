"""What the peers say of numbers made of several rates, of two groups, or of all groups of a table at once."""
import warnings

import numpy as np
import pandas as pd
from aif360.datasets import BinaryLabelDataset
from aif360.metrics import ClassificationMetric
from fairlearn import metrics as fm
from scipy import stats
from sklearn.metrics import confusion_matrix

import peers

warnings.filterwarnings("ignore")

HALVES = {"average_odds": ("tpr", "fpr"), "average_predictive_value": ("ppv", "for")}
ODDS = {"equalized_odds": "worst_case", "equalized_odds_mean": "mean", "average_abs_odds": "mean"}
INEQUALITY = {"gei", "theil", "coefficient_of_variation"}
BETWEEN = {"between_group_gei", "between_group_theil"}
FAIRNESS = {"edf", "edf_amplification"}
DISTANCES = {"ks_score", "w1_score"}
NAMES = {*HALVES, *ODDS, *INEQUALITY, *BETWEEN, *FAIRNESS, *DISTANCES, "treatment_equality", "homogeneity"}


def has(rows, metric):
    return peers.counted(rows, metric)[1] > 0


def aif360(frame, column, privileged=None):
    """AIF360's metrics of a column of groups, which it wants as numbers."""
    codes = {name: float(i) for i, name in enumerate(sorted(frame[column].unique()))}
    table = pd.DataFrame({"label": frame.label.astype(int), "g": frame[column].map(codes), "w": frame.weight})
    true = BinaryLabelDataset(df=table, label_names=["label"], protected_attribute_names=["g"], instance_weights_name="w")
    said = true.copy()
    said.labels = frame.prediction.to_numpy().astype(float).reshape(-1, 1)
    pick = codes[privileged] if privileged else 0.0
    others = [{"g": code} for code in codes.values() if code != pick]
    return ClassificationMetric(true, said, unprivileged_groups=others, privileged_groups=[{"g": pick}])


def two(group, reference):
    """Fairlearn's arguments for the rows of two groups."""
    both = pd.concat([group.frame, reference.frame])
    side = np.repeat(["group", "reference"], [len(group), len(reference)])
    return dict(y_true=both.label.astype(int), y_pred=both.prediction.astype(int), sensitive_features=side,
                sample_weight=both.weight)


def half(rows, metric):
    """A mean of two rates of one group."""
    parts = HALVES[metric]
    return None if not all(has(rows, part) for part in parts) else np.mean([peers.rate(rows, part)[1] for part in parts])


def halves(group, reference, metric):
    """AIF360's difference of two groups."""
    both = pd.concat([group.frame.assign(side="group"), reference.frame.assign(side="reference")])
    return float(getattr(aif360(both, "side", "reference"), metric + "_difference")())


def treatment(rows):
    tn, fp, fn, tp = confusion_matrix(rows.y, rows.p, labels=[0, 1], sample_weight=rows.w).ravel()
    return None if fp == 0 else fn / fp


def apart(group, reference, metric):
    """Of two groups, by Fairlearn; AIF360 says the same of the mean."""
    if not all(has(rows, rate) for rows in (group, reference) for rate in ("tpr", "fpr")):
        return None
    if metric == "average_abs_odds":
        return halves(group, reference, metric)
    return fm.equalized_odds_difference(**two(group, reference), agg=ODDS[metric])


def judged(groups, *rates):
    return [rows for rows in groups if all(has(rows, rate) for rate in rates)]


def span(groups, metric):
    """Over all groups of a table that have both rates, by Fairlearn."""
    sides = [rows for rows in groups if len(rows)]
    spans = []
    for rate in ("tpr", "fpr"):
        inside = judged(sides, rate)
        values = [peers.rate(rows, rate)[1] for rows in inside]
        spans.append(max(values) - min(values))
    if all(has(rows, rate) for rows in sides for rate in ("tpr", "fpr")):
        frame = pd.concat([rows.frame.assign(side=i) for i, rows in enumerate(sides)])
        said = fm.equalized_odds_difference(frame.label.astype(int), frame.prediction.astype(int), sensitive_features=frame.side,
                                            sample_weight=frame.weight, agg=ODDS[metric])
        return "Fairlearn", said
    return "NumPy", max(spans) if ODDS[metric] == "worst_case" else float(np.mean(spans))


def worst(groups, reference, metric):
    return max(value for value in (apart(rows, reference, metric) for rows in groups if rows is not reference) if value is not None)


def entropy(benefit, weights, alpha):
    """Speicher et al. 2018, with weights, which AIF360 leaves out."""
    mean = np.average(benefit, weights=weights)
    if alpha == 1:
        ratio = benefit / mean
        return np.average(np.where(ratio > 0, ratio * np.log(np.where(ratio > 0, ratio, 1)), 0), weights=weights)
    return np.average((benefit / mean) ** alpha - 1, weights=weights) / (alpha * (alpha - 1))


def inequality(rows, metric, weighted):
    if weighted:
        benefit = 1.0 + rows.p - rows.y
        value = entropy(benefit, rows.w, 1 if metric == "theil" else 2)
        return "NumPy", np.sqrt(2 * value) if metric == "coefficient_of_variation" else value
    said = aif360(rows.frame.assign(side=np.arange(len(rows)) % 2), "side")
    name = {"gei": "generalized_entropy_index", "theil": "theil_index"}.get(metric, metric)
    return "AIF360", float(getattr(said, name)())


def between(groups, metric, weighted, frame, column):
    if weighted:
        means = np.array([np.average(1.0 + rows.p - rows.y, weights=rows.w) for rows in groups])
        return "NumPy", entropy(means, np.array([rows.w.sum() for rows in groups]), 1 if metric.endswith("theil") else 2)
    said = aif360(frame, column)
    return "AIF360", float(getattr(said, "between_all_groups_" + {"between_group_gei": "generalized_entropy_index",
                                                                  "between_group_theil": "theil_index"}[metric])())


def differential(frame, column, metric):
    """Smoothed with a Dirichlet prior of 1 in all, as ours is."""
    said = aif360(frame, column)
    if metric == "edf_amplification":
        return "AIF360", float(said.differential_fairness_bias_amplification(concentration=1.0))
    return "AIF360", float(aif360(frame.assign(label=frame.prediction), column).smoothed_empirical_differential_fairness(concentration=1.0))


def homogeneity(groups, rate):
    """SciPy's chi-square of effective rows; of counts with an expected one below 5 Fisher's test of two groups, and None of more,
    where ours is a permutation test."""
    table = []
    for rows in judged(groups, rate):
        events, total, known = peers.counted(rows, rate)
        table.append([events / total * known, known - events / total * known])
    table = np.array(table)
    if len(table) < 2 or (table.sum(axis=0) == 0).any():
        return None
    result = stats.chi2_contingency(table, correction=False)
    if result.expected_freq.min() >= 5:
        return float(result.pvalue)
    counted = all((rows.w == 1).all() for rows in groups)
    return float(stats.fisher_exact(table).pvalue) if counted and len(table) == 2 else None if counted else float(result.pvalue)


def distance(group, reference, metric, weighted):
    """SciPy's, which has no weights in the first."""
    if metric == "w1_score":
        return "SciPy", stats.wasserstein_distance(group.s, reference.s, group.w, reference.w)
    if not weighted:
        return "SciPy", float(stats.ks_2samp(group.s, reference.s, method="asymp").statistic)
    at = np.unique(np.concatenate([group.s, reference.s]))
    shares = [np.array([rows.w[rows.s <= x].sum() for x in at]) / rows.w.sum() for rows in (group, reference)]
    return "NumPy", np.abs(shares[0] - shares[1]).max()


def band(group, reference, value):
    """SciPy's limit of Kolmogorov's distribution on Kish's rows, around the distance."""
    known = [rows.w.sum() ** 2 / (rows.w**2).sum() for rows in (group, reference)]
    reach = stats.kstwobign.isf(0.05) * np.sqrt(sum(1 / n for n in known))
    return max(0.0, value - reach), min(1.0, value + reach)
