"""Makes the models of this folder and what their libraries say of their rows. Usage, in this folder: python make.py

Packages: requirements.txt beside this file. Data: the tables that scikit-learn carries (breast cancer, wine, diabetes).
"""
import json
import pathlib

import lightgbm as lgb
import numpy as np
import onnxmltools
import onnxruntime
import xgboost as xgb
from onnx import helper
from onnxmltools.convert.common.data_types import FloatTensorType as ToolsFloat
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import DoubleTensorType, FloatTensorType
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.ensemble import (AdaBoostClassifier, ExtraTreesClassifier, GradientBoostingClassifier, GradientBoostingRegressor,
                              HistGradientBoostingClassifier, RandomForestClassifier, RandomForestRegressor)
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

HERE = pathlib.Path(__file__).resolve().parent
ROWS = 40


def table(load, holes):
    x, y = load(return_X_y=True)
    x = np.round(x[:, :8].astype(np.float32), 3)
    if holes:
        x[np.random.default_rng(7).random(x.shape) < 0.08] = np.nan
    return x, y


def write_rows(name, x):
    pick = np.random.default_rng(3).permutation(len(x))[:ROWS]
    lines = [",".join(f"f{i}" for i in range(x.shape[1]))]
    lines += [",".join("" if np.isnan(v) else repr(float(v)) for v in x[row]) for row in pick]
    (HERE / f"{name}.csv").write_text("\n".join(lines) + "\n")
    return x[pick]


def write_training(name, x):
    """All rows that models were trained on, for recomputed cover."""
    lines = [",".join(f"f{i}" for i in range(x.shape[1]))]
    lines += [",".join("" if np.isnan(v) else repr(float(v)) for v in row) for row in x]
    (HERE / f"{name}-training.csv").write_text("\n".join(lines) + "\n")


EXPECTED = {}


def expect(file, rows, **answers):
    EXPECTED[file] = dict(rows=rows, **{k: np.asarray(v, dtype=np.float64).tolist() for k, v in answers.items()})


def onnx(file, model, rows, x, output, **answers):
    (HERE / file).write_bytes(model.SerializeToString())
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    kind = np.float64 if "double" in session.get_inputs()[0].type else np.float32
    got = session.run([session.get_outputs()[output].name], {session.get_inputs()[0].name: x.astype(kind)})[0]
    expect(file, rows, onnxruntime=got, **answers)


def sklearn(file, model, rows, x, kind=FloatTensorType, **more):
    is_classifier = hasattr(model, "classes_")
    options = {id(model): {"zipmap": False}} if is_classifier else {}
    converted = convert_sklearn(model, initial_types=[("X", kind([None, x.shape[1]]))], options=options, target_opset={"": 18, "ai.onnx.ml": 3})
    answer = model.predict_proba(x) if is_classifier else model.predict(x)
    onnx(file, converted, rows, x, 1 if is_classifier else 0, sklearn=answer)


