"""What all steps have in common as tasks: where they come from, their image, caching and retries."""

from __future__ import annotations

import functools
import os
import pathlib
from typing import Any, Mapping, Optional, Union

import yaml
from kfp import components, dsl
from kfp.dsl import pipeline_channel, pipeline_task

from primum_kfp import _facts

Text = Union[str, int, pipeline_channel.PipelineChannel]
Whole = Union[int, pipeline_channel.PipelineChannel]
Number = Union[float, pipeline_channel.PipelineChannel]
Flag = Union[bool, pipeline_channel.PipelineChannel]
#: What another task left (`task.outputs["scored"]`), or an input artifact of the pipeline.
Artifact = Union[dsl.Artifact, pipeline_channel.PipelineChannel]
#: What the tasks of a loop left: `dsl.Collected(task.outputs["evidence"])`.
Artifacts = Union[dsl.Collected, pipeline_channel.PipelineChannel]

_COMPONENTS = pathlib.Path(__file__).parent / "components"
_image: Optional[str] = None


def image(reference: Optional[str] = None) -> str:
    """The image of every task that is made from here on.

    Args:
        reference: sets it, best by digest: "registry.example/primum@sha256:…". Without it, the one
            set before, else the variable PRIMUM_KFP_IMAGE, else the one of this release.

    Returns:
        The reference in force.
    """
    global _image
    if reference is not None:
        _image = reference
    return _image or os.environ.get("PRIMUM_KFP_IMAGE", "") or _facts.IMAGE


def component(step: str) -> dsl.base_component.BaseComponent:
    """A step as the SDK's own component, e.g. `component("fairness-audit")`.

    Of a task that is made from it directly, caching and retries are the SDK's usual ones: switch
    caching off for whatever decides or changes something.
    """
    return _component(step, image())


@functools.lru_cache(maxsize=None)
def _component(step: str, reference: str) -> dsl.base_component.BaseComponent:
    specification = yaml.safe_load((_COMPONENTS / f"{step}.yaml").read_text(encoding="utf-8"))
    executor = specification["deploymentSpec"]["executors"][f"exec-{step}"]
    executor["container"]["image"] = reference
    return components.load_component_from_text(yaml.safe_dump(specification))


def task(step: str, arguments: Mapping[str, Any]) -> dsl.PipelineTask:
    """The task of a step. What decides or changes something is never taken from a cache, nor is what
    reads from a location, whose bytes no cache key knows."""
    given = {n: value for n, value in arguments.items() if not _is_left_out(value)}
    loaded = component(step)
    for name, value in given.items():
        declared = loaded.component_spec.inputs[name].type
        if declared == "String" and isinstance(value, (int, float)):
            given[name] = str(value)  # a number without a default is a text that may be empty
    made = loaded(**given)
    if getattr(made, "state", None) == pipeline_task.TaskState.FINAL:
        return made  # it ran at once, outside of a pipeline
    if step in _facts.NEVER_CACHED or any(name.endswith("_uri") for name in given):
        made.set_caching_options(False)
    if step in _facts.RETRIED:
        made.set_retry(
            num_retries=2, backoff_duration="30s", backoff_factor=2, backoff_max_duration="1800s"
        )
    return made


def _is_left_out(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value == "")


def with_policy(
    made: dsl.PipelineTask, config_map: str, option: str = "policy"
) -> dsl.PipelineTask:
    """Mounts a ConfigMap that holds `<option>.yaml` where the step looks for it. Needs
    kfp-kubernetes.

    Args:
        made: the task.
        config_map: its name.
        option: `policy`; of dp-noise `release` or `budget`.
    """
    from kfp import kubernetes

    kubernetes.use_config_map_as_volume(
        made, config_map_name=config_map, mount_path=f"/etc/primum/{option}", optional=True
    )
    return made


def with_credentials(
    made: dsl.PipelineTask, secret: str = "primum-object-store", config_map: str = "primum-object-store"
) -> dsl.PipelineTask:
    """Gives a task the object store: keys from a Secret, endpoint and region from a ConfigMap, both
    as variables and never as parameters. Needs kfp-kubernetes.

    Args:
        made: the task.
        secret: with the keys `accessKey`, `secretKey` and `sessionToken`.
        config_map: with the keys `endpoint` and `region`.
    """
    from kfp import kubernetes

    kubernetes.use_secret_as_env(
        made,
        secret_name=secret,
        secret_key_to_env={
            "accessKey": "AWS_ACCESS_KEY_ID",
            "secretKey": "AWS_SECRET_ACCESS_KEY",
            "sessionToken": "AWS_SESSION_TOKEN",
        },
        optional=True,
    )
    kubernetes.use_config_map_as_env(
        made,
        config_map_name=config_map,
        config_map_key_to_env={"endpoint": "PRIMUM_S3_ENDPOINT", "region": "AWS_REGION"},
        optional=True,
    )
    return made
