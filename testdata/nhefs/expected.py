"""What scikit-learn and DeLong by midranks say of scored.parquet. Usage: python expected.py LEARNER=scored.parquet … > expected.json"""
import json, sys
import numpy as np, pandas as pd, sklearn, scipy, statsmodels, statsmodels.api as sm
from scipy import stats
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score


def delong(y, s):
    p, q = s[y == 1], s[y == 0]
    m, n = len(p), len(q)
    tx, ty, tz = stats.rankdata(p), stats.rankdata(q), stats.rankdata(np.r_[p, q])
    v10, v01 = (tz[:m] - tx) / n, 1 - (tz[m:] - ty) / m
    half = stats.norm.ppf(0.975) * np.sqrt(v10.var(ddof=1) / m + v01.var(ddof=1) / n)
    return [v10.mean() - half, v10.mean() + half]


out = {"tool": {"sklearn": sklearn.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "numpy": np.__version__, "python": sys.version.split()[0]}}
for argument in sys.argv[1:]:
    learner, path = argument.split("=", 1)
    d = pd.read_parquet(path)
    y, s = d.label.to_numpy(), d.score.to_numpy()
    fit = sm.GLM(y, sm.add_constant(np.log(s / (1 - s))), family=sm.families.Binomial()).fit(tol=1e-12, maxiter=200)
    out[learner] = {"n": len(d), "positives": int(y.sum()), "auroc": roc_auc_score(y, s), "auroc_ci": delong(y, s), "brier": brier_score_loss(y, s),
                    "log_loss": log_loss(y, s), "o_e": y.sum() / s.sum(), "calibration_intercept": fit.params[0], "calibration_slope": fit.params[1]}
json.dump(out, sys.stdout, indent=1)
print()
