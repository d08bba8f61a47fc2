"""What the peers say of the score of one group of rows, and of numbers made of several rates. None where there is no number."""
import numpy as np
import statsmodels.api as sm
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn import metrics as skm
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

import peers

Z = stats.norm.ppf(0.975)
FIT = dict(tol=1e-13, tol_criterion="params", maxiter=200)


def both(rows):
    return rows.w[rows.y == 1].sum() > 0 and rows.w[rows.y == 0].sum() > 0


def effective(w):
    return w.sum() ** 2 / (w ** 2).sum()


def kish(rows):
    """Weights that add up to the number of rows that count for as much."""
    return rows.w * (effective(rows.w) / rows.w.sum())


def logit(s):
    return np.log(s) - np.log1p(-s)


def line(rows, slope):
    """Cox's calibration line; without a slope, the intercept alone with the scores as they are."""
    x = logit(np.clip(rows.s, np.spacing(1.0), 1 - np.spacing(1.0)))
    design, offset = (np.column_stack([np.ones_like(x), x]), None) if slope else (np.ones_like(x), x)
    return sm.GLM(rows.y, design, family=sm.families.Binomial(), offset=offset, freq_weights=kish(rows)).fit(**FIT)


def bins(rows):
    """Gap and weight of ten bins of equal width, closed on the left."""
    place = np.minimum((np.digitize(rows.s, np.arange(11) / 10) - 1), 9)
    for b in np.unique(place):
        inside = place == b
        w = rows.w[inside]
        yield abs(np.average(rows.y[inside], weights=w) - np.average(rows.s[inside], weights=w)), w.sum()


def net_benefit(rows, t):
    flagged = rows.s >= t
    tp, fp = rows.w[flagged & (rows.y == 1)].sum(), rows.w[flagged & (rows.y == 0)].sum()
    return (tp - fp * t / (1 - t)) / rows.w.sum()


def shares(rows):
    everyone = rows.everyone
    p = np.average(rows.y, weights=rows.w)
    q = np.average(everyone.label, weights=everyone.weight)
    return [p, 1 - p], [q, 1 - q]


# Name: the tool, what it says, and whether it needs positives and negatives.
VALUES = {
    "auroc": ("scikit-learn", lambda r: skm.roc_auc_score(r.y, r.s, sample_weight=r.w), True),
    "gini": ("scikit-learn", lambda r: 2 * skm.roc_auc_score(r.y, r.s, sample_weight=r.w) - 1, True),
    "auprc": ("scikit-learn", lambda r: skm.average_precision_score(r.y, r.s, sample_weight=r.w) if r.y.any() else None, False),
    "brier": ("scikit-learn", lambda r: skm.brier_score_loss(r.y, r.s, sample_weight=r.w), False),
    "log_loss": ("scikit-learn", lambda r: skm.log_loss(r.y, r.s, sample_weight=r.w, labels=[0, 1]), False),
    "mean_score": ("NumPy", lambda r: np.average(r.s, weights=r.w), False),
    "o_e": ("NumPy", lambda r: (r.w * r.y).sum() / (r.w * r.s).sum(), False),
    "calibration_gap": ("NumPy", lambda r: np.average(r.y - r.s, weights=r.w), False),
    "calibration_intercept": ("statsmodels", lambda r: line(r, False).params[0], True),
    "calibration_slope": ("statsmodels", lambda r: line(r, True).params[1], True),
    "ece": ("NumPy", lambda r: sum(gap * w for gap, w in bins(r)) / r.w.sum(), False),
    "mce": ("NumPy", lambda r: max(gap for gap, _ in bins(r)), False),
    "balanced_accuracy": ("scikit-learn", lambda r: skm.balanced_accuracy_score(r.y, r.p, sample_weight=r.w), True),
    "f1": ("scikit-learn", lambda r: skm.f1_score(r.y, r.p, sample_weight=r.w) if (r.y | r.p).any() else None, False),
    "mcc": ("scikit-learn", lambda r: skm.matthews_corrcoef(r.y, r.p, sample_weight=r.w) if len(set(r.p)) > 1 else None, True),
    "cohen_kappa": ("scikit-learn", lambda r: skm.cohen_kappa_score(r.y, r.p, sample_weight=r.w) if len(set(r.p) | set(r.y)) > 1 else None, False),
    "nnt_alert": ("scikit-learn", lambda r: 1 / skm.precision_score(r.y, r.p, sample_weight=r.w) if (r.y & r.p).any() else None, False),
    "predicted_positive_share": ("NumPy", lambda r: r.w[r.p == 1].sum() / r.everyone.weight[r.everyone.prediction == 1].sum(), False),
    "representation": ("NumPy", lambda r: r.w.sum() / r.everyone.weight.sum(), False),
    "class_imbalance": ("NumPy", lambda r: 1 - 2 * r.w.sum() / r.everyone.weight.sum(), False),
    "kl": ("SciPy", lambda r: stats.entropy(*shares(r)), False),
    "js": ("SciPy", lambda r: jensenshannon(*shares(r)) ** 2, False),
}
ITERATED = {"calibration_intercept", "calibration_slope"}
# Proportions: their ratio has the interval of rates.
SHARES = {"representation", "predicted_positive_share"}


