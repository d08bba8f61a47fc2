"""Runs the pipelines of Kubeflow Pipelines with the SDK's local runner on the image of the steps.

    python kfp_run.py IMAGE DIR

Every task is a container with a read-only root, user 65532, no network and no capabilities. DIR is mounted into each at its own
path, and stands for the object store: data, policies, registry, ledger, log, and what the tasks leave.
"""

import json
import os
import pathlib
import shutil
import sys
import time

import docker
import kfp_strict
import yaml
from google.protobuf import json_format
from kfp import components, dsl, local
from kfp.pipeline_spec import pipeline_spec_pb2

ROOT = pathlib.Path(__file__).resolve().parents[2]
PIPELINES = ROOT / "pipelines" / "kubeflow"
LOCAL = ROOT / "pipelines" / "local"
HARDENED = dict(
    network_mode="none",
    user="65532:65532",
    read_only=True,
    cap_drop=["ALL"],
    security_opt=["no-new-privileges"],
    tmpfs={"/tmp": "mode=1777", "/primum": "mode=1777"},
)
PATIENTS = 20000

FAIRNESS = """\
apiVersion: primum.dev/v1alpha1
kind: FairnessPolicy
metadata: {name: readmission, revision: 1}
data:
  label: {column: label, positive: 1}
  prediction: {column: prediction, positive: 1}
attributes:
  - {name: age, column: age_band, categories: ["18-44", "45-64", "65-74", "75+"], reference: "45-64"}
minimum: {n: 100, positives: 30, negatives: 30}
rules:
  - {id: missed-by-age, metric: tpr, compare: difference, over: age, min: -0.10, decide: point}
"""
EXPLANATIONS = """\
apiVersion: primum.dev/v1alpha1
kind: ExplanationPolicy
metadata: {name: more-rows-than-there-are, revision: 1}
rules:
  - {id: enough, metric: rows, min: 5001}
  - {id: all, metric: coverage, min: 1}
  - {id: unmoved, metric: wasserstein, max: 0}
"""
CI_GATE = """\
apiVersion: primum.dev/v1alpha1
kind: ReleasePolicy
metadata: {name: ci-gate, revision: 1}
require:
  - {step: score, rules: [{metric: auroc, min: 0.60}]}
  - {step: fairness-audit}
"""


def say(text):
    print(f"kfp-run: {text}", file=sys.stderr, flush=True)


def expect(condition, message):
    if not condition:
        sys.exit(f"kfp-run: FAILED: {message}")


class World:
    """The folder that stands for the object store, and the image."""

    def __init__(self, image, folder):
        self.image = image
        self.folder = folder
        self.client = docker.from_env(timeout=600)
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("policies", "registry", "ledger", "log", "data"):
            (folder / name).mkdir(parents=True)
            (folder / name).chmod(0o777)
        for name in ("privacy-release", "privacy-budget", "release-policy"):
            shutil.copy(LOCAL / f"{name}.yaml", folder / "policies")
        (folder / "policies" / "fairness-policy.yaml").write_text(FAIRNESS)
        (folder / "policies" / "ci-gate-policy.yaml").write_text(CI_GATE)
        (folder / "policies" / "explanation-policy.yaml").write_text(EXPLANATIONS)

    def at(self, *names):
        return str(self.folder.joinpath(*names))

    def primum(self, *arguments):
        """One container of its own, outside of a pipeline."""
        container = self.client.containers.create(
            image=self.image,
            command=list(arguments),
            volumes={str(self.folder): {"bind": str(self.folder), "mode": "rw"}},
            **HARDENED,
        )
        try:
            container.start()
            code = container.wait()["StatusCode"]
            expect(code == 0, f"primum {arguments[0]} exited {code}: {container.logs().decode()}")
        finally:
            container.remove(force=True)

    def run(self, pipeline, **arguments):
        """Whether the pipeline ended green, the folders of its tasks by step, and their exit codes in order."""
        before = set(self.folder.glob(f"{pipeline}-*"))
        kfp_strict.ended.clear()
        started = time.time()
        try:
            self.load(pipeline)(**arguments)
            green = True
        except RuntimeError as failure:
            say(f"{pipeline}: {failure}")
            green = False
        (run,) = set(self.folder.glob(f"{pipeline}-*")) - before
        tasks = {}
        for output in sorted(run.rglob("executor_output.json")):
            tasks.setdefault(output.parent.name[:-4], []).append(output.parent)
        codes = list(kfp_strict.ended)
        say(f"{pipeline}: {'green' if green else 'red'} after {time.time() - started:.0f} s, {codes}")
        return green, tasks, dict(codes)

    def load(self, pipeline):
        """The committed file, with this image."""
        text = (PIPELINES / f"{pipeline}.yaml").read_text().split("\n---\n")[0]
        specification = yaml.safe_load(text)
        for executor in specification["deploymentSpec"]["executors"].values():
            executor["container"]["image"] = self.image
        return components.load_component_from_text(yaml.safe_dump(specification))


