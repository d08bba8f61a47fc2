#!/bin/sh
# Records a start of the short steps in target/primum.aot, so that later starts are faster. Never fatal:
# without the cache everything works, slower.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"
JAVA_HOME=$(scripts/find-java.sh)
rm -f target/primum.aot
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -XX:AOTCacheOutput=target/primum.aot -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable -Xlog:all=off \
  -cp "target/primum.jar:target/lib/*" org.primum.cli.Primum describe --format=json >/dev/null 2>&1 || true
