"""Runs the export function of docs/model-json.md on scikit-learn's bundled tables and holds our margins, and the sums of our Shapley
values, against what scikit-learn itself says of the same rows. Usage: exports.py WORK-FOLDER"""
import pathlib
import subprocess
import sys

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_wine
from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

TOLERANCE = 1e-12


def export_model():
    own = {}
    exec(pathlib.Path("docs/model-json.md").read_text().split("```python\n")[1].split("```")[0], own)
    return own["export_model"]


def cases():
    cancer, wine = load_breast_cancer(return_X_y=True), load_wine(return_X_y=True)
    holes = cancer[0].copy()
    holes[np.random.default_rng(5).random(holes.shape) < 0.05] = np.nan
    for name, (x, y) in {"cancer": cancer, "wine, 3 classes": wine, "cancer, missing cells": (holes, cancer[1])}.items():
        yield name, RandomForestClassifier(60, random_state=1), x, y
        yield name, ExtraTreesClassifier(60, random_state=1), x, y
        yield name, DecisionTreeClassifier(random_state=1), x, y
        yield name, HistGradientBoostingClassifier(max_iter=60), x, y
        if not np.isnan(x).any():
            yield name, RandomForestClassifier(60, max_depth=12, class_weight="balanced", random_state=1), x, y
            yield name, GradientBoostingClassifier(n_estimators=60, subsample=0.7, random_state=1), x, y
    yield "cancer", LogisticRegression(max_iter=20000), *cancer
    yield "cancer", make_pipeline(StandardScaler(), LogisticRegression()), *cancer


def theirs(model, x):
    if hasattr(model, "decision_function"):
        return model.decision_function(x).reshape(len(x), -1)
    probabilities = model.predict_proba(x)
    return probabilities[:, 1:] if probabilities.shape[1] == 2 else probabilities


def ours(work, precision):
    out = work / precision
    command = ["./primum", "shap-batch", f"--model={work}/model.json", f"--data={work}/rows.csv", f"--precision={precision}", f"--output-dir={out}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return pd.read_parquet(out / "shap.parquet")


def main():
    work, export, failed = pathlib.Path(sys.argv[1]), export_model(), 0
    for number, (name, model, x, y) in enumerate(cases()):
        names, folder = [f"x{i}" for i in range(x.shape[1])], work / f"export-{number}"
        folder.mkdir(parents=True)
        model.fit(x, y)
        export(model, names, folder / "model.json", background=x)
        pd.DataFrame(x, columns=names).to_csv(folder / "rows.csv", index=False)
        margins = theirs(model, x)
        scale = max(1.0, np.abs(margins).max())
        values = ours(folder, "float64")
        phi = values[[c for c in values.columns if c.startswith("phi.")]].sum(axis=1) + values.base_value
        off = np.abs(values.margin.to_numpy().reshape(margins.shape) - margins).max() / scale
        apart = np.abs(phi.to_numpy().reshape(margins.shape) - margins).max() / scale
        failed += not (off <= TOLERANCE and apart <= TOLERANCE)
        label = type(model).__name__ if not hasattr(model, "steps") else "StandardScaler, LogisticRegression"
        print(f"{label:36} {name:24} margins {off:.1e}  sums of Shapley values {apart:.1e}  of {margins.size}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
