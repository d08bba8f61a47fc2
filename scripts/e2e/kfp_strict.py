"""Makes kfp.local's DockerRunner behave as a cluster does. For tests only.

The local runner of kfp 2.17 differs from the backend in six ways that matter to container components; install() mends them:

1. It starts containers with auto_remove and takes "already removed" for exit code 0, so a quick failure is now and then
   reported as success.
2. It hands the component's command to Docker as CMD, so the image's ENTRYPOINT is put in front of it; on Kubernetes the
   command replaces ENTRYPOINT.
3. It knows the output artifacts of a container component from the executor output alone; the backend takes every declared
   output from its path.
4. It does not make the folders of the outputs; the launcher does.
5. It does not find the items of a ParallelFor that are a named output parameter of a task.
6. All tasks of one component, and all tries of a task, write into one folder; the backend gives each try a folder of its own.
"""

import itertools
import os
import threading

from kfp.local import docker_task_handler, executor_input_utils, executor_output_utils
from kfp.local.orchestrator import enhanced_dag_orchestrator
from kfp.local.orchestrator.orchestrator_utils import OrchestratorUtils

#: How each task ended, in the order of their ends: (folder of the task, exit code).
ended = []


def install() -> None:
    docker_task_handler.run_docker_container = _run
    _mend_outputs()
    _mend_folders()
    _mend_items()


def _run(client, image, command, volumes, **arguments):
    client.images.get(image)  # never pull: there is no registry
    container = client.containers.create(
        image=image, entrypoint=command[:1], command=command[1:], volumes=volumes, **arguments
    )
    try:
        container.start()
        for line in container.logs(stream=True, follow=True):
            print(line.decode(errors="replace"), end="")
        code = container.wait()["StatusCode"]
        ended.append((command[1] if len(command) > 1 else command[0], code))
        return code
    finally:
        container.remove(force=True)


def _mend_outputs() -> None:
    typed = executor_output_utils.add_type_to_executor_output

    def with_declared(executor_input, executor_output):
        for name, artifacts in executor_input.outputs.artifacts.items():
            written = executor_output.artifacts[name].artifacts
            if not written:
                executor_output.artifacts[name].CopyFrom(artifacts)
            for mine, declared in zip(executor_output.artifacts[name].artifacts, artifacts.artifacts):
                mine.uri = mine.uri or declared.uri
                mine.name = mine.name or declared.name
        return typed(executor_input=executor_input, executor_output=executor_output)

    executor_output_utils.add_type_to_executor_output = with_declared


def _mend_folders() -> None:
    construct = executor_input_utils.construct_executor_input
    root = executor_input_utils.construct_local_task_root
    numbers = itertools.count()
    lock = threading.Lock()

    def own_root(pipeline_root, pipeline_resource_name, task_resource_name):
        with lock:
            number = next(numbers)
        return root(pipeline_root, pipeline_resource_name, f"{task_resource_name}-{number:03d}")

    def with_folders(*positional, **named):
        executor_input = construct(*positional, **named)
        outputs = executor_input.outputs
        paths = [outputs.output_file]
        paths += [parameter.output_file for parameter in outputs.parameters.values()]
        paths += [a.uri for artifacts in outputs.artifacts.values() for a in artifacts.artifacts]
        for folder in {os.path.dirname(path) for path in paths}:
            os.makedirs(folder, exist_ok=True)
            os.chmod(folder, 0o777)  # the step runs as another user
        return executor_input

    executor_input_utils.construct_local_task_root = own_root
    executor_input_utils.construct_executor_input = with_folders


def _mend_items() -> None:
    loop = enhanced_dag_orchestrator._run_parallel_for_task

    def with_items(*positional, **named):
        specification, store = named["task_spec"], named["io_store"]
        wanted = specification.parameter_iterator.items.input_parameter
        arguments = OrchestratorUtils.make_task_arguments(specification.inputs, store)
        if wanted in arguments:
            store.put_parent_input(wanted, arguments[wanted])
        return loop(*positional, **named)

    enhanced_dag_orchestrator._run_parallel_for_task = with_items
