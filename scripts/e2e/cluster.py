"""Workflows on a cluster, by kubectl: submit, watch, approve, and tell what happened."""

import datetime
import json
import os
import pathlib
import signal
import subprocess
import threading
import time


class Cluster:
    """One namespace. A thread keeps the last state of every workflow and pod, because pods go when they have ended."""

    def __init__(self, kubectl: str, namespace: str, out: pathlib.Path):
        self.command, self.namespace, self.out = kubectl, namespace, out
        self.workflows: dict[str, dict] = {}
        self.pods: dict[str, dict] = {}
        self.lives: dict[str, set[str]] = {}
        self.changed = threading.Condition()
        self.running = True
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def kubectl(self, *arguments: str, text: str | None = None) -> str:
        done = subprocess.run(
            [self.command, "-n", self.namespace, *arguments], input=text, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"kubectl {' '.join(arguments[:4])}: {done.stderr.strip()}")
        return done.stdout

    def apply(self, *objects: dict) -> None:
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)})
        self.kubectl("apply", "--server-side", "--force-conflicts", "-f", "-", text=text)

    def submit(self, label: str, spec: dict) -> str:
        """What `argo submit` does: creates a Workflow. Returns its name."""
        workflow = {
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Workflow",
            "metadata": {"generateName": f"e2e-{label}-"},
            "spec": spec,
        }
        created = self.kubectl("create", "-f", "-", "-o", "json", text=json.dumps(workflow))
        return json.loads(created)["metadata"]["name"]

    def submit_from(self, template: str, label: str, /, **parameters: str) -> str:
        """What `argo submit --from workflowtemplate/TEMPLATE -p NAME=VALUE` does."""
        values = [{"name": k.replace("_", "-"), "value": v} for k, v in parameters.items()]
        return self.submit(
            label, {"workflowTemplateRef": {"name": template}, "arguments": {"parameters": values}}
        )

    def answer(self, name: str, decision: str, approver: str) -> None:
        """What `argo node set … --output-parameter` and `argo resume` do to the node that waits."""
        node = self.node(name, "approval")
        given = [{"name": "decision", "value": decision}, {"name": "approver", "value": approver}]
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        change = {"phase": "Succeeded", "finishedAt": now, "outputs": {"parameters": given}}
        patch = json.dumps({"status": {"nodes": {node["id"]: change}}})
        self.kubectl("patch", "workflow", name, "--type=merge", "-p", patch)

    def nodes(self, name: str, display: str | None = None) -> list[dict]:
        """The nodes of a workflow in the order they started."""
        nodes = self.workflows.get(name, {}).get("status", {}).get("nodes", {}).values()
        found = [n for n in nodes if display is None or n["displayName"] == display]
        return sorted(found, key=lambda n: n.get("startedAt") or "")

    def node(self, name: str, display: str) -> dict:
        found = self.nodes(name, display)
        return found[0] if found else {}

    def phase(self, name: str) -> str:
        return self.workflows.get(name, {}).get("status", {}).get("phase", "")

    def until(self, what, seconds: float, why: str):
        """Waits until `what` returns something, looking again at each change."""
        end = time.monotonic() + seconds
        with self.changed:
            while True:
                found = what()
                if found:
                    return found
                left = end - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"{why}: not within {seconds:.0f} s")
                self.changed.wait(min(left, 5))

    def ended(self, name: str, seconds: float = 900) -> str:
        """Waits for the end of a workflow with all that belongs to it; returns its phase."""
        self.until(
            lambda: self.workflows.get(name, {}).get("metadata", {}).get("labels", {}).get(
                "workflows.argoproj.io/completed") == "true",
            seconds, f"{name} has not ended")
        return self.phase(name)

    def waits_for_approval(self, name: str, seconds: float = 900) -> None:
        def waiting():
            if self.phase(name) in ("Failed", "Error"):
                raise RuntimeError(f"{name} ended {self.phase(name)} before anybody was asked")
            return self.node(name, "approval").get("phase") == "Running"

        self.until(waiting, seconds, f"{name} asks for no approval")

    def pod(self, name: str, step: str) -> dict | None:
        """The pod of a step that runs now."""
        for pod in self.pods.values():
            labels = pod["metadata"].get("labels", {})
            mine = labels.get("workflows.argoproj.io/workflow") == name
            if mine and labels.get("app.kubernetes.io/name") == step and pod["status"].get("phase") == "Running":
                return pod
        return None

    def tries(self, name: str, step: str) -> int:
        """In how many pods a step ran. Argo makes a pod anew, under the same name, that is lost before it was seen to run."""
        return sum(
            len(self.lives[pod["metadata"]["name"]])
            for pod in self.pods.values()
            if pod["metadata"].get("labels", {}).get("workflows.argoproj.io/workflow") == name
            and pod["metadata"].get("labels", {}).get("app.kubernetes.io/name") == step)

    def delete_pod(self, pod: dict) -> None:
        self.kubectl("delete", "pod", pod["metadata"]["name"], "--grace-period=0", "--force")

    def kill_step(self, pod: dict, step: str) -> None:
        """SIGKILL to the program in the pod's main container, as the kernel does when memory is short."""
        found = self.processes(pod, step)
        if not found:
            raise RuntimeError(f"no process of {step} is in the pod {pod['metadata']['name']}")
        for process in found:
            os.kill(process, signal.SIGKILL)

    @staticmethod
    def processes(pod: dict, step: str) -> list[int]:
        """The processes of the step itself in its pod, on this machine, which is the node."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
                ours = pod["metadata"]["uid"] in (process / "cgroup").read_text()
            except OSError:
                continue
            if ours and step.encode() in words and b"emissary" not in words:
                found.append(int(process.name))
        return found

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.running = False
        self.thread.join()
        self.save()

    def _watch(self) -> None:
        while self.running:
            try:
                found = json.loads(self.kubectl("get", "workflows,pods", "-o", "json"))["items"]
            except Exception as e:  # nobody else looks: whatever happens, look again
                print(f"             looking again: {type(e).__name__}: {e}", flush=True)
                time.sleep(1)
                continue
            with self.changed:
                for item in found:
                    name = item["metadata"]["name"]
                    if item["kind"] == "Workflow":
                        self.workflows[name] = item
                    else:
                        self.pods[name] = item
                        self.lives.setdefault(name, set()).add(item["metadata"]["uid"])
                self.changed.notify_all()
            time.sleep(1)

    def save(self) -> None:
        """All that was seen, for those who look for the reason."""
        for kind, found in (("workflow", self.workflows), ("pod", self.pods)):
            for name, item in found.items():
                (self.out / f"{kind}-{name}.json").write_text(json.dumps(item, indent=1))

    def unfinished(self, name: str) -> str:
        """Why a workflow may not have ended: the controller's troubles with it, and what its unfinished pods say now."""
        lines = self.troubles(name)
        selector = f"workflows.argoproj.io/workflow={name}"
        for pod in json.loads(self.kubectl("get", "pods", "-l", selector, "-o", "json"))["items"]:
            if pod["status"].get("phase") in ("Succeeded", "Failed"):
                continue
            lines.append(f"  pod {pod['metadata']['name']}: {pod['status'].get('phase')}")
            for container in pod["status"].get("containerStatuses", []):
                lines.append(f"    {container['name']}: {json.dumps(container['state'])}")
                lines += [f"      {line}" for line in self.last_words(pod, container["name"])]
        return "\n".join(lines)

    def troubles(self, name: str) -> list[str]:
        """The last warnings and errors of the controller about a workflow."""
        log = self.kubectl("-n", "argo", "logs", "deployment/workflow-controller", "--tail=20000").splitlines()
        bad = [line for line in log if name in line and ("level=WARN" in line or "level=ERROR" in line)]
        return [f"  controller: {line[:400]}" for line in bad[-5:]]

    def last_words(self, pod: dict, container: str) -> list[str]:
        try:
            return self.kubectl("logs", pod["metadata"]["name"], "-c", container, "--tail=15").splitlines()
        except RuntimeError as e:
            return [str(e)]

    def story(self, name: str) -> str:
        """The nodes of a workflow with what they say."""
        lines = [f"{name}: {self.phase(name)} {self.workflows.get(name, {}).get('status', {}).get('message', '')}"]
        for n in self.nodes(name):
            code = n.get("outputs", {}).get("exitCode", "-")
            lines.append(f"  {n['type']:9} {n['phase']:9} {n['displayName']:22} exit={code:4} {n.get('message', '')}")
        return "\n".join(lines)
