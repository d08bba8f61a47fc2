"""Explains models that were trained here and now with `shap-batch`, and with XGBoost, LightGBM, shap and woodelf, and holds the values
against each other. Usage: explain.py WORK-FOLDER

Each comparison is at the scale of its values: the largest deviation over the larger of 1 and the largest value of the peer. Where a peer
is known to be wrong the deviation is asserted as well, so that the line goes when the peer is mended.
"""
import json
import pathlib
import subprocess
import sys
import warnings

import lightgbm
import numpy as np
import pyarrow.parquet as parquet
import xgboost

warnings.filterwarnings("ignore")
import shap  # noqa: E402 (it warns when it is imported)
import woodelf  # noqa: E402
from woodelf.core.trees.parse_models import load_decision_tree_ensemble_model  # noqa: E402

import trained  # noqa: E402

HOME = pathlib.Path(__file__).parent.parent.parent
EXPLAINED, COMPARED_WITH = 150, 100
FLOAT64 = 1e-11  # peers that add in float64
FLOAT32 = 2e-6  # peers that add, or compare, in float32
MIXED = 2e-7  # our own tables in float32
# What the peers get wrong, as of the versions of explain-requirements.txt; of each kind there is an enumeration of all subsets of
# features in testdata/shap, with which ours agree.
REFUSES = "it refuses "
WRONG = {
    ("XGBoost, diabetes, category names", "shap's C extension"): REFUSES + "names",
    ("XGBoost, diabetes, category names", "shap"): REFUSES + "names",
    ("XGBoost, diabetes, category names", "woodelf"): REFUSES + "models with names",
    ("XGBoost, diabetes, category names", "woodelf, background"): REFUSES + "models with names",
    ("XGBoost, diabetes, dart", "shap's C extension"): "it does not read the weights of dropped trees",
    ("XGBoost, diabetes, dart", "shap"): "it does not read the weights of dropped trees",
    ("LightGBM, diabetes, categorical", "shap's C extension"): "it takes a set of categories for a threshold",
    ("LightGBM, diabetes, categorical", "shap"): "it takes a set of categories for a threshold",
    ("LightGBM, diabetes, categorical", "woodelf"): REFUSES + "categories",
    ("LightGBM, diabetes, categorical", "woodelf, background"): REFUSES + "categories",
    ("LightGBM, cancer, zeros missing", "shap's C extension"): "it does not take zeros as missing",
    ("LightGBM, cancer, zeros missing", "shap"): "it does not take zeros as missing",
    ("LightGBM, cancer, zeros missing", "woodelf"): "it does not take zeros as missing",
    ("LightGBM, cancer, zeros missing", "woodelf, background"): "it does not take zeros as missing",
    ("scikit-learn forest, wine, 3 classes", "shap"): "it rounds thresholds to float32: a value on one goes the other way",
}
LINES = []


