"""The release train on a real Argo controller: what has to come true, one line each.

Called by argo.sh, which brings up the cluster and installs what is submitted here.
"""

import argparse
import csv
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import threading
import time

from cluster import Cluster
from faults import Door
from s3 import S3

PATIENT = "MRN-CANARY-"
PERSON = "Canary Vogel"
REFUSED_VALUE = "CANARY-DIAGNOSIS"
TRAINING = {
    "label": "readmitted_30d",
    "id": "patient_id",
    "sensitive": "race,sex,age_band",
    "exclude": "admission_month,weight,patient_name",
    "alert_rate": "0.2",
    "holdout": "0.3",
    "seed": "2",
    "cpu": "100m",
    "memory": "1Gi",
}


class Check:
    """Prints a line for each claim, and remembers whether all held."""

    def __init__(self, cluster: Cluster):
        self.cluster, self.started, self.failed, self.passed = cluster, time.monotonic(), 0, 0
        self.lock = threading.Lock()

    def __call__(self, claim: str, holds: bool, found: object = "", workflow: str = "") -> None:
        with self.lock:
            seconds = time.monotonic() - self.started
            print(f"{'ok  ' if holds else 'FAIL'} {seconds:4.0f} s  {claim}", flush=True)
            if holds:
                self.passed += 1
                return
            self.failed += 1
            print(f"             found: {found}", flush=True)
            if workflow:
                print(self.cluster.story(workflow), flush=True)
            self.cluster.save()


