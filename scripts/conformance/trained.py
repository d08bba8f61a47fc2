"""Models trained here and now on the tables that scikit-learn carries, each saved by its own library."""
import lightgbm
import numpy as np
import pandas as pd
import xgboost
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

import exports

ROUNDS = 40


class Trained:
    """A model, the file its library saved, and rows.

    @param rows as the library takes them
    @param table the same under the names the file knows them by, as shap-batch takes them
    """

    def __init__(self, name, model, path, rows, table=None):
        self.name, self.model, self.path, self.rows = name, model, path, rows
        self.table = rows if table is None else table


def float32(x, names):
    """Rows without a value that float32 has not: a peer that compares in float32 reads what was written."""
    return pd.DataFrame(np.asarray(x, dtype=np.float32).astype(np.float64), columns=names)


def cancer(holes):
    x, y = load_breast_cancer(return_X_y=True)
    if holes:
        x = np.where(np.random.default_rng(5).random(x.shape) < 0.05, np.nan, x)
    return float32(x, [f"x{i}" for i in range(x.shape[1])]), y


def wine():
    x, y = load_wine(return_X_y=True)
    return float32(x, [f"x{i}" for i in range(x.shape[1])]), y


def digits():
    x, y = load_digits(return_X_y=True)
    return float32(x, [f"p{i}" for i in range(x.shape[1])]), y


def diabetes():
    """Scikit-learn's diabetes data with its numbers as they were measured, and three of its columns as a clinic names them."""
    data = load_diabetes(scaled=False)
    x = float32(data.data, data.feature_names)
    x["sex"] = pd.Categorical(np.where(x.sex == 1, "one", "two"))
    x["age"] = pd.cut(x.age, [0, 30, 40, 50, 60, 70, 120], labels=["below 30", "30s", "40s", "50s", "60s", "70 up"])
    x["bmi"] = pd.cut(x.bmi, [0, 18.5, 25, 30, 35, 40, 100], labels=["under", "normal", "over", "obese I", "obese II", "obese III"])
    for column in ("sex", "age", "bmi"):
        x[column] = x[column].astype(str).astype("category").cat.remove_unused_categories()
    x.loc[np.random.default_rng(9).random(len(x)) < 0.05, "bmi"] = np.nan
    return x, data.target


def codes(rows):
    """Categories as the numbers by which LightGBM's file knows them; a missing one stays missing."""
    numbers = rows.copy()
    for column in rows.select_dtypes("category"):
        numbers[column] = rows[column].cat.codes.astype(float).where(rows[column].notna(), np.nan)
    return numbers


def boosted(work, name, rows, y, rounds=ROUNDS, **settings):
    path = work / f"{name.replace(',', '').replace(' ', '-')}.json"
    model = xgboost.train({"seed": 1, "nthread": 1, "tree_method": "hist", **settings}, xgboost.DMatrix(rows, y, enable_categorical=True, nthread=1), rounds)
    model.save_model(path)
    return Trained(name, model, path, rows)


def light(work, name, rows, y, rounds=ROUNDS, **settings):
    path = work / f"{name.replace(',', '').replace(' ', '-')}.txt"
    table = codes(rows)
    categories = list(rows.select_dtypes("category").columns)
    fixed = {"seed": 1, "num_threads": 1, "verbose": -1, "deterministic": True, "force_row_wise": True}
    model = lightgbm.train({**fixed, **settings}, lightgbm.Dataset(table, y, categorical_feature=categories), rounds)
    model.save_model(path)
    return Trained(name, model, path, table)


def xgboosts(work):
    yield boosted(work, "XGBoost, cancer, missing cells", *cancer(True), objective="binary:logistic", max_depth=6, eta=0.2)
    yield boosted(work, "XGBoost, wine, 3 classes", *wine(), rounds=20, objective="multi:softprob", num_class=3, max_depth=4)
    yield boosted(work, "XGBoost, diabetes, category names", *diabetes(), objective="reg:squarederror", max_depth=5, max_cat_to_onehot=2)
    numbers, y = diabetes()
    yield boosted(work, "XGBoost, diabetes, dart", codes(numbers), y / 100, rounds=20, booster="dart", rate_drop=0.3, objective="reg:squarederror", max_depth=5)
    x, y = digits()
    yield boosted(work, "XGBoost, digits, depth 12", x, y.astype(float), rounds=20, objective="reg:squarederror", max_depth=12, min_child_weight=1, eta=0.3)


def lights(work):
    yield light(work, "LightGBM, wine, 3 classes", *wine(), rounds=20, objective="multiclass", num_class=3, num_leaves=12, min_data_in_leaf=5)
    yield light(work, "LightGBM, diabetes, categorical", *diabetes(), objective="regression", num_leaves=20, min_data_in_leaf=5,
                min_data_per_group=5, max_cat_to_onehot=1, cat_smooth=1, cat_l2=1)
    yield light(work, "LightGBM, cancer, zeros missing", *cancer(True), objective="binary", num_leaves=15, min_data_in_leaf=5, zero_as_missing=True)
    x, y = digits()
    yield light(work, "LightGBM, digits, depth 12", x, y.astype(float), rounds=20, objective="regression", num_leaves=150, max_depth=12, min_data_in_leaf=1)


def forest(work):
    """A forest of scikit-learn in the JSON of docs/model-json.md, its third class."""
    x, y = wine()
    model = RandomForestClassifier(30, max_depth=12, random_state=1).fit(x.to_numpy(), y)
    path = work / "forest.json"
    exports.export_model()(model, x.columns, path)
    return Trained("scikit-learn forest, wine, 3 classes", model, path, x)


def linear(work):
    x, y = cancer(False)
    model = LogisticRegression(max_iter=20000).fit(x.to_numpy(), y)
    path = work / "linear.json"
    exports.export_model()(model, x.columns, path, background=x.to_numpy())
    return Trained("logistic regression, cancer", model, path, x)
