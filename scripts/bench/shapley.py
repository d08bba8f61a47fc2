"""Explains the same rows by the same models with XGBoost, LightGBM, shap, woodelf and ours in turn, and writes docs/performance.md's section.

shapley.py CACHE. XGBoost, LightGBM and shap on one thread, woodelf and ours on all cores; CPU seconds of the explaining call alone, after a
call that is dropped. BENCH_RUNS is the rounds, of which the best counts: other work on the machine only ever takes time. The peers'
values are held against ours first. BENCH_SCALE=0.02 takes a part of the rows, to see that all runs, and writes nothing.
"""
import importlib.metadata
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import time
import warnings

import lightgbm
import numpy as np
import pandas as pd
import xgboost

warnings.filterwarnings("ignore")
import shap  # noqa: E402 (it warns when it is imported)
import woodelf  # noqa: E402

HOME = pathlib.Path(__file__).parent.parent.parent
PAGE = HOME / "docs/performance.md"
BEGIN, END = "<!-- Explanations beside other tools: begin, written by scripts/bench-shap.sh -->\n", "<!-- Explanations beside other tools: end -->\n"
RUNS = int(os.environ.get("BENCH_RUNS", 3))
SCALE = float(os.environ.get("BENCH_SCALE", 1))
TRAIN = 200_000
# Woodelf makes tables of 2^depth columns: from here on it is not asked.
TOO_DEEP = 12
# Rows of shap's and of woodelf's call, as a part of XGBoost's and of ours: so that a call takes some seconds at most.
SHAP_PART, WOODELF_PART = 8, 2
# Against a background: trees, features, depth, background rows, explained rows.
AGAINST = (100, 30, 6, 100_000, 200_000)
# The same with trees too deep for tables; no peer is asked, for woodelf has no table and shap takes minutes.
DEEP_AGAINST = (10, 30, 14, 2_000, 2_000)
# Interactions: trees, features, depth, XGBoost's rows, woodelf's, ours.
TOGETHER = [(100, 30, 4, 1000, 5000, 40_000), (100, 30, 6, 300, 2000, 20_000), (100, 30, 8, 60, 300, 20_000)]
# Trees, features, depth, the peers' rows, ours, and how many times XGBoost we want to be.
CASES = [(100, 30, 4, 4000, 100_000, 40), (100, 30, 6, 2000, 100_000, 20), (100, 30, 8, 1000, 20_000, 12), (100, 30, 10, 400, 5_000, 5), (500, 50, 6, 1000, 20_000, 20), (10, 30, 14, 400, 2_000, 1)]


def say(text):
    print(text, file=sys.stderr, flush=True)


def rows(features):
    random = np.random.default_rng(1)
    x = random.normal(size=(TRAIN, features)).astype(np.float32)
    x[:, ::5] = np.round(x[:, ::5] * 2) / 2
    z = x @ random.normal(size=features) * 0.3 + np.sin(x[:, 0] * 2) * x[:, 1] + (x[:, 2] > 0) * x[:, 3]
    return x, (random.random(TRAIN) < 1 / (1 + np.exp(-z))).astype(int)


def models(cache, trees, features, depth, x, y):
    ours = cache / f"xgboost-{xgboost.__version__}-{trees}-{features}-{depth}.json"
    other = cache / f"lightgbm-{lightgbm.__version__}-{trees}-{features}-{depth}.txt"
    if not ours.exists():
        say(f"training {trees} trees of depth {depth} on {features} features")
        settings = {"objective": "binary:logistic", "tree_method": "hist", "max_depth": depth, "eta": 0.1, "seed": 1}
        xgboost.train(settings, xgboost.DMatrix(x, y), trees).save_model(ours)
    if not other.exists():
        settings = {"objective": "binary", "num_leaves": 2**depth, "max_depth": depth, "learning_rate": 0.1, "verbose": -1, "seed": 1}
        lightgbm.train(settings, lightgbm.Dataset(x, y), trees).save_model(other)
    return ours, other


def timed(call):
    begin = time.process_time()
    answer = call()
    return time.process_time() - begin, answer


