"""Makes the models of this folder, as their own libraries save them, and what the libraries and shap say of the rows.
Usage, in this folder: python make.py

Packages: scripts/conformance/explain-requirements.txt. Data: the tables that scikit-learn carries.
"""
import json
import pathlib
import sys

import numpy as np
import xgboost

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "scripts/conformance"))
import explain  # noqa: E402
import trained  # noqa: E402

ROWS, BACKGROUND = 24, 40


def pick(one):
    order = np.random.default_rng(3).permutation(len(one.rows))
    return one.rows.iloc[order[:ROWS]], one.rows.iloc[order[ROWS : ROWS + BACKGROUND]]


def write(one, file, contributions, with_shap):
    rows, background = pick(one)
    rows.to_csv(HERE / f"{file}-rows.csv", index=False)
    background.to_csv(HERE / f"{file}-background.csv", index=False)
    said = {"path-dependent": contributions(rows).tolist()}
    if with_shap:
        said["interventional"] = explain.interventional(one.model, explain.numbers(rows), explain.numbers(background)).tolist()
    (HERE / f"{file}.expected.json").write_text(json.dumps(said))


def by_xgboost(one):
    """Without the base value."""
    return lambda rows: one.model.predict(xgboost.DMatrix(rows, nthread=1), pred_contribs=True, strict_shape=True)[:, :, :-1].astype(float)


def by_lightgbm(one):
    return lambda rows: one.model.predict(rows, pred_contrib=True).reshape(len(rows), -1, rows.shape[1] + 1)[:, :, :-1]


def by_extension(one):
    return lambda rows: explain.own_extension(one.model, explain.numbers(rows))


def main():
    wine = trained.boosted(HERE, "three-classes", *trained.wine(), rounds=5, objective="multi:softprob", num_class=3, max_depth=4)
    write(wine, "three-classes", by_xgboost(wine), True)
    light = trained.light(HERE, "categorical", *trained.diabetes(), rounds=6, objective="regression", num_leaves=12, min_data_in_leaf=5,
                          min_data_per_group=5, max_cat_to_onehot=1, cat_smooth=1, cat_l2=1)
    write(light, "categorical", by_lightgbm(light), False)
    x, y = trained.digits()
    deep = trained.boosted(HERE, "depth-12", x, y.astype(float), rounds=2, objective="reg:squarederror", max_depth=12, eta=0.5)
    write(deep, "depth-12", by_extension(deep), True)


main()
