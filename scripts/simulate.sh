#!/usr/bin/env bash
# Draws cohorts of known truth, audits them, and writes docs/fairness-simulations.md with its pictures. The same seeds give the
# same bytes. Usage: scripts/simulate.sh [cohorts of each cell, default 3000]
set -euo pipefail
cd "$(dirname "$0")/.."
JAVA_HOME=$(scripts/find-java.sh)
export JAVA_HOME
echo "simulate: compiling" >&2
mvn -B -q --no-transfer-progress -Dquick -DskipTests package >&2
"$JAVA_HOME/bin/java" -cp "target/test-classes:target/classes:target/lib/*" \
  org.primum.fairness.FairnessSimulations docs "${1:-3000}"