def metadata(task, artifact):
    """Of an artifact, as the launcher would parse it: strictly."""
    text = (task / "executor_output.json").read_text()
    json_format.Parse(text, pipeline_spec_pb2.ExecutorOutput())
    return json.loads(text)["artifacts"][artifact]["artifacts"][0]["metadata"]


def parameter(task, name):
    return (task / name).read_text()


def release(world, **more):
    return world.run(
        "primum-release",
        data_uri=world.at("data", "cohort.parquet"),
        name="readmission",
        registry_uri=world.at("registry"),
        ledger_uri=world.at("ledger"),
        log_uri=world.at("log"),
        label="readmitted_30d",
        id="patient_id",
        sensitive="race,sex,age_band",
        exclude="admission_month,weight",
        holdout=0.3,
        fairness_policy_uri=world.at("policies", "fairness-policy.yaml"),
        privacy_release_uri=world.at("policies", "privacy-release.yaml"),
        privacy_budget_uri=world.at("policies", "privacy-budget.yaml"),
        release_policy_uri=world.at("policies", "release-policy.yaml"),
        **more,
    )


def check_release_that_passes(world):
    green, tasks, codes = release(world, reweigh="age_band")
    expect(green, f"the mitigated model is promoted, got {codes}")
    steps = {"train", "fairness-audit", "shap-batch", "dp-noise", "gate", "promote", "record"}
    expect(set(codes) == steps, f"every step runs, got {sorted(codes)}")
    promoted = json.loads((world.folder / "registry" / "models" / "readmission" / "current.json").read_text())
    digest = metadata(tasks["train"][0], "model")["digest"]
    expect(promoted["model"] == digest, "the pointer names the model that was trained")
    classification = metadata(tasks["train"][0], "classification")
    expect(len(classification["confidenceMetrics"]) == 101, "train draws a curve")
    rows = [row["row"] for row in classification["confusionMatrix"]["rows"]]
    expect(
        sum(map(sum, rows)) == metadata(tasks["train"][0], "scored")["rows"],
        "the matrix counts the rows of the scored table",
    )
    expect(metadata(tasks["gate"][0], "metrics")["verdict"] == "PASS", "the gate says PASS")
    return tasks


def check_release_that_is_refused(world):
    before = (world.folder / "registry" / "models" / "readmission" / "current.json").read_bytes()
    records = len(list((world.folder / "log").rglob("*.json")))
    green, tasks, codes = release(world)
    expect(not green, "the biased model is refused")
    expect(codes.get("gate") == 20, f"the gate exits 20, got {codes}")
    expect("promote" not in codes, "promote does not run")
    audit = tasks["fairness-audit"][0]
    expect(codes["fairness-audit"] == 0, "the audit reports")
    expect(metadata(audit, "metrics")["verdict"] == "FAIL", "the audit's metrics say FAIL")
    expect("missed-by-age" in (audit / "report").read_text(), "the audit's report is there")
    expect("missed-by-age" in (audit / "summary").read_text(), "the audit's summary is there")
    expect(parameter(audit, "status") == "FAIL", "the audit's parameter says FAIL")
    expect(codes.get("record") == 0, "the exit handler records it")
    log = {path.name: json.loads(path.read_text()) for path in (world.folder / "log").rglob("*.json")}
    expect(len(log) == records + 1, "one more record")
    expect(
        sorted(record["status"] for record in log.values()) == ["FAILED", "SUCCEEDED"],
        "the log holds a release that succeeded and one that failed",
    )
    after = (world.folder / "registry" / "models" / "readmission" / "current.json").read_bytes()
    expect(before == after, "the pointer did not move")
    return tasks