class Train:
    def __init__(self, options: argparse.Namespace):
        self.out = pathlib.Path(options.out)
        self.s3 = S3(options.s3, "primum", "primum-secret", "primum")
        self.run = options.run
        self.root = f"e2e/{self.run}"
        host, port = options.s3.removeprefix("http://").split(":")
        self.door = Door((host, int(options.door)), (host, int(port)))
        self.primum = options.primum
        self.cluster = Cluster(options.kubectl, options.namespace, self.out)
        self.check = Check(self.cluster)

    def at(self, key: str) -> str:
        return f"s3://primum/{self.root}/{key}"

    def json(self, key: str) -> dict:
        body = self.s3.get(key)
        return json.loads(body) if body else {}

    # The data

    def cohort(self, seed: int) -> bytes:
        """The synthetic cohort, with a name and a number for each patient that must be seen nowhere."""
        plain = self.out / f"cohort-{seed}.csv"
        subprocess.run(
            [self.primum, "cohort", "--patients=60000", f"--seed={seed}", "--format=csv", "--overwrite",
             f"--output={plain}"],
            check=True, stdout=subprocess.DEVNULL)
        marked = self.out / f"marked-{seed}.csv"
        with plain.open() as read, marked.open("w", newline="") as write:
            rows = csv.DictReader(read)
            target = csv.DictWriter(write, [*(rows.fieldnames or []), "patient_name"])
            target.writeheader()
            for number, row in enumerate(rows):
                row["patient_id"] = PATIENT + row["patient_id"]
                target.writerow(row | {"patient_name": f"{PERSON} {number}"})
        plain.unlink()
        body = marked.read_bytes()
        marked.unlink()
        return body

    def upload(self) -> None:
        for seed in (1, 2):
            cohort = self.cohort(seed)
            self.s3.put(f"{self.root}/cohort-{seed}.csv", cohort)
            if seed == 1:
                self.s3.put(f"{self.root}/broken.csv", self.broken(cohort))

    @staticmethod
    def broken(cohort: bytes) -> bytes:
        """Some rows whose outcome is a text that a careless message would quote."""
        lines = cohort.decode().splitlines()[:2000]
        names = lines[0].split(",")
        for i in range(1, len(lines), 7):
            values = lines[i].split(",")
            values[names.index("readmitted_30d")] = f"{REFUSED_VALUE}-{i}"
            lines[i] = ",".join(values)
        return "\n".join(lines).encode()

    # Workflows

    def release(self, label: str, name: str, seed: int, **more: str) -> str:
        places = {
            "data": self.at(f"cohort-{seed}.csv"),
            "name": name,
            "registry": self.at("registry"),
            "ledger": self.at(f"ledger-{label}"),
            "log": self.at("log"),
        }
        return self.cluster.submit_from("primum-release-v1", label, **(TRAINING | places | more))

    def pointer(self, name: str) -> dict:
        return self.json(f"{self.root}/registry/models/{name}/current.json")

    def artifact(self, workflow: str, step: str, artifact: str) -> str:
        """The key of an artifact that the step's last try left."""
        for node in reversed(self.cluster.nodes(workflow)):
            if node["type"] == "Pod" and (node.get("templateRef", {}).get("template") or node.get("templateName")) == step:
                for found in node.get("outputs", {}).get("artifacts", []):
                    if found["name"] == artifact and "s3" in found:
                        return found["s3"]["key"]
        return ""

    def file(self, workflow: str, step: str, name: str) -> bytes:
        return self.s3.get(self.artifact(workflow, step, "evidence") + "/" + name) or b""

    def parameter(self, workflow: str, step: str, name: str) -> str:
        for node in self.cluster.nodes(workflow, step):
            for found in node.get("outputs", {}).get("parameters", []):
                if found["name"] == name and "value" in found:
                    return found["value"]
        return ""

    def red_pod(self, workflow: str, step: str) -> dict:
        pods = [n for n in self.cluster.nodes(workflow) if n["type"] == "Pod" and n["displayName"].startswith(step)]
        return pods[-1] if pods else {}

    # What has to come true

    def green_and_red(self) -> tuple[str, str]:
        """A reweighed model is released, a plain one is refused, and a second release of the first name waits."""
        green = self.release("green", "readmission", 1, reweigh="age_band")
        red = self.release("biased", "plain", 1)
        self.cluster.waits_for_approval(green)
        late = self.release("late", "readmission", 2, reweigh="age_band", approval_timeout="5s")
        self.cluster.until(
            lambda: "synchronization" in self.cluster.workflows.get(late, {}).get("status", {})
            or self.cluster.nodes(late), 120, f"{late} is not looked at")
        self.check("a second release of the same model waits for the first",
                   not self.cluster.nodes(late), self.cluster.story(late))
        self.cluster.answer(green, "approve", "dr.stone")
        phase = self.cluster.ended(green)
        others = [n["displayName"] for n in self.cluster.nodes(green) if n["type"] != "Pod" and n["phase"] != "Succeeded"]
        self.check("release: green, every task Succeeded", phase == "Succeeded" and not others, others, green)
        digest = self.parameter(green, "train", "model-digest")
        pointer = self.pointer("readmission")
        self.check("release: the registry's pointer in S3 is the model that was trained",
                   bool(digest) and pointer.get("model") == digest, (digest, pointer), green)
        self.check("release: who approved is kept with the decision", self.approver(pointer) == "dr.stone",
                   self.decision(pointer), green)
        self.record(green, "SUCCEEDED")
        self.refused(red)
        self.timed_out(green, late, pointer)
        return green, red

    def decision(self, pointer: dict) -> dict:
        hexadecimal = pointer.get("decision", "").removeprefix("sha256:")
        return self.json(f"{self.root}/registry/blobs/sha256/{hexadecimal[:2]}/{hexadecimal}")

    def approver(self, pointer: dict) -> str:
        return self.decision(pointer).get("reason", "").removeprefix("approved by ")

    def record(self, workflow: str, status: str, failed: str = "") -> None:
        """The log holds one record of how the workflow ended, and of what failed in it."""
        uid = self.cluster.workflows[workflow]["metadata"]["uid"]
        records = [self.json(k) for k in self.s3.list(f"{self.root}/log/")]
        mine = [r for r in records if r.get("run") == uid]
        self.check(f"{workflow}: the log has one record of it, {status}",
                   len(mine) == 1 and mine[0]["status"] == status and mine[0]["workflow"] == workflow
                   and failed in json.dumps(mine[0]["failures"]),
                   mine or records, workflow)

    def refused(self, red: str) -> None:
        phase = self.cluster.ended(red)
        gate = self.red_pod(red, "gate")
        verdict = json.loads(self.file(red, "fairness-audit", "verdict.json") or b"{}")
        failed = [r for r in verdict.get("rules", []) if r.get("status") == "FAIL"]
        message = gate.get("message", "")
        self.check("biased model: red at gate with exit 20, and the node says which rule and whom",
                   phase == "Failed" and gate.get("outputs", {}).get("exitCode") == "20"
                   and "missed-by-age" in message and "75+" in message, message or gate, red)
        print(f"             {message[:300]}")
        self.check("biased model: the audit stayed green", self.cluster.node(red, "fairness-audit").get("phase") == "Succeeded",
                   self.cluster.node(red, "fairness-audit"), red)
        self.check("biased model: the audit's verdict is in S3 and says FAIL",
                   verdict.get("status") == "FAIL" and bool(failed), verdict, red)
        page = self.s3.get(self.artifact(red, "fairness-audit", "report"))
        self.check("biased model: the audit's report is in S3, one page a browser shows",
                   bool(page) and page.lstrip().lower().startswith(b"<!doctype html") and b"75+" in page, page and page[:80], red)
        self.check("biased model: the gate's own report and verdict are in S3, though it failed",
                   b'"FAIL"' in self.file(red, "gate", "verdict.json") and b"<html" in self.file(red, "gate", "report.html"),
                   self.artifact(red, "gate", "evidence"), red)
        promote, approval = self.cluster.node(red, "promote"), self.cluster.node(red, "approval")
        self.check("biased model: neither asked for approval nor promoted",
                   promote.get("phase") == "Omitted" and approval.get("phase") == "Omitted" and not self.pointer("plain"),
                   (approval.get("phase"), promote.get("phase")), red)
        self.record(red, "FAILED", "GATE_FAILED")

    def timed_out(self, green: str, late: str, before: dict) -> None:
        phase = self.cluster.ended(late)
        promote = self.red_pod(late, "promote")
        self.check("approval that nobody gave: promote is red with exit 23",
                   phase == "Failed" and promote.get("outputs", {}).get("exitCode") == "23", promote, late)
        print(f"             {promote.get('message', '')[:300]}")
        self.check("approval that nobody gave: the pointer did not move", self.pointer("readmission") == before,
                   self.pointer("readmission"), late)
        end = self.cluster.workflows[green]["status"]["finishedAt"]
        starts = [n["startedAt"] for n in self.cluster.nodes(late) if n["type"] == "Pod"]
        self.check("the second release started after the first had ended", bool(starts) and min(starts) >= end, (end, starts), late)

    def faults(self) -> str:
        """The store goes away, pods are killed at the worst moment, and the release is green in the end."""
        door, cluster = self.door, self.cluster
        reading = door.hold("GET|HEAD", r"/cohort-2\.csv")
        name = self.release("faults", "readmission", 2, reweigh="age_band")
        if not reading.wait(seconds=300):
            raise TimeoutError("train reads nothing")
        door.shut = True
        reading.release(drop=True)
        cluster.until(lambda: "75" in self.codes(name, "train"), 300, "train did not end with 75 while the store was away")
        away = door.turned_away
        door.shut = False
        noise = door.hold("PUT", r"/ledger-faults/.*/results/", answer=True)
        self.check(f"store away: train asked {away} times, and ended with 75", away > 1, away, name)
        drawn = self.kill_at(name, "dp-noise", noise, by_signal=True)
        pointer = door.hold("PUT", r"/models/readmission/current\.json", answer=True)
        cluster.waits_for_approval(name)
        cluster.answer(name, "approve", "dr.stone")
        self.kill_at(name, "promote", pointer, by_signal=False)
        phase = cluster.ended(name)
        self.check("store away, pods killed: the release is green in the end", phase == "Succeeded", phase, name)
        codes = self.codes(name, "train")
        self.check("store away: train was tried again by Argo", "75" in codes and codes[-1] == "0", codes, name)
        self.no_double_noise(name, drawn)
        self.no_double_promotion(name)
        return name

    def kill_at(self, name: str, step: str, hold, by_signal: bool) -> list[bytes]:
        """Kills the step's pod when its write is done and it has not heard so. Returns what dp-noise had drawn."""
        if not hold.wait(seconds=600):
            raise TimeoutError(f"{step} wrote nothing")
        pod = self.cluster.until(lambda: self.cluster.pod(name, step), 60, f"{step} has no pod")
        drawn = [self.s3.get(k) or b"" for k in self.s3.list(f"{self.root}/ledger-faults/") if "/results/" in k]
        if by_signal:
            self.cluster.kill_step(pod, step)
        else:
            self.cluster.delete_pod(pod)
            self.cluster.until(lambda: not self.cluster.processes(pod, step), 120, f"{step} lives on without a pod")
        hold.release(drop=True)
        return drawn

    def codes(self, name: str, step: str) -> list[str]:
        """The exit codes of a step's tries in their order; `-` of a pod that was deleted."""
        tries = [n for n in self.cluster.nodes(name) if n["type"] == "Pod" and n["displayName"].startswith(step + "(")]
        return [n.get("outputs", {}).get("exitCode", "-") for n in tries if n["phase"] in ("Succeeded", "Failed", "Error")]

    def no_double_noise(self, name: str, drawn: list[bytes]) -> None:
        codes = self.codes(name, "dp-noise")
        self.check("killed dp-noise (SIGKILL after it stored its draw): tried again", codes[-2:] == ["137", "0"], codes, name)
        entries = [self.json(k) for k in self.s3.list(f"{self.root}/ledger-faults/") if "/results/" not in k]
        paid = [e for e in entries if e.get("type") == "RESERVE"]
        published = json.loads(self.file(name, "dp-noise", "release.json") or b"{}")
        self.check("killed dp-noise: the budget was charged once", len(paid) == 1 and published.get("spent") == 1.5,
                   ([e.get("type") for e in entries], published.get("spent")), name)
        self.check("killed dp-noise: the numbers that are published are those drawn before the kill",
                   len(drawn) == 1 and json.loads(drawn[0]).get("queries") == published.get("queries"), drawn, name)

    def no_double_promotion(self, name: str) -> None:
        tries = self.cluster.tries(name, "promote")
        summary = json.loads(self.file(name, "promote", "verdict.json") or b"{}").get("summary", "")
        self.check("killed promote (pod deleted after it moved the pointer): ran again, and found the model current already",
                   tries == 2 and "nothing moved" in summary, (tries, summary), name)
        moves = sorted(k for k in self.s3.list(f"{self.root}/registry/models/readmission/history/"))
        pointer = self.pointer("readmission")
        self.check("killed promote: one move for it in the history",
                   len(moves) == 2 and pointer.get("sequence") == 2
                   and pointer.get("model") == self.parameter(name, "train", "model-digest"), (moves, pointer), name)

    def race(self, one: str, two: str) -> None:
        """Two promotions without any lock meet at the pointer."""
        meet = self.door.hold("PUT", r"/models/race/current\.json")
        racers = [self.promotion(w) for w in (one, two)]
        met = meet.wait(clients=2, seconds=300)
        meet.release()
        phases = [self.cluster.ended(r) for r in racers]
        codes = sorted(self.red_pod(r, "promote").get("outputs", {}).get("exitCode", "") for r in racers)
        self.check("two promotions at once: both had read the same pointer", met, meet.clients, racers[0])
        self.check("two promotions at once: one winner, the other ends with exit 24",
                   sorted(phases) == ["Failed", "Succeeded"] and codes == ["0", "24"], (phases, codes), racers[0])
        winner = racers[phases.index("Succeeded")] if "Succeeded" in phases else racers[0]
        pointer = self.pointer("race")
        moves = self.s3.list(f"{self.root}/registry/models/race/history/")
        self.check("two promotions at once: the pointer is the winner's, moved once",
                   pointer.get("model") == self.parameter(winner, "promote", "model") and len(moves) == 1,
                   (pointer, moves), winner)

    def promotion(self, released: str) -> str:
        """Promotes what an earlier workflow trained, with its evidence, under the name `race`."""
        evidence = {"train": "train", "fairness-audit": "fairness-audit", "shap-batch": "shap", "dp-noise": "dp-noise"}
        artifacts = [{"name": "model", "s3": {"key": self.artifact(released, "train", "model")}}]
        artifacts += [{"name": f"evidence-{part}", "s3": {"key": self.artifact(released, step, "evidence")}}
                      for step, part in evidence.items()]
        parameters = {"name": "race", "registry": self.at("registry"), "policy-configmap": "primum-gate-policy",
                      "approval": "approve", "approver": "dr.stone", "cpu": "100m"}
        arguments = {"parameters": [{"name": k, "value": v} for k, v in parameters.items()], "artifacts": artifacts}
        reference = {"name": "primum-promote-v1", "template": "promote", "clusterScope": True}
        return self.cluster.submit("race", {
            "entrypoint": "main",
            "archiveLogs": True,
            "templates": [{"name": "main", "dag": {"tasks": [
                {"name": "promote", "templateRef": reference, "arguments": arguments}]}}]})

    def shards(self, released: str) -> None:
        """Eight pods explain what one pod explained."""
        model = f"s3://primum/{self.artifact(released, 'train', 'model')}".rstrip("/")
        name = self.cluster.submit_from("primum-shap-v1", "shap", model=model, data=self.at("cohort-1.csv"),
                                        shards="8", cpu="100m", memory="1Gi")
        phase = self.cluster.ended(name)
        pods = [n for n in self.cluster.nodes(name) if n["type"] == "Pod" and n["displayName"].startswith("shap-batch(")]
        shards = {n["displayName"].split("(")[1].split(":")[0] for n in pods}
        self.check("8 shards: green, in 8 pods", phase == "Succeeded" and len(shards) == 8, (phase, sorted(shards)), name)
        for file in ("shap.parquet", "summary.json"):
            whole, merged = self.file(released, "shap-batch", file), self.file(name, "shap-merge", file)
            self.check(f"8 shards: {file} is byte for byte that of one pod", bool(whole) and whole == merged,
                       [(len(b), hashlib.sha256(b).hexdigest()) for b in (whole, merged)], name)

    def rollback(self, first: dict) -> None:
        name = self.cluster.submit_from("primum-rollback-v1", "rollback", name="readmission", registry=self.at("registry"),
                                        log=self.at("log"), reason="alerts on ward 4 doubled overnight")
        phase = self.cluster.ended(name)
        pointer = self.pointer("readmission")
        self.check("rollback: green, and the pointer is the model released first",
                   phase == "Succeeded" and pointer.get("model") == first.get("model") and pointer.get("sequence") == 3,
                   pointer, name)
        self.record(name, "SUCCEEDED")

    def ci(self, good: str, biased: str) -> None:
        """The gate for builds: green for the reweighed model, red for the plain one, clear on broken data."""
        def gate(label: str, released: str, data: str) -> str:
            model = f"s3://primum/{self.artifact(released, 'train', 'model')}".rstrip("/")
            return self.cluster.submit_from("primum-ci-gate-v1", label, model=model, data=self.at(data), cpu="100m",
                                            memory="1Gi")

        green, red = gate("ci-good", good, "cohort-2.csv"), gate("ci-plain", biased, "cohort-2.csv")
        broken = gate("ci-broken", good, "broken.csv")
        self.check("CI gate: green for the reweighed model", self.cluster.ended(green) == "Succeeded", "", green)
        self.cluster.ended(red)
        node = self.red_pod(red, "gate")
        self.check("CI gate: red with exit 20 for the plain one", node.get("outputs", {}).get("exitCode") == "20",
                   node.get("message"), red)
        self.cluster.ended(broken)
        node = self.red_pod(broken, "score")
        message = node.get("message", "")
        self.check("broken data: red with exit 11, and the value is not in the message",
                   node.get("outputs", {}).get("exitCode") == "11" and "readmitted_30d" in message
                   and REFUSED_VALUE not in message, message, broken)

    def pod_security(self) -> None:
        namespace = json.loads(self.cluster.kubectl("get", "namespace", self.cluster.namespace, "-o", "json"))
        level = namespace["metadata"]["labels"].get("pod-security.kubernetes.io/enforce")
        ours = [p for p in self.cluster.pods.values() if p["metadata"].get("labels", {}).get("app.kubernetes.io/part-of") == "primum"]
        self.check(f"{len(ours)} pods ran where Pod Security enforces restricted", level == "restricted" and len(ours) > 30,
                   (level, len(ours)))
        mains = [c for p in ours for c in p["spec"]["containers"] if c["name"] == "main"]
        loose = [c["args"][:1] for c in mains if not c.get("securityContext", {}).get("readOnlyRootFilesystem")
                 or any("serviceaccount" in m["mountPath"] for m in c.get("volumeMounts", []))]
        self.check("no step could write to its root or held a token of the API server", bool(mains) and not loose, loose)

    def canaries(self) -> None:
        """Neither a secret nor a patient is in what people and machines read."""
        words = [w.encode() for w in ("primum-secret", PATIENT, PERSON, REFUSED_VALUE)]
        mine = {w["metadata"]["name"]: w for w in self.cluster.workflows.values()}
        keys = [k for k in self.s3.list("argo/" + self.cluster.namespace + "/") if k.split("/")[2] in mine]
        logs = {k: self.s3.get(k) or b"" for k in keys if k.endswith(".log")}
        self.search("archived logs", logs, words, at_least=30)
        self.search("workflows with their status", {n: json.dumps(w).encode() for n, w in mine.items()}, words, at_least=8)
        self.search("specs and status of pods", {n: json.dumps(p).encode() for n, p in self.cluster.pods.items()}, words, at_least=30)
        uids = [w["metadata"]["uid"] for w in mine.values()]
        pages = {k: self.s3.get(k) or b"" for u in uids for k in self.s3.list(f"primum/{self.cluster.namespace}/{u}/")
                 if not k.endswith((".parquet", ".bin", ".log"))}
        self.search("reports, verdicts, metrics, manifests", pages, words, at_least=100)
        records = {k: self.s3.get(k) or b"" for k in self.s3.list(f"{self.root}/log/")}
        self.search("records of the log", records, words, at_least=4)
        scored = self.s3.get(f"{self.root}/cohort-1.csv") or b""
        self.check("the canaries are in the data that was read", all(w in scored for w in words[1:3]))

    def search(self, where: str, texts: dict[str, bytes], words: list[bytes], at_least: int) -> None:
        found = [(name, w.decode()) for name, text in texts.items() for w in words if w in text]
        filled = sum(1 for t in texts.values() if t)
        self.check(f"{filled} {where}: no secret and no patient", not found and filled >= at_least, found[:5] or filled)

    def all(self) -> int:
        self.upload()
        self.check("cohorts are in S3", len(self.s3.list(f"{self.root}/")) == 3)
        self.cluster.start()
        try:
            self.scenarios()
        except Exception as e:  # whatever breaks off the story is a failure of it
            self.check(f"the story went to its end: {type(e).__name__}: {e}", False, "".join(
                f"\n{self.cluster.story(w)}\n{self.cluster.unfinished(w)}" for w in self.cluster.workflows))
        finally:
            self.door.shut = False
            for hold in self.door.holds:
                hold.release()
            self.cluster.stop()
        return self.check.failed

    def scenarios(self) -> None:
        green, red = self.green_and_red()
        first = self.pointer("readmission")
        faults = self.faults()
        stages = [lambda: self.race(green, faults), lambda: self.shards(green), lambda: self.ci(green, red)]
        for stage in stages:
            stage()
        self.rollback(first)
        self.pod_security()
        self.canaries()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("kubectl", "namespace", "s3", "door", "out", "run", "primum"):
        parser.add_argument("--" + option, required=True)
    train = Train(parser.parse_args())
    failed = train.all()
    seconds = time.monotonic() - train.check.started
    print(f"{train.check.passed} came true, {failed} did not, in {seconds:.0f} s; evidence: {train.out}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