def value(rows, metric):
    """(tool, number or None)."""
    if metric.startswith("net_benefit@"):
        return "NumPy", net_benefit(rows, float(metric.split("@")[1]))
    tool, function, needs_both = VALUES[metric]
    if needs_both and not both(rows):
        return tool, None
    said = function(rows)
    return tool, None if said is None else float(said)


def student(values, rows, low, high):
    """statsmodels' t interval of a mean, weights as rows that count for as much, within what the number can be."""
    mean = DescrStatsW(values, weights=kish(rows))
    ends = mean.tconfint_mean(0.05)
    return max(low, ends[0]), min(high, ends[1])


def wilson(rows, hit, of, known=None):
    """On how many equal rows know a rate as well, or on another number of them."""
    total = rows.w[of].sum()
    n = peers.effective(np.asarray(rows.w[of]), np.asarray(hit[of])) if known is None else known
    return proportion_confint(rows.w[of & hit].sum() / total * n, n, 0.05, "wilson")


def delong(rows):
    """Sun and Xu's midranks; on the logit scale, where both classes have a hundred rows. Else there is no such interval."""
    if (rows.w != 1).any() or min((rows.y == 1).sum(), (rows.y == 0).sum()) < 100:
        return None
    p, q = rows.s[rows.y == 1], rows.s[rows.y == 0]
    m, n = len(p), len(q)
    ranks = stats.rankdata(np.r_[p, q])
    v10 = (ranks[:m] - stats.rankdata(p)) / n
    v01 = 1 - (ranks[m:] - stats.rankdata(q)) / m
    area, variance = v10.mean(), v10.var(ddof=1) / m + v01.var(ddof=1) / n
    half = Z * np.sqrt(variance) / (area * (1 - area))
    ends = logit(area) - half, logit(area) + half
    return tuple(1 / (1 + np.exp(-end)) for end in ends)


def mover_sum(first, second, a, b):
    """Zou and Donner's interval of a sum of two numbers with intervals a and b."""
    total = first + second
    return (total - np.hypot(first - a[0], second - b[0]), total + np.hypot(a[1] - first, b[1] - second))


def interval(rows, metric):
    """(tool, ends or None) of an interval that a tool, or a closed form on a tool's ends, gives."""
    everything = np.full(len(rows), True)
    loss = -np.where(rows.y == 1, np.log(rows.s), np.log1p(-rows.s)) if metric == "log_loss" else None
    if len(rows) > 1 and metric in ("brier", "log_loss", "mean_score", "calibration_gap"):
        values, low, high = {
            "brier": ((rows.y - rows.s) ** 2, 0, 1), "log_loss": (loss, 0, np.inf),
            "mean_score": (rows.s, 0, 1), "calibration_gap": (rows.y - rows.s, -1, 1)}[metric]
        return "statsmodels", student(values, rows, low, high)
    if metric in ("calibration_intercept", "calibration_slope") and both(rows):
        fit = line(rows, metric == "calibration_slope")
        return "statsmodels", tuple(fit.conf_int(0.05)[-1])
    if metric == "o_e":
        ends = wilson(rows, rows.y == 1, everything, effective(rows.w))
        return "statsmodels", tuple(end * rows.w.sum() / (rows.w * rows.s).sum() for end in ends)
    if metric in ("auroc", "gini") and both(rows) and delong(rows):
        ends = delong(rows)
        return "SciPy", ends if metric == "auroc" else tuple(2 * end - 1 for end in ends)
    if metric == "f1" and (rows.y | rows.p).any():
        ends = wilson(rows, (rows.y & rows.p) == 1, (rows.y | rows.p) == 1)
        return "statsmodels", tuple(2 * end / (1 + end) for end in ends)
    if metric == "nnt_alert" and (rows.y & rows.p).any():
        low, high = wilson(rows, rows.y == 1, rows.p == 1)
        return "statsmodels", (1 / high, 1 / low)
    if metric == "balanced_accuracy" and both(rows):
        tpr, tnr = wilson(rows, rows.p == 1, rows.y == 1), wilson(rows, rows.p == 0, rows.y == 0)
        first, second = np.average(rows.p[rows.y == 1], weights=rows.w[rows.y == 1]), np.average(1 - rows.p[rows.y == 0], weights=rows.w[rows.y == 0])
        ends = mover_sum(first / 2, second / 2, [e / 2 for e in tpr], [e / 2 for e in tnr])
        return "statsmodels", (max(0, ends[0]), min(1, ends[1]))
    return None, None
