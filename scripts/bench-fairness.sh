#!/usr/bin/env bash
# Measures the fairness audit beside other tools on this machine and writes the section of docs/performance.md.
# Usage: [BENCH_ROWS=10000000] [BENCH_RUNS=5] scripts/bench-fairness.sh
# The tools come into a Python environment of their own in the cache, at the versions of scripts/bench/requirements.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}/bench
pins=scripts/bench/requirements.txt
venv=$cache/venv-$(cksum <"$pins" | cut -d' ' -f1)

if [ ! -x "$venv/bin/python" ] || [ ! -f "$venv/done" ]; then
  echo "bench: installing $(wc -l <"$pins") Python packages into $venv" >&2
  command -v python3 >/dev/null || { echo "bench: Python 3.11 or newer is needed" >&2; exit 1; }
  rm -rf "$venv"
  mkdir -p "$cache"
  python3 -m venv "$venv" || { echo "bench: python3 -m venv does not work (Debian: apt-get install python3-venv)" >&2; exit 1; }
  "$venv/bin/pip" install --quiet --requirement "$pins"
  touch "$venv/done"
fi

./primum --version >/dev/null # builds it where it is stale
export PRIMUM_NO_BUILD=1
exec "$venv/bin/python" scripts/bench/compare.py "$cache"
