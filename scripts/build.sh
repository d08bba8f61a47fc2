#!/bin/sh
# Builds target/primum.jar, target/lib and the start-up cache, without tests and static analysis.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"
JAVA_HOME=$(scripts/find-java.sh)
export JAVA_HOME
command -v mvn >/dev/null || { echo "primum: Maven 3.8.6 or newer is needed to build (Debian: apt-get install maven)" >&2; exit 1; }
mkdir -p target
if ! mvn -B -q -Dquick -Dmaven.test.skip=true package >target/build.log 2>&1; then
  grep ERROR target/build.log | head -n 20 >&2
  echo "primum: the build failed; the whole log is target/build.log" >&2
  exit 1
fi
scripts/start-cache.sh