def main():
    full, y = table(load_breast_cancer, False)
    full_rows = write_rows("cancer", full)
    holes, _ = table(load_breast_cancer, True)
    hole_rows = write_rows("cancer-missing", holes)
    write_training("cancer", full)
    write_training("cancer-missing", holes)
    wine, wine_y = table(load_wine, False)
    wine_rows = write_rows("wine", wine)
    sugar, sugar_y = table(load_diabetes, False)
    sugar_rows = write_rows("diabetes", sugar)
    small = dict(n_estimators=6, max_depth=3, random_state=1)
    forest = RandomForestClassifier(**small).fit(full, y)
    sklearn("forest-binary.onnx", forest, "cancer", full_rows)
    sklearn("forest-double.onnx", forest, "cancer", full_rows.astype(np.float64), DoubleTensorType)
    sklearn("forest-wine.onnx", RandomForestClassifier(**small).fit(wine, wine_y), "wine", wine_rows)
    sklearn("boosting-binary.onnx", GradientBoostingClassifier(**small).fit(full, y), "cancer", full_rows)
    sklearn("boosting-wine.onnx", GradientBoostingClassifier(**small).fit(wine, wine_y), "wine", wine_rows)
    sklearn("forest-regression.onnx", RandomForestRegressor(**small).fit(sugar, sugar_y), "diabetes", sugar_rows)
    sklearn("boosting-regression.onnx", GradientBoostingRegressor(**small).fit(sugar, sugar_y), "diabetes", sugar_rows)

    names = [n.replace(" ", "_") for n in load_breast_cancer().feature_names[:8]]
    whole = make_pipeline(ColumnTransformer([("all", "passthrough", list(range(8)))]), RandomForestClassifier(**small)).fit(full, y)
    columns = convert_sklearn(whole, initial_types=[(n, FloatTensorType([None, 1])) for n in names],
                              options={id(whole): {"zipmap": False}}, target_opset={"": 18, "ai.onnx.ml": 3})
    (HERE / "forest-columns.onnx").write_bytes(columns.SerializeToString())
    expect("forest-columns.onnx", "cancer", sklearn=forest.predict_proba(full_rows))
    refused(full, y)

    simple(full, y, wine, wine_y, holes, full_rows, wine_rows, hole_rows)

    booster = xgb.XGBClassifier(n_estimators=6, max_depth=3, base_score=0.4).fit(holes, y)
    onnx("xgboost-binary.onnx", onnxmltools.convert_xgboost(booster, initial_types=[("X", ToolsFloat([None, 8]))]),
         "cancer-missing", hole_rows, 1, library=booster.predict_proba(hole_rows))
    light = lgb.LGBMClassifier(n_estimators=6, max_depth=3, verbose=-1).fit(holes, y)
    onnx("lightgbm-binary.onnx", onnxmltools.convert_lightgbm(light, initial_types=[("X", ToolsFloat([None, 8]))], zipmap=False),
         "cancer-missing", hole_rows, 1, library=light.predict_proba(hole_rows))

    parallel = dict(objective="binary:logistic", max_depth=3, num_parallel_tree=4, subsample=0.6, colsample_bynode=0.6, seed=4)
    grown = xgb.train(parallel, xgb.DMatrix(holes, y), 3)
    grown.save_model(HERE / "xgboost-parallel.json")
    expect("xgboost-parallel.json", "cancer-missing", margin=grown.predict(xgb.DMatrix(hole_rows), output_margin=True),
           probability=grown.predict(xgb.DMatrix(hole_rows)), contributions=grown.predict(xgb.DMatrix(hole_rows), pred_contribs=True))
    wide = xgb.train(dict(parallel, objective="multi:softprob", num_class=3, num_parallel_tree=2), xgb.DMatrix(wine, wine_y), 2)
    wide.save_model(HERE / "xgboost-parallel-wine.json")
    expect("xgboost-parallel-wine.json", "wine", margin=wide.predict(xgb.DMatrix(wine_rows), output_margin=True))
    xgb.train(dict(booster="gblinear", objective="binary:logistic"), xgb.DMatrix(full, y), 2).save_model(HERE / "xgboost-linear.json")
    vectors = xgb.train(dict(objective="multi:softprob", num_class=3, multi_strategy="multi_output_tree", tree_method="hist", max_depth=2),
                        xgb.DMatrix(wine, wine_y), 2)
    vectors.save_model(HERE / "xgboost-vector-leaves.json")

    base = dict(verbose=-1, num_leaves=6, seed=2, num_threads=1, deterministic=True)
    bagged = dict(base, boosting="rf", bagging_freq=1, bagging_fraction=0.6, feature_fraction=0.7)
    light_model("lightgbm-forest.txt", dict(bagged, objective="binary"), holes, y, 5, "cancer-missing", hole_rows)
    light_model("lightgbm-forest-wine.txt", dict(bagged, objective="multiclass", num_class=3), wine, wine_y, 4, "wine", wine_rows)
    light_model("lightgbm-forest-regression.txt", dict(bagged, objective="regression"), sugar, sugar_y, 4, "diabetes", sugar_rows)
    light_model("lightgbm-sigmoid.txt", dict(base, objective="binary", sigmoid=2.5), holes, y, 5, "cancer-missing", hole_rows)
    lgb.train(dict(base, objective="regression", linear_tree=True), lgb.Dataset(sugar, sugar_y), 2).save_model(HERE / "lightgbm-linear-trees.txt")

    (HERE / "expected.json").write_text(json.dumps(EXPECTED, separators=(",", ":")).replace('},"', '},\n"') + "\n")


