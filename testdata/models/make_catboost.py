"""Makes the CatBoost models of this folder and what CatBoost says of their rows; adds that to expected.json.

Usage, in this folder: python make_catboost.py, with catboost 1.2.10, scikit-learn 1.9.1 and numpy 2.5.5, after make.py (for its rows).
"""
import csv
import itertools
import json
import math
import pathlib

import catboost as cb
import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine

HERE = pathlib.Path(__file__).resolve().parent


def table(load, holes=False):
    x, y = load(return_X_y=True)
    x = np.round(x[:, :8].astype(np.float32), 3)
    if holes:
        x[np.random.default_rng(7).random(x.shape) < 0.08] = np.nan
    return x, y


def rows(name):
    lines = list(csv.reader((HERE / f"{name}.csv").open()))[1:]
    return np.array([[float(cell) if cell else np.nan for cell in line] for line in lines], dtype=np.float32)


def main():
    expected = json.loads((HERE / "expected.json").read_text())
    holes, y = table(load_breast_cancer, True)
    wine, wine_y = table(load_wine)
    sugar, sugar_y = table(load_diabetes)
    base = dict(iterations=6, depth=4, random_seed=1, thread_count=1, verbose=False, allow_writing_files=False)
    cases = {
        "catboost-binary.json": (cb.CatBoostClassifier(**base), holes, y, "cancer-missing"),
        "catboost-nan-max.json": (cb.CatBoostClassifier(**base, nan_mode="Max"), holes, y, "cancer-missing"),
        "catboost-lossguide.json": (cb.CatBoostClassifier(**base, grow_policy="Lossguide", max_leaves=9), holes, y, "cancer-missing"),
        "catboost-wine.json": (cb.CatBoostClassifier(**base, loss_function="MultiClass"), wine, wine_y, "wine"),
        "catboost-depthwise-wine.json": (cb.CatBoostClassifier(**base, loss_function="MultiClass", grow_policy="Depthwise"), wine, wine_y, "wine"),
        "catboost-regression.json": (cb.CatBoostRegressor(**base), sugar, sugar_y, "diabetes"),
        "catboost-poisson.json": (cb.CatBoostRegressor(**base, loss_function="Poisson"), sugar, sugar_y, "diabetes"),
    }
    for file, (model, x, label, name) in cases.items():
        model.fit(cb.Pool(x, label, feature_names=[f"f{i}" for i in range(8)] if "binary" in file else None))
        model.save_model(str(HERE / file), format="json")
        small(HERE / file)
        asked = rows(name)
        answers = dict(margin=model.predict(asked, prediction_type="RawFormulaVal"),
                       contributions=model.get_feature_importance(cb.Pool(asked, np.zeros(len(asked))), type="ShapValues"))
        if "MultiClass" not in str(model.get_all_params().get("loss_function")) and hasattr(model, "predict_proba"):
            answers["probability"] = model.predict_proba(asked)[:, 1]
        if "lossguide" in file:  # CatBoost's own values of these trees start from another base value than their weights give
            answers["contributions"] = enumerated(HERE / file, asked)
        expected[file] = dict(rows=name, **{k: np.asarray(v, dtype=np.float64).tolist() for k, v in answers.items()})
    words = np.array([["a" if v > 14 else "b" if v > 12 else "c", float(w)] for v, w in zip(np.nan_to_num(holes[:, 0]), np.nan_to_num(holes[:, 1]))], dtype=object)
    model = cb.CatBoostClassifier(**base).fit(words, y, cat_features=[0])
    model.save_model(str(HERE / "refused" / "catboost-categorical.json"), format="json", pool=cb.Pool(words, y, cat_features=[0]))
    small(HERE / "refused" / "catboost-categorical.json")
    (HERE / "expected.json").write_text(json.dumps(expected, separators=(",", ":")).replace('},"', '},\n"') + "\n")


def weight(tree):
    return tree["weight"] if "value" in tree else weight(tree["left"]) + weight(tree["right"])


def follow(tree, row, known):
    """The tree's value where some features are known: elsewhere both branches count by their weights."""
    if "value" in tree:
        return tree["value"]
    left, right, split = tree["left"], tree["right"], tree["split"]
    feature = split["float_feature_index"]
    if feature in known:
        return follow(right if row[feature] > split["border"] else left, row, known)
    both = weight(left) + weight(right)
    share = weight(left) / both if both else 0.5
    return share * follow(left, row, known) + (1 - share) * follow(right, row, known)


def enumerated(file, asked):
    """Shapley values over all 2^8 subsets, the base value last, of trees that are written branch by branch."""
    trees = json.loads(file.read_text())["trees"]
    subsets = [frozenset(s) for k in range(9) for s in itertools.combinations(range(8), k)]
    answers = []
    for row in asked:
        value = {s: sum(follow(tree, row, s) for tree in trees) for s in subsets}
        phi = [sum(math.factorial(len(s)) * math.factorial(7 - len(s)) / math.factorial(8) * (value[s | {i}] - value[s])
                   for s in subsets if i not in s) for i in range(8)]
        answers.append(phi + [value[frozenset()]])
    return answers


def small(file):
    """Of the training's parameters, which are most of the file, only the loss."""
    model = json.loads(file.read_text())
    model["model_info"] = {"params": {"loss_function": model["model_info"]["params"]["loss_function"]},
                           "class_params": model["model_info"].get("class_params")}
    file.write_text(json.dumps(model, separators=(",", ":")) + "\n")


main()
