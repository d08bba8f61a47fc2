#!/usr/bin/env bash
# Measures exact Shapley values of trees beside other tools on this machine and writes the section of docs/performance.md.
# Usage: [BENCH_RUNS=3] [BENCH_SCALE=1] scripts/bench-shap.sh
# The tools come into a Python environment of their own in the cache, at the versions of scripts/bench/shap-requirements.txt,
# which need Python 3.12 or newer; PYTHON names it where it is not on the path.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}/bench
pins=scripts/bench/shap-requirements.txt
venv=$cache/shap-$(cksum <"$pins" | cut -d' ' -f1)

newest() {
  local found
  for found in "${PYTHON:-}" python3.14 python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python python3; do
    [ -n "$found" ] && "$found" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo "$found" && return
  done
  echo "bench: Python 3.12 or newer is needed; name one with PYTHON=" >&2
  return 1
}

if [ ! -f "$venv/done" ]; then
  python=$(newest)
  echo "bench: installing $(wc -l <"$pins") Python packages into $venv" >&2
  rm -rf "$venv"
  mkdir -p "$cache"
  "$python" -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement "$pins"
  touch "$venv/done"
fi

JAVA_HOME=$(scripts/find-java.sh)
export JAVA_HOME
./primum --version >/dev/null # builds it where it is stale
mvn -B -q -Dquick test-compile >target/bench.log 2>&1 ||
  { tail -n 20 target/bench.log >&2; exit 1; }
exec "$venv/bin/python" scripts/bench/shapley.py "$cache/shap"
