"""Serves a model with MLServer, explains it over HTTP, and holds the values against an enumeration of all coalitions by scikit-learn
itself; then runs the commands of docs/explanation-models.md that ask a served model. Usage: served.py WORK-FOLDER"""
import contextlib
import itertools
import json
import math
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import joblib
import numpy as np
import pandas as pd
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FEATURES = ["age", "creatinine", "lactate", "sodium", "pulse"]
TOLERANCE = 1e-12


def patients(count, seed):
    random = np.random.default_rng(seed)
    x = random.normal([62, 1.2, 2.0, 138, 84], [14, 0.5, 1.1, 4, 15], (count, 5)).round(2)
    risk = (x[:, 0] - 62) / 20 + (x[:, 1] - 1.2) * (x[:, 2] - 2) - (x[:, 3] - 138) / 8
    return x, (risk + random.logistic(0, 1, count) > 0).astype(int)


def free_ports(count):
    with contextlib.ExitStack() as stack:
        taken = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in taken:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in taken]


@contextlib.contextmanager
def serving(folder, model):
    http, grpc, metrics = free_ports(3)
    joblib.dump(model, folder / "model.joblib")
    (folder / "settings.json").write_text(json.dumps({
        "host": "127.0.0.1", "http_port": http, "grpc_port": grpc, "metrics_port": metrics, "parallel_workers": 0}))
    (folder / "model-settings.json").write_text(json.dumps({
        "name": "risk", "implementation": "mlserver_sklearn.SKLearnModel", "parameters": {"uri": "./model.joblib", "version": "1"}}))
    with open(folder / "server.log", "w") as log:
        server = subprocess.Popen([pathlib.Path(sys.executable).parent / "mlserver", "start", "."], cwd=folder, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{http}/v2/models/risk"
            wait_for(address + "/ready", server, folder / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address, server, log):
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    sys.exit(f"served.py: MLServer did not come up:\n{log.read_text()[-2000:]}")


def enumerated(model, rows, background):
    """Shapley values of the probability: all coalitions, each worth the mean over the background."""
    features = range(rows.shape[1])
    worth = {}
    for size in range(len(features) + 1):
        for known in itertools.combinations(features, size):
            asked = np.repeat(background[None], len(rows), 0)
            asked[:, :, known] = rows[:, None, known]
            worth[known] = model.predict_proba(asked.reshape(-1, len(features)))[:, 1].reshape(len(rows), -1).mean(1)
    phi = np.zeros(rows.shape)
    for known, value in worth.items():
        for i in set(features) - set(known):
            weight = math.factorial(len(known)) * math.factorial(len(features) - len(known) - 1) / math.factorial(len(features))
            phi[:, i] += weight * (worth[tuple(sorted((*known, i)))] - value)
    return phi


def ours(work, address, mode):
    out = work / mode
    subprocess.run(["./primum", "shap-batch", f"--model={address}", f"--data={work}/rows.csv", f"--background={work}/background.csv",
                    f"--features={','.join(FEATURES)}", "--served-output=predict_proba", "--output-space=probability", f"--mode={mode}",
                    f"--output-dir={out}"], check=True, stdout=subprocess.DEVNULL)
    return pd.read_parquet(out / "shap.parquet")


def main():
    work = pathlib.Path(sys.argv[1]).resolve() / "served"
    work.mkdir(parents=True)
    x, y = patients(600, 1)
    model = make_pipeline(StandardScaler(), MLPClassifier([12], max_iter=2000, random_state=1)).fit(x, y)
    rows, background = patients(40, 2)[0], x[:50]
    for name, table in {"rows": rows, "background": background}.items():
        pd.DataFrame(table, columns=FEATURES).to_csv(work / f"{name}.csv", index=False)
    expected, failed = enumerated(model, rows, background), 0
    with serving(work, model) as address:
        for mode in ("permutation", "kernel"):
            table = ours(work, address, mode)
            # Of two classes the server tells both; the second is the one at risk.
            at_risk = table[table["class"].astype(int) == 1][[f"phi.{name}" for name in FEATURES]].to_numpy()
            deviation = np.abs(at_risk - expected).max()
            failed += not deviation <= TOLERANCE
            print(f"  {mode:12} {expected.size} values of a network served by MLServer, largest deviation {deviation:.1e}")
        page = subprocess.run(["scripts/test-docs.py", "--kind=served", f"--fixture={page_folder(work, rows, background)}",
                               "docs/explanation-models.md"], env=dict(os.environ, MODEL_URL=address))
    sys.exit(bool(failed) or page.returncode)


def page_folder(work, rows, background):
    folder = work / "page"
    folder.mkdir()
    for name, table in {"patients": rows, "cohort": background}.items():
        frame = pd.DataFrame(table, columns=FEATURES)
        frame.insert(0, "patient_id", [f"s{i:03}" for i in range(len(frame))])
        frame.to_csv(folder / f"{name}.csv", index=False)
    return folder


main()
