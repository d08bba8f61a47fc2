"""Runs the shell parts of one CI example in a workspace, as its platform would, and collects what it would keep.

    run.py github|gitlab|tekton FILE WORKSPACE

The exit code is that of the first part that failed, as on the platform. What the platform would keep is copied to
WORKSPACE.kept. Only what the examples use is known; anything else is an error here, so that nothing is passed over.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml


def fail(text):
    raise SystemExit(f"run.py: {text}")


def known(where, given, *names):
    for name in set(given) - set(names):
        fail(f"{where}: '{name}' is not known here")


def shell(command, workspace, environment):
    return subprocess.run(command, cwd=workspace, env={**os.environ, **environment}).returncode


def collect(patterns, workspace, kept):
    """Copies what matches, with its path below the workspace."""
    found = 0
    for pattern in patterns:
        for match in glob.glob(str(workspace / pattern)):
            for file in [Path(match)] if Path(match).is_file() else Path(match).rglob("*"):
                if file.is_file():
                    to = kept / file.relative_to(workspace)
                    to.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(file, to)
                    found += 1
    return found


def github(document, workspace, kept):
    (job,) = document["jobs"].values()
    known("job", job, "runs-on", "timeout-minutes", "steps")
    environment = {**document.get("env", {}), "GITHUB_STEP_SUMMARY": str(workspace) + ".summary"}
    code = 0
    for step in job["steps"]:
        known(f"step {step.get('name', '')}", step, "name", "uses", "with", "env", "run", "if")
        if not github_holds(step.get("if", "success()"), code == 0, workspace):
            continue
        # A secret that is not set is empty.
        secrets = {name: "" for name in step.get("env", {})}
        if "run" in step:
            result = shell(["bash", "-e", "-c", step["run"]], workspace, {**environment, **secrets})
            code = code or result
        else:
            github_action(step["uses"].split("@")[0], step.get("with", {}), workspace, kept)
    return code


def github_holds(condition, passed, workspace):
    condition = re.sub(r"^\$\{\{\s*(.*?)\s*\}\}$", r"\1", condition)
    holds = True
    for part in condition.split(" && "):
        files = re.fullmatch(r"hashFiles\('(.*)'\) != ''", part)
        if files:
            holds = holds and bool(glob.glob(str(workspace / files[1])))
        elif part == "success()":
            holds = holds and passed
        elif part != "!cancelled()":
            fail(f"if: '{part}' is not known here")
    return holds


def github_action(action, options, workspace, kept):
    if action == "actions/checkout":
        return
    if action == "actions/upload-artifact":
        known(action, options, "name", "path", "if-no-files-found")
        collect(options["path"].split(), workspace, kept)
    elif action == "github/codeql-action/upload-sarif":
        known(action, options, "sarif_file")
        if not glob.glob(str(workspace / options["sarif_file"] / "*.sarif")):
            fail("upload-sarif would find no SARIF file and fail the job")
    else:
        fail(f"uses: '{action}' is not known here")


def gitlab(document, workspace, kept):
    jobs = {name: job for name, job in document.items() if name not in ("stages",)}
    ((_, job),) = jobs.items()
    known("job", job, "stage", "image", "services", "variables", "script", "retry", "artifacts")
    if job["retry"] != {"max": 2, "exit_codes": [75]}:
        fail("the job is not tried again on 75 alone")
    # The runner joins the entries to one script, which ends at the first that fails.
    code = shell(["sh", "-e", "-c", "\n".join(job["script"])], workspace, job["variables"])
    artifacts = job["artifacts"]
    known("artifacts", artifacts, "when", "expire_in", "expose_as", "paths", "reports")
    if artifacts["when"] == "always" or code == 0:
        collect(artifacts["paths"], workspace, kept)
    if not (workspace / artifacts["reports"]["junit"]).is_file() and code in (0, 20, 21):
        fail("the report for GitLab is not there")
    return code


def tekton(document, workspace, kept):
    task = next(o for o in document if o["kind"] == "Task")["spec"]
    pipeline = next(o for o in document if o["kind"] == "Pipeline")["spec"]
    values = {f"params.{p['name']}": p["default"] for p in task["params"]}
    values |= {f"params.{p['name']}": p["default"] for p in pipeline["params"]}
    values["workspaces.source.path"] = "/workspace/source"
    template = task["stepTemplate"]
    security = template["securityContext"]
    (mount,) = template["volumeMounts"]
    for step in task["steps"]:
        known(f"step {step['name']}", step, "name", "args")
        command = ["docker", "run", "--rm", "--tmpfs", mount["mountPath"]]
        command += ["--read-only"] if security["readOnlyRootFilesystem"] else []
        command += ["--user", f"{security['runAsUser']}:{security['runAsGroup']}"]
        for capability in security["capabilities"]["drop"]:
            command += ["--cap-drop", capability]
        command += ["--security-opt", "no-new-privileges"]
        command += ["--volume", f"{workspace}:/workspace/source"]
        command += ["--workdir", substitute(template["workingDir"], values)]
        command += ["--entrypoint", template["command"][0], substitute(template["image"], values)]
        command += template["command"][1:] + [substitute(a, values) for a in step["args"]]
        code = shell(command, workspace, {})
        if code:
            break
    # The workspace outlives the pod; nothing is copied elsewhere.
    collect(["out/*/*.html", "out/*/*.json", "out/ci"], workspace, kept)
    return code


def substitute(text, values):
    return re.sub(r"\$\(([^)]*)\)", lambda m: values[m[1]], text)


def main():
    platform, file, workspace = sys.argv[1], sys.argv[2], Path(sys.argv[3]).resolve()
    kept = Path(f"{workspace}.kept")
    with open(file, encoding="utf-8") as text:
        documents = list(yaml.safe_load_all(text))
    if platform == "github":
        return github(documents[0], workspace, kept)
    if platform == "gitlab":
        return gitlab(documents[0], workspace, kept)
    if platform == "tekton":
        return tekton(documents, workspace, kept)
    fail(f"no such platform: {platform}")


sys.exit(main())
