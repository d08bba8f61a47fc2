#!/bin/sh
# Builds target/primum.jar, target/lib and the start-up cache, without tests and static analysis.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"
JAVA_HOME=$(scripts/find-java.sh)
export JAVA_HOME
mvn -B -q -Dquick -DskipTests -Dmaven.test.skip=true package 2>&1 |
  grep -v -e 'sun.misc.Unsafe' -e 'Please consider reporting' -e 'terminally deprecated' -e '^.\[0m' || true
[ -f target/primum.jar ] || { echo "primum: the build failed; run: make build" >&2; exit 1; }
scripts/start-cache.sh
