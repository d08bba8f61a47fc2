#!/usr/bin/env bash
# Runs every test against S3 servers that are started here and stopped again.
set -euo pipefail
cd "$(dirname "$0")/.."
JAVA_HOME=$(scripts/find-java.sh)
export JAVA_HOME
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-test.XXXXXX")
stop() {
  for server in seaweedfs versitygw; do
    [ ! -d "$work/$server" ] || scripts/s3.sh down "$work/$server" || true
  done
  rm -rf "$work"
}
trap stop EXIT

# Starts a server and puts its address into the environment.
start() {
  scripts/s3.sh up "$1" "$work/$1" >"$work/$1.env"
  # shellcheck disable=SC1090
  . "$work/$1.env"
}

groups="${PRIMUM_TEST_EXCLUDED_GROUPS:-}"
start seaweedfs
if command -v go >/dev/null; then
  start versitygw
else
  echo "primum: no Go on this machine: the second S3 server, versitygw, is left out" >&2
  groups="${groups:+$groups | }versitygw"
fi
mvn -B --no-transfer-progress verify "-Dtest.excludedGroups=$groups" 2>&1 |
  grep -v -e 'sun.misc.Unsafe' -e 'Please consider reporting' -e 'terminally deprecated'
