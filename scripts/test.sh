#!/usr/bin/env bash
# Runs every test against S3 servers that are started here and stopped again.
set -euo pipefail
cd "$(dirname "$0")/.."
JAVA_HOME=$(scripts/find-java.sh)
export JAVA_HOME
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-test.XXXXXX")
stop() {
  scripts/s3.sh down "$work/seaweedfs" || true
  scripts/s3.sh down "$work/versitygw" || true
  rm -rf "$work"
}
trap stop EXIT
eval "$(scripts/s3.sh up seaweedfs "$work/seaweedfs")"
eval "$(scripts/s3.sh up versitygw "$work/versitygw")"
mvn -B --no-transfer-progress verify 2>&1 |
  grep -v -e 'sun.misc.Unsafe' -e 'Please consider reporting' -e 'terminally deprecated'