def check_ci_gate(world, model, passes):
    green, tasks, codes = world.run(
        "primum-ci-gate",
        model_uri=str(model),
        data_uri=world.at("data", "later.parquet"),
        fairness_policy_uri=world.at("policies", "fairness-policy.yaml"),
        release_policy_uri=world.at("policies", "ci-gate-policy.yaml"),
    )
    expect(green == passes, f"the gate of a given model: wanted {passes}, got {codes}")
    expect(codes["gate"] == (0 if passes else 20), f"the gate's exit code, got {codes}")
    expect((tasks["fairness-audit"][0] / "report").stat().st_size > 0, "a report either way")


def check_shards(world, model):
    data = world.at("data", "small.parquet")
    world.primum("cohort", "--patients=500", "--seed=3", f"--output={data}")
    green, tasks, codes = world.run(
        "primum-shap", model_uri=str(model), data_uri=data, shards=4
    )
    expect(green and len(tasks["shap-batch"]) == 4, f"four shards and their merge, got {codes}")
    whole = world.at("whole")
    os.makedirs(whole)
    os.chmod(whole, 0o777)
    world.primum("shap-batch", f"--model={model}", f"--data={data}", f"--output-dir={whole}/out")
    merged = tasks["shap-merge"][0]
    for artifact, file in (("shap", "shap.parquet"),):
        same = (merged / artifact).read_bytes() == pathlib.Path(whole, "out", file).read_bytes()
        expect(same, f"{file} of four shards is that of one task, byte for byte")
    for on_violation, passes, code in (("report", True, 0), ("fail", False, 20)):
        green, _, codes = world.run(
            "primum-shap",
            model_uri=str(model),
            data_uri=data,
            shards=2,
            baseline_uri=f"{whole}/out",
            expected_uri=data,
            policy_uri=world.at("policies", "explanation-policy.yaml"),
            on_violation=on_violation,
        )
        expect(green == passes, f"a policy that is not met, on violation {on_violation}: got {codes}")
        expect(codes["shap-merge"] == code, f"the exit code of the merge, wanted {code}, got {codes}")


def check_quick_failures(image, times=10):
    @dsl.container_component
    def quick_failure():
        return dsl.ContainerSpec(image=image, command=["/opt/primum/bin/primum"], args=["train"])

    @dsl.pipeline(name="quick-failure")
    def quick():
        quick_failure()

    kfp_strict.ended.clear()
    for _ in range(times):
        try:
            quick()
        except RuntimeError:
            continue
        sys.exit("kfp-run: FAILED: a step that exits 2 was reported as a success")
    expect([code for _, code in kfp_strict.ended] == [2] * times, "every one of them exits 2")
    say(f"{times} of {times} quick failures reported as failures")


def main():
    image, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    world = World(image, folder)
    kfp_strict.install()
    local.init(
        runner=local.DockerRunner(**HARDENED), pipeline_root=str(folder), raise_on_error=True
    )
    for seed, name in ((1, "cohort"), (2, "later")):
        world.primum(
            "cohort", f"--patients={PATIENTS}", f"--seed={seed}", f"--output={world.at('data', name)}.parquet"
        )
    passed = check_release_that_passes(world)
    refused = check_release_that_is_refused(world)
    check_ci_gate(world, passed["train"][0] / "model", True)
    check_ci_gate(world, refused["train"][0] / "model", False)
    check_shards(world, passed["train"][0] / "model")
    check_quick_failures(image)
    say("everything holds")


if __name__ == "__main__":
    main()
