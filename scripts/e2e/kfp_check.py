"""Holds everything for Kubeflow Pipelines against the installed SDK: components, package, pipelines.

    python kfp_check.py [--same-sdk]

With --same-sdk the SDK is the one that made the committed pipelines, so they have to be the same to the byte; with another one
everything but the SDK's name has to be.
"""

import inspect
import pathlib
import subprocess
import sys
import tempfile

import kfp
import yaml
from google.protobuf import json_format
from kfp import compiler, components
from kfp.kubernetes import kubernetes_executor_config_pb2
from kfp.pipeline_spec import pipeline_spec_pb2

ROOT = pathlib.Path(__file__).resolve().parents[2]
PIPELINES = ROOT / "pipelines" / "kubeflow"
STEPS = sorted(path.parent.name for path in ROOT.glob("steps/*/kfp"))


def fail(message):
    sys.exit(f"kfp-check: {message}")


def expect(condition, message):
    if not condition:
        fail(message)


def documents(path):
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def strictly(path):
    """Parses as the API server does: a field the message does not have is an error."""
    specification, *platform = documents(path)
    json_format.ParseDict(specification, pipeline_spec_pb2.PipelineSpec())
    expect(specification["schemaVersion"] == "2.1.0", f"{path}: schemaVersion")
    for document in platform:
        executors = document["platforms"]["kubernetes"]["deploymentSpec"]["executors"]
        for configuration in executors.values():
            json_format.ParseDict(
                configuration, kubernetes_executor_config_pb2.KubernetesExecutorConfig()
            )
    return specification


def interface(specification, step):
    """Names, types and defaults of inputs and outputs, and the container: what a round trip has to keep."""
    component = specification["components"][f"comp-{step}"]
    facts = {}
    for side in ("inputDefinitions", "outputDefinitions"):
        for name, artifact in component.get(side, {}).get("artifacts", {}).items():
            facts[side, name, "artifact"] = (
                artifact["artifactType"]["schemaTitle"],
                artifact.get("isArtifactList", False),
                artifact.get("isOptional", False),
            )
        for name, parameter in component.get(side, {}).get("parameters", {}).items():
            facts[side, name, "parameter"] = (
                parameter["parameterType"],
                parameter.get("defaultValue"),
                parameter.get("isOptional", False),
            )
    container = specification["deploymentSpec"]["executors"][f"exec-{step}"]["container"]
    facts["container"] = (container["image"], container["command"], container["args"])
    return facts


def same_names(facts):
    return {key for key in facts if key != "container"}


def check_components(scratch):
    for step in STEPS:
        path = ROOT / "steps" / step / "kfp" / "component.yaml"
        committed = strictly(path)
        loaded = components.load_component_from_file(str(path))
        again = scratch / f"{step}.yaml"
        compiler.Compiler().compile(loaded, str(again))
        expect(
            interface(strictly(again), step) == interface(committed, step),
            f"{path}: the SDK does not give back what it read",
        )
        former = ROOT / "steps" / step / "kfp" / "component.v1.yaml"
        loaded = components.load_component_from_file(str(former))
        compiler.Compiler().compile(loaded, str(again))
        expect(
            same_names(interface(strictly(again), step)) == same_names(interface(committed, step)),
            f"{former}: other inputs or outputs than {path}",
        )


def check_package():
    import primum_kfp

    installed = pathlib.Path(primum_kfp.__file__).parent
    expect((installed / "py.typed").is_file(), "primum_kfp: py.typed is not installed")
    for step in STEPS:
        path = ROOT / "steps" / step / "kfp" / "component.yaml"
        packaged = installed / "components" / f"{step}.yaml"
        expect(packaged.read_text() == path.read_text(), f"{packaged}: not {path}")
        function = getattr(primum_kfp, step.replace("-", "_"))
        inputs = documents(path)[0]["components"][f"comp-{step}"]["inputDefinitions"]
        given = {
            name
            for name, parameter in inputs.get("parameters", {}).items()
            if parameter["parameterType"] != "TASK_FINAL_STATUS"
        } | set(inputs.get("artifacts", {}))
        expect(set(inspect.signature(function).parameters) == given, f"{step}: other arguments")
        expect((function.__doc__ or "").strip(), f"{step}: no documentation")
    chosen = "registry.example/primum@sha256:" + "0" * 64
    before = primum_kfp.image()
    primum_kfp.image(chosen)
    container = primum_kfp.component("gate").component_spec.implementation.container
    expect(container.image == chosen, "primum_kfp.image does not reach the component")
    primum_kfp.image(before)


def check_pipelines(scratch, same_sdk):
    subprocess.run([sys.executable, str(PIPELINES / "compile.py"), str(scratch)], check=True)
    committed = sorted(PIPELINES.glob("primum-*.yaml"))
    expect(len(committed) == 3, "three pipelines are committed")
    for path in committed:
        strictly(path)
        made = scratch / path.name
        if same_sdk:
            expect(made.read_text() == path.read_text(), f"{path} is stale: run compile.py")
        mine, theirs = documents(path), documents(made)
        for document in (mine[0], theirs[0]):
            document.pop("sdkVersion")
        expect(mine == theirs, f"{path}: kfp {kfp.__version__} compiles something else")
        again = scratch / f"again-{path.name}"
        compiler.Compiler().compile(components.load_component_from_file(str(path)), str(again))
        strictly(again)


def main():
    same_sdk = "--same-sdk" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        check_components(pathlib.Path(scratch))
        check_package()
        check_pipelines(pathlib.Path(scratch), same_sdk)
    print(
        f"kfp-check: {len(STEPS)} components, as many of the first version, the package and 3 pipelines hold with kfp"
        f" {kfp.__version__}",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
