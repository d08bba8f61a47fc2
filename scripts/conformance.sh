#!/usr/bin/env bash
# Runs Fairlearn, AIF360, scikit-learn, statsmodels and SciPy on scored tables, here and now, and holds every number of our
# audit of the same tables against theirs; then exports models from scikit-learn and holds our margins against its own.
# Prints the largest deviation of each kind, and fails above the tolerance.
# The tools come into a Python environment of their own in the cache, at the versions of scripts/conformance/requirements.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}/conformance
pins=scripts/conformance/requirements.txt
venv=$cache/venv-$(cksum <"$pins" | cut -d' ' -f1)

if [ ! -f "$venv/done" ]; then
  echo "conformance: installing $(wc -l <"$pins") Python packages into $venv" >&2
  command -v python3 >/dev/null || { echo "conformance: Python 3.11 or newer is needed" >&2; exit 1; }
  rm -rf "$venv"
  mkdir -p "$cache"
  python3 -m venv "$venv" || { echo "conformance: python3 -m venv does not work (Debian: apt-get install python3-venv)" >&2; exit 1; }
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$pins" >&2
  touch "$venv/done"
fi

./primum --version >/dev/null # builds it where it is stale
export PRIMUM_NO_BUILD=1
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-conformance.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$venv/bin/python" scripts/conformance/compare.py "$work"
echo "conformance: models that docs/model-json.md exports from scikit-learn" >&2
"$venv/bin/python" scripts/conformance/exports.py "$work"