def simple(full, y, wine, wine_y, holes, full_rows, wine_rows, hole_rows):
    """What docs/model-json.md's own function writes."""
    page = (HERE / "../../docs/model-json.md").read_text()
    own = {}
    exec(page.split("```python\n")[1].split("```")[0], own)
    small = dict(n_estimators=4, max_depth=3, random_state=1)
    cases = {
        "simple-extra.json": (ExtraTreesClassifier(**small), full, y, full_rows, "cancer"),
        "simple-forest-wine.json": (RandomForestClassifier(**small), wine, wine_y, wine_rows, "wine"),
        "simple-boosting.json": (GradientBoostingClassifier(**small), full, y, full_rows, "cancer"),
        "simple-boosting-wine.json": (GradientBoostingClassifier(**small), wine, wine_y, wine_rows, "wine"),
        "simple-hist.json": (HistGradientBoostingClassifier(max_iter=4, max_depth=3), holes, y, hole_rows, "cancer-missing"),
        "simple-forest-missing.json": (RandomForestClassifier(**small), holes, y, hole_rows, "cancer-missing"),
        "simple-logistic.json": (make_pipeline(StandardScaler(), LogisticRegression()), full, y, full_rows, "cancer"),
    }
    for file, (model, x, label, rows, name) in cases.items():
        x = x.astype(np.float64)
        model.fit(x, label)
        own["export_model"](model, [f"f{i}" for i in range(8)], HERE / file, background=x)
        rows = rows.astype(np.float64)
        probabilities = model.predict_proba(rows)
        expect(file, name, probability=probabilities[:, 1] if probabilities.shape[1] == 2 else probabilities,
               **({"margin": model.decision_function(rows)} if hasattr(model, "decision_function") else {}))


def refused(x, y):
    """Graphs in which the trees are not the whole model."""
    (HERE / "refused").mkdir(exist_ok=True)
    tiny = dict(n_estimators=2, max_depth=2, random_state=1)
    scaled = make_pipeline(StandardScaler(), GradientBoostingClassifier(**tiny))
    calibrated = CalibratedClassifierCV(GradientBoostingClassifier(**tiny), ensemble=False)
    several = AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), n_estimators=2)
    linear = LogisticRegression(max_iter=5000)
    for name, model in dict(scaled=scaled, calibrated=calibrated, several=several, linear=linear).items():
        file = "several-trees" if name == "several" else name
        graph = convert_sklearn(model.fit(x, y), initial_types=[("X", FloatTensorType([None, 8]))], target_opset={"": 18, "ai.onnx.ml": 3})
        (HERE / "refused" / f"{file}.onnx").write_bytes(graph.SerializeToString())
    tree = helper.make_node("TreeEnsemble", ["X"], ["Y"], domain="ai.onnx.ml")
    graph = helper.make_graph([tree], "g", [helper.make_tensor_value_info("X", 1, [None, 8])], [helper.make_tensor_value_info("Y", 1, [None, 1])])
    (HERE / "refused" / "opset5.onnx").write_bytes(helper.make_model(graph, opset_imports=[helper.make_opsetid("ai.onnx.ml", 5)]).SerializeToString())


def light_model(file, parameters, x, y, rounds, rows, row_values):
    model = lgb.train(parameters, lgb.Dataset(x, y), rounds)
    model.save_model(HERE / file)
    text = (HERE / file).read_text()
    (HERE / file).write_text(text[:text.index("end of trees")] + "end of trees\n")
    expect(file, rows, prediction=model.predict(row_values), margin=model.predict(row_values, raw_score=True),
           contributions=model.predict(row_values, pred_contrib=True))


main()