def java(model, data, features, count, lanes, background=0):
    """Rows per CPU second of the best call, the same of our prediction, and the values of the first rows."""
    command = [os.environ["JAVA_HOME"] + "/bin/java", "-XX:+UseSerialGC", "-Xmx3g", "--add-modules=jdk.incubator.vector",
               "-cp", f"{HOME}/target/test-classes:{HOME}/target/classes:{HOME}/target/lib/*",
               "org.primum.explain.ExplainBench", str(model), str(data), str(features), str(count), lanes, str(background)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(out.splitlines()[-1])


def scaled(count):
    return max(100, int(count * SCALE))


def extension(booster):
    """shap's C code: with a model of XGBoost it would ask XGBoost for its own values."""
    explainer = shap.TreeExplainer(booster)
    explainer.model.model_type = "internal"
    return explainer


def frame(x):
    return pd.DataFrame(x, columns=[f"c{i}" for i in range(x.shape[1])])


class Best:
    """The best rate of each tool, in rows a CPU second."""

    def __init__(self):
        self.rates, self.said = {}, []

    def call(self, name, count, run, keep):
        seconds, answer = timed(run)
        self.give(name, count / seconds, keep)
        return answer

    def give(self, name, rate, keep):
        self.said.append(f"{name} {rate:,.0f}")
        if keep:
            self.rates[name] = max(self.rates.get(name, 0), rate)

    def report(self, what):
        say(f"{what}: {', '.join(self.said)}; load {os.getloadavg()[0]:.1f}")
        self.said.clear()


def require_near(peer_name, ours, theirs, tolerance):
    difference = np.abs(np.array(ours) - theirs[: len(ours)]).max()
    if not difference <= tolerance * max(1, np.abs(theirs).max()):
        sys.exit(f"{peer_name}'s values differ from ours by {difference}; these figures must not be compared")


def case(cache, trees, features, depth, peer_rows, our_rows):
    x, y = rows(features)
    data = cache / f"rows-{features}.f32"
    x.tofile(data)
    path, text = models(cache, trees, features, depth, x, y)
    booster = xgboost.Booster(model_file=path)
    booster.set_param({"nthread": 1})
    matrix = xgboost.DMatrix(x[:peer_rows], nthread=1)
    light = lightgbm.Booster(model_file=text)
    few, many = x[: max(50, peer_rows // SHAP_PART)], frame(x[: our_rows // WOODELF_PART])
    shaps, woods = extension(booster), woodelf.WoodelfExplainer(booster)
    best = Best()
    for turn in range(RUNS + 1):
        keep = turn > 0
        theirs = best.call("xgboost", peer_rows, lambda: booster.predict(matrix, pred_contribs=True), keep)
        best.call("lightgbm", peer_rows // 4, lambda: light.predict(x[: peer_rows // 4], pred_contrib=True, num_threads=1), keep)
        exact = best.call("shap", len(few), lambda: shaps.shap_values(few, check_additivity=False), keep)
        if depth < TOO_DEEP:
            wood = best.call("woodelf", len(many), lambda: np.asarray(woods.shap_values(many, verbose=False)), keep)
        best.call("xgboost predict", our_rows, lambda: booster.inplace_predict(x[:our_rows], predict_type="margin"), keep)
        vector = java(path, data, features, our_rows, "vector")
        scalar = java(path, data, features, our_rows, "scalar")
        require_near("XGBoost", vector["phi"], theirs[:, :-1], 2e-5)
        require_near("shap", vector["phi"], exact, 2e-6)
        if depth < TOO_DEEP:
            require_near("woodelf", vector["phi"], wood, 1e-4)
        best.give("vector", vector["rate"], keep)
        best.give("scalar", scalar["rate"], keep)
        best.give("predict", vector["predict"], keep)
        best.report(f"{trees} trees, {features} features, depth {depth}, round {turn}")
    return best.rates


def against(cache):
    """CPU seconds of everything: counting the background, making tables, explaining."""
    trees, features, depth, background, count = AGAINST
    background, count = scaled(background), scaled(count)
    x, y = rows(features)
    data = cache / f"rows-{features}.f32"
    x.tofile(data)
    path, _ = models(cache, trees, features, depth, x, y)
    booster = xgboost.Booster(model_file=path)
    best = Best()
    for turn in range(RUNS + 1):
        keep = turn > 0
        wood = best.call("woodelf", count, lambda: np.asarray(
            woodelf.WoodelfExplainer(booster, frame(x[:background])).shap_values(frame(x[:count]), verbose=False)), keep)
        best.call("woodelf, path-dependent", count, lambda: np.asarray(
            woodelf.WoodelfExplainer(booster).shap_values(frame(x[:count]), verbose=False)), keep)
        compared = java(path, data, features, count, "vector", background)
        require_near("woodelf", compared["phi"], wood, 1e-4)
        best.give("interventional", compared["whole"], keep)
        best.give("path-dependent", java(path, data, features, count, "vector")["whole"], keep)
        best.report(f"{background:,} background rows, {count:,} explained, round {turn}")
    return {name: count / rate for name, rate in best.rates.items()}


def deep_against(cache):
    """CPU seconds of explaining against a background that is counted, and of everything."""
    trees, features, depth, background, count = DEEP_AGAINST
    background, count = scaled(background), scaled(count)
    x, y = rows(features)
    data = cache / f"rows-{features}.f32"
    x.tofile(data)
    path, _ = models(cache, trees, features, depth, x, y)
    runs = [java(path, data, features, count, "vector", background) for _ in range(RUNS)]
    return [count / max(run[name] for run in runs) for name in ("rate", "whole")]


def interactions(model, data, features, count):
    """What our bench says of both modes: rows per CPU second of values and of interactions, and the cells of the first rows."""
    command = [os.environ["JAVA_HOME"] + "/bin/java", "-XX:+UseSerialGC", "-Xmx3g", "--add-modules=jdk.incubator.vector",
               "-cp", f"{HOME}/target/test-classes:{HOME}/target/classes:{HOME}/target/lib/*",
               "org.primum.explain.InteractionBench", str(model), str(data), str(features), str(count)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {said["mode"]: said for said in map(json.loads, out.splitlines()[-2:])}


def together(cache, trees, features, depth, peer_rows, wood_rows, our_rows):
    """The best rates of interactions, each tool in turn."""
    x, y = rows(features)
    data = cache / f"rows-{features}.f32"
    x.tofile(data)
    path, _ = models(cache, trees, features, depth, x, y)
    booster = xgboost.Booster(model_file=path)
    booster.set_param({"nthread": 1})
    matrix = xgboost.DMatrix(x[:peer_rows], nthread=1)
    best = Best()
    for turn in range(RUNS + 1):
        keep = turn > 0
        theirs = best.call("xgboost", peer_rows, lambda: booster.predict(matrix, pred_interactions=True), keep)
        explainer = woodelf.WoodelfExplainer(booster)
        best.call("woodelf", wood_rows, lambda: explainer.shap_interaction_values(frame(x[:wood_rows]), verbose=False), keep)
        for mode, said in interactions(path, data, features, our_rows).items():
            first, second = np.array(said["pairs"]).T
            if mode == "path-dependent":
                require_near("XGBoost", said["cells"], theirs[:, first, second], 2e-5)
            best.give(mode, said["interactions"], keep)
            best.give(f"values, {mode}", said["phi"], keep)
        best.report(f"interactions, {trees} trees, {features} features, depth {depth}, round {turn}")
    return best.rates


def cost(trees, features, depth, best):
    ratios = [best[f"values, {mode}"] / best[mode] for mode in ("path-dependent", "interventional")]
    return (f"| {trees} | {depth} | {best['xgboost']:,.0f} | {best['woodelf']:,.0f} | {best['path-dependent']:,.0f} | {best['path-dependent'] / best['xgboost']:.1f} | {ratios[0]:.1f} | {met(ratios[0] <= 4)} |"
            f" {best['interventional']:,.0f} | {ratios[1]:.1f} | {met(ratios[1] <= 4)} |")


def interacting(found):
    lines = "\n".join(cost(*one) for one in found)
    return f"""
### Interactions
All pairs of {TOGETHER[0][1]} features, rows a CPU second, the models above. *Times the values*: how many times the CPU time of the values alone, goal at most 4. Tables are made within a call from depth 8 on.
Interventional is against 2,000 rows. XGBoost's cells are held against ours first; woodelf explains path-dependent. Depths 10 and 14 against a background take minutes and are left out.

| trees | depth | XGBoost | woodelf | ours, path-dependent | ours / XGBoost | times the values | | ours, interventional | times the values | |
|---|---|---|---|---|---|---|---|---|---|---|
{lines}
"""


def met(holds):
    return "met" if holds else "**not met**"


def line(trees, features, depth, goal, best):
    ratio = best["vector"] / best["xgboost"]
    named = " | ".join(f"{best[name]:,.0f}" if name in best else "–" for name in ("xgboost", "lightgbm", "shap", "woodelf", "vector", "scalar"))
    return f"| {trees} | {features} | {depth} | {named} | {ratio:.1f} | {goal} | {met(ratio >= goal)} | {best['scalar'] / best['xgboost']:.1f} |"


def prediction(trees, features, depth, best):
    ratio = best["predict"] / best["vector"]
    goal = f"at most 6 | {met(ratio <= 6)}" if depth == 6 else "– | –"
    if best["predict"] == float("inf"):  # sooner done than the clock of CPU time ticks
        return f"| {trees} | {features} | {depth} | {best['xgboost predict']:,.0f} | – | {best['vector']:,.0f} | – | – | – |"
    return f"| {trees} | {features} | {depth} | {best['xgboost predict']:,.0f} | {best['predict']:,.0f} | {best['vector']:,.0f} | {ratio:.1f} | {goal} |"


def whole(seconds, deep):
    woods, path = seconds["woodelf"] / seconds["interventional"], seconds["interventional"] / seconds["path-dependent"]
    trees, features, depth, background, count = AGAINST
    return f"""### Against a background of {background:,} rows
{trees} trees of depth {depth}, {features} features, {count:,} rows explained; CPU seconds of everything from the loaded model on: counting the background, making
tables, explaining.

| what | CPU s |
|---|---|
| ours, interventional | {seconds['interventional']:.2f} |
| ours, path-dependent, the same rows | {seconds['path-dependent']:.2f} |
| woodelf, interventional | {seconds['woodelf']:.2f} |
| woodelf, path-dependent, the same rows | {seconds['woodelf, path-dependent']:.2f} |

| what | ratio | goal | |
|---|---|---|---|
| woodelf over ours, interventional | {woods:.1f} | at least 3 | {met(woods >= 3)} |
| ours, interventional over path-dependent | {path:.2f} | at most 1.2 | {met(path <= 1.2)} |

shap explains a row against every background row in turn, and by default takes 100 of them: it is not in this table.

{DEEP_AGAINST[0]} trees of depth {DEEP_AGAINST[2]}, which have no tables, {DEEP_AGAINST[4]:,} rows against {DEEP_AGAINST[3]:,}: {deep[0]:.1f} CPU seconds once the background is counted, {deep[1]:.1f} with counting it.
"""


def losing(found):
    """Where a tool was faster than ours at explaining."""
    lost = [f"{name} at {trees} trees of depth {depth}: {best[name]:,.0f} rows a CPU second against our {best['vector']:,.0f}"
            for trees, features, depth, best in found for name in ("xgboost", "lightgbm", "shap", "woodelf") if best.get(name, 0) > best["vector"]]
    return "\n".join(f"* {one}" for one in lost) if lost else "No other tool explained faster in these runs."


def section(found, goals, seconds, deep, loads, pairs):
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    wide = "AVX-512" if "avx512f" in pathlib.Path("/proc/cpuinfo").read_text() else "AVX2"
    table = "\n".join(line(trees, features, depth, goal, best) for (trees, features, depth, best), goal in zip(found, goals))
    predicted = "\n".join(prediction(*one) for one in found)
    return f"""## Explanations beside other tools
Measured by `make bench-shap` (`scripts/bench-shap.sh`): rows explained in a CPU second (all threads together, compiler and collector with them), best of {RUNS} round{"" if RUNS == 1 else "s"} in which each tool
runs once, after one that is dropped; before that the values of XGBoost, shap and woodelf are held against ours. Binary trees by XGBoost's `hist` on
{TRAIN:,} rows; LightGBM explains a model of its own of the same size, at most 2^depth leaves a tree. Models are loaded and tables
made before the clock starts, but where tables take more than 256 MB (depth 10 here), where they are made in each call; ours explains 100,000 rows a call of 100 trees at depths 4 and 6, 5,000 at
depth 10, 2,000 at depth 14, else 20,000, woodelf half as many, XGBoost {min(c[3] for c in CASES):,} to {max(c[3] for c in CASES):,}, LightGBM a quarter and shap an eighth of XGBoost's. shap is its C extension, which its public call leaves to XGBoost where
the model is XGBoost's. Load average {min(loads):.1f} to {max(loads):.1f}.

{os.cpu_count()} cores, {processor.group(1) if processor else platform.processor()}, {wide}. XGBoost {xgboost.__version__}, LightGBM {lightgbm.__version__}, shap {shap.__version__}, woodelf {importlib.metadata.version("woodelf-explainer")}.

| trees | features | depth | XGBoost | LightGBM | shap | woodelf | ours, vector | ours, scalar | vector / XGBoost | goal | | scalar / XGBoost |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
{table}

{losing(found)}

### Beside prediction
Rows a CPU second. *Ratio*: how many predictions by our own scorer cost as much as one explanation.

| trees | features | depth | XGBoost predicts | we predict | we explain | ratio | goal | |
|---|---|---|---|---|---|---|---|---|
{predicted}

{whole(seconds, deep)}{interacting(pairs)}"""


def write(text):
    page = PAGE.read_text()
    if BEGIN in page:
        page = page[: page.index(BEGIN)] + page[page.index(END) + len(END) :]
    PAGE.write_text(page.rstrip("\n") + "\n\n" + BEGIN + text + END)


def main(cache):
    cache.mkdir(parents=True, exist_ok=True)
    found, loads = [], []
    for trees, features, depth, peer_rows, our_rows, _ in CASES:
        loads.append(os.getloadavg()[0])
        found.append((trees, features, depth, case(cache, trees, features, depth, scaled(peer_rows), scaled(our_rows))))
    text = section(found, [case[-1] for case in CASES], against(cache), deep_against(cache), loads, [(*one[:3], together(cache, *one[:3], *map(scaled, one[3:]))) for one in TOGETHER])
    if SCALE == 1:
        write(text)
        say(f"written to {PAGE}")
    else:
        print(text)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
