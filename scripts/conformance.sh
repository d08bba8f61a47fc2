#!/usr/bin/env bash
# Runs Fairlearn, AIF360, scikit-learn, statsmodels and SciPy on scored tables, here and now, and holds every number of our
# audit of the same tables against theirs; then exports models from scikit-learn and holds our margins against its own.
# Then trains models on scikit-learn's tables, and holds our explanations of the saved files against those of XGBoost, LightGBM,
# shap and woodelf. Then serves a model with MLServer, and explains it over HTTP. Prints the largest deviation of each kind, and fails above the tolerance.
# The tools come into Python environments of their own in the cache, at the versions of scripts/conformance/*requirements.txt.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}/conformance

# Prints a Python of 3.12, or the next best that is here; the newest XGBoost and shap want 3.12.
find_python() {
  local found
  for found in "${PYTHON:-}" python3.12 "$HOME"/.pyenv/versions/3.12*/bin/python python3.13 "$HOME"/.pyenv/versions/3.1[3-9]*/bin/python python3; do
    if [ -n "$found" ] && "$found" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$found"
      return
    fi
  done
  echo "conformance: Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv); name one with PYTHON=" >&2
  return 1
}

environment() { # PYTHON REQUIREMENTS   prints the Python that has them, in an environment of its own in the cache
  local venv
  venv=$cache/venv-$("$1" -c 'import sys; print(sys.version_info[1])')-$(cksum <"$2" | cut -d' ' -f1)
  if [ ! -f "$venv/done" ]; then
    echo "conformance: installing the packages of $2 into $venv" >&2
    rm -rf "$venv"
    mkdir -p "$cache"
    "$1" -m venv "$venv" || { echo "conformance: $1 -m venv does not work (Debian: apt-get install python3-venv)" >&2; return 1; }
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$2" >&2
    touch "$venv/done"
  fi
  echo "$venv/bin/python"
}

python=$(find_python)
fairness=$(environment python3 scripts/conformance/requirements.txt)
peers=$(environment "$python" scripts/conformance/explain-requirements.txt)
served=$(environment python3 scripts/conformance/served-requirements.txt)
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' ||
  echo "conformance: no Python 3.12 here; XGBoost 3.2.0 and shap 0.51.0 run in the place of 3.4.1 and 0.54.1" >&2

./primum --version >/dev/null # builds it where it is stale
export PRIMUM_NO_BUILD=1
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-conformance.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$fairness" scripts/conformance/compare.py "$work"
echo "conformance: models that docs/model-json.md exports from scikit-learn" >&2
"$fairness" scripts/conformance/exports.py "$work"
echo "conformance: explanations beside XGBoost, LightGBM, shap and woodelf" >&2
"$peers" scripts/conformance/explain.py "$work"
echo "conformance: a model that MLServer serves, beside an enumeration by scikit-learn" >&2
"$served" scripts/conformance/served.py "$work"
