"""Compiles the pipelines beside this file.

    python compile.py [DIR]      writes DIR/primum-*.yaml, by default beside this file

Needs kfp, kfp-kubernetes and primum_kfp. The committed files are what kfp 2.17.0 makes; `make e2e-kfp` compiles them again and
compares. Your image goes in with the variable PRIMUM_KFP_IMAGE.
"""

import pathlib
import sys

from kfp import compiler

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from primum_ci_gate import primum_ci_gate  # noqa: E402
from primum_release import primum_release  # noqa: E402
from primum_shap import primum_shap  # noqa: E402

PIPELINES = (primum_ci_gate, primum_release, primum_shap)


def write(directory: pathlib.Path) -> None:
    for pipeline in PIPELINES:
        compiler.Compiler().compile(pipeline, str(directory / f"{pipeline.name}.yaml"))


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