def ours(one, work, precision="float64", background=None):
    """Our values, rows x outputs x features; the margins, rows x outputs; the base values."""
    folder = work / one.path.stem
    folder.mkdir(exist_ok=True)
    out, rows, data = folder / "out", one.table.iloc[:EXPLAINED], folder / "rows.parquet"
    rows.to_parquet(data)
    command = ["./primum", "shap-batch", f"--model={one.path}", f"--data={data}", f"--precision={precision}", f"--output-dir={out}", "--overwrite"]
    if background is not None:
        background.to_parquet(folder / "background.parquet")
        command.append(f"--background={folder / 'background.parquet'}")
    ran = subprocess.run(command, cwd=HOME, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(f"{one.name}: shap-batch ended with {ran.returncode}\n{ran.stderr}")
    table = parquet.read_table(out / "shap.parquet")
    phi = np.column_stack([table[f"phi.{column}"].to_numpy() for column in one.table.columns]).reshape(len(rows), -1, len(one.table.columns))
    hold(one.name, "summary.json", "mean absolute", np.array(means(out, one.table.columns)), np.abs(phi).mean(axis=0), 1e-6)
    return phi, table["margin"].to_numpy().reshape(len(rows), -1), table["base_value"].to_numpy().reshape(len(rows), -1)


def means(out, columns):
    """By output and feature."""
    summary = json.loads((out / "summary.json").read_text())
    by_output = [{entry["feature"]: entry["meanAbs"] for entry in output["features"]} for output in summary.get("classes", [summary])]
    return [[features[column] for column in columns] for features in by_output]


def hold(name, peer, what, found, theirs, tolerance, wrong=None):
    """@param wrong why the peer's values are not what they should be; then they have to deviate"""
    scale = max(1.0, np.abs(theirs).max())
    off = np.abs(found - theirs).max() / scale if found.shape == theirs.shape else np.inf
    passed = off <= tolerance if wrong is None else 1000 * tolerance < off < np.inf
    LINES.append((name, peer, what, off, tolerance, passed, wrong, found.size))


def by_output(values):
    """shap has the outputs last, where there are several."""
    values = np.asarray(values)
    return np.moveaxis(values, 2, 1) if values.ndim == 3 else values[:, None, :]


def own_extension(model, rows):
    """shap's C code. With a model of XGBoost or LightGBM it would ask that library for its own values."""
    explainer = shap.TreeExplainer(model)
    explainer.model.model_type = "internal"
    return by_output(explainer.shap_values(rows, check_additivity=False))


def interventional(model, rows, background):
    return by_output(shap.TreeExplainer(model, data=background, feature_perturbation="interventional").shap_values(rows, check_additivity=False))


def summed(one, values):
    """Of a LightGBM booster of several classes shap adds all classes up, and does not say so."""
    return values.sum(axis=1, keepdims=True) if isinstance(one.model, lightgbm.Booster) else values


def woodelf_values(model, rows, outputs, background=None):
    """One class after the other. It takes names of columns from the table, and the model has to know them."""
    found = []
    for output in range(outputs):
        loaded = load_decision_tree_ensemble_model(model, list(rows.columns), class_index=output)
        found.append(np.asarray(woodelf.WoodelfExplainer(loaded, background).shap_values(rows, verbose=False)))
    return np.stack(found, axis=1)


def near(margins, values):
    """Ours in float32 are near on the scale of the margin."""
    return MIXED * max(1.0, np.abs(margins).max()) / max(1.0, np.abs(values).max())


def path_dependent(one, work):
    exact, margins, base = ours(one, work)
    tables, _, _ = ours(one, work, "mixed")
    hold(one.name, "our float64", "path-dependent", tables, exact, near(margins, exact))
    return exact, margins, base


def compare_xgboost(one, work):
    exact, margins, base = path_dependent(one, work)
    rows = one.rows.iloc[:EXPLAINED]
    matrix = xgboost.DMatrix(rows, enable_categorical=True, nthread=1)
    theirs = one.model.predict(matrix, pred_contribs=True, strict_shape=True).astype(np.float64)
    hold(one.name, "XGBoost", "path-dependent", exact, theirs[:, :, :-1], FLOAT32)
    hold(one.name, "XGBoost", "base values", base, theirs[:, :, -1], FLOAT32)
    raw = one.model.predict(matrix, output_margin=True, strict_shape=True).reshape(margins.shape)
    hold(one.name, "XGBoost", "margins", margins, raw, FLOAT32)
    return exact


def compare_lightgbm(one, work):
    exact, margins, base = path_dependent(one, work)
    rows = one.rows.iloc[:EXPLAINED]
    theirs = one.model.predict(rows, pred_contrib=True).reshape(len(rows), -1, rows.shape[1] + 1)
    hold(one.name, "LightGBM", "path-dependent", exact, theirs[:, :, :-1], FLOAT64)
    hold(one.name, "LightGBM", "base values", base, theirs[:, :, -1], FLOAT64)
    hold(one.name, "LightGBM", "margins", margins, one.model.predict(rows, raw_score=True).reshape(margins.shape), FLOAT64)
    return exact


def numbers(rows):
    return rows.to_numpy(dtype=np.float64)


def compare_others(one, work, exact):
    """The tools that read trees of other libraries."""
    rows, background = one.rows.iloc[:EXPLAINED], one.table.iloc[-COMPARED_WITH:]
    against, margins, _ = ours(one, work, background=background)
    tables, _, _ = ours(one, work, "mixed", background)
    hold(one.name, "our float64", "interventional", tables, against, near(margins, against))
    hold(one.name, "our path-dependent", "interventional", against, exact, FLOAT32, "another question, to show that the tolerance tells them apart")
    classes = exact.shape[1]
    peers = {
        "shap's C extension": (summed(one, exact), "path-dependent", FLOAT64, lambda: own_extension(one.model, numbers(rows))),
        "shap": (summed(one, against), "interventional", FLOAT32, lambda: interventional(one.model, numbers(rows), numbers(background))),
        "woodelf": (exact, "path-dependent", FLOAT32, lambda: woodelf_values(one.model, rows, classes)),
        "woodelf, background": (against, "interventional", FLOAT32, lambda: woodelf_values(one.model, rows, classes, background)),
    }
    for peer, (found, what, tolerance, call) in peers.items():
        reason = WRONG.get((one.name, peer))
        if reason is not None and reason.startswith(REFUSES):
            refused(one.name, peer, what, call, reason)
        else:
            hold(one.name, peer, what, found, call(), tolerance, reason)


def refused(name, peer, what, call, reason):
    """A peer that says it cannot; where it can from one day on, it is to be compared."""
    try:
        call()
    except Exception as refusal:  # each has its own kinds
        LINES.append((name, peer, what, 0.0, 0.0, True, f"{reason} ({type(refusal).__name__})", 0))
    else:
        LINES.append((name, peer, what, np.inf, 0.0, False, "it no longer refuses: compare its values", 0))


def linear(work):
    one = trained.linear(work)
    background = one.table.iloc[-COMPARED_WITH:]
    exact, _, base = ours(one, work, background=background)
    masker = shap.maskers.Independent(background.to_numpy(), max_samples=COMPARED_WITH)
    explainer = shap.LinearExplainer(one.model, masker)
    hold(one.name, "shap", "LinearExplainer", exact, by_output(explainer.shap_values(one.rows.iloc[:EXPLAINED].to_numpy())), FLOAT64)
    hold(one.name, "shap", "base values", base, np.full_like(base, explainer.expected_value), FLOAT64)


def main(work):
    for one in trained.xgboosts(work):
        progress(one)
        compare_others(one, work, compare_xgboost(one, work))
    for one in trained.lights(work):
        progress(one)
        compare_others(one, work, compare_lightgbm(one, work))
    forest = trained.forest(work)
    progress(forest)
    compare_others(forest, work, path_dependent(forest, work)[0])
    linear(work)
    report()


def progress(one):
    print(f"conformance: {one.name}", file=sys.stderr, flush=True)


def report():
    compared = 0
    for name, peer, what, off, tolerance, passed, wrong, size in LINES:
        verdict = "" if passed else "FAILED "
        limit = f"at most {tolerance:.0e}" if wrong is None else f"known: {wrong}"
        print(f"{verdict}{name:36} {peer:20} {what:18} {off:.1e}  of {size:5}  {limit}")
        compared += size if wrong is None else 0
    failed = sum(not line[5] for line in LINES)
    print(f"{compared:,} values compared, {failed} comparisons failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
