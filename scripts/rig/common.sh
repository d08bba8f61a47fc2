# Places and small words of the rig's scripts; read by them with ".", never run.
# shellcheck shell=bash disable=SC2034

rig=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$rig/../.." && pwd)
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}/rig
run=$cache/run               # state of what is running: logs, process ids, keys, etcd, image layers
sockets=/run/primum          # sockets have to have short names
containerd=$sockets/containerd.sock
docker=unix://$sockets/docker.sock
node=10.88.0.1               # the node, and the S3 server for pods
api=10.96.0.1                # the API server, where pods look for it
bridge=primum0
namespace=primum

say() { echo "rig: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

need_root() {
  [ "$(id -u)" = 0 ] || fail "the cluster needs root: it starts containerd, a kubelet and a network bridge. Run it as root."
}

# A process is known by its id and the moment it started, so that an id used again is never taken for it.
born() { cut -d' ' -f22 "/proc/$1/stat" 2>/dev/null || true; }

alive() {
  local pid since
  [ -s "$run/$1.pid" ] || return 1
  read -r pid since <"$run/$1.pid"
  [ -n "$since" ] && [ "$(born "$pid")" = "$since" ]
}

# start NAME COMMAND...   in the background, with its log and process id in the state directory
start() {
  local name=$1
  shift
  mkdir -p "$run/log"
  setsid nohup "$@" >"$run/log/$name.log" 2>&1 </dev/null &
  echo "$! $(born $!)" >"$run/$name.pid"
}

# stop NAME [SECONDS]   by its own id, and for good when it does not end in time
stop() {
  local pid
  if alive "$1"; then
    read -r pid _ <"$run/$1.pid"
    kill "$pid" 2>/dev/null || true
    for _ in $(seq $((${2:-10} * 5))); do
      alive "$1" || break
      sleep 0.2
    done
    alive "$1" && kill -9 "$pid" 2>/dev/null
  fi
  rm -f "$run/$1.pid"
}

# wait_for NAME SECONDS COMMAND...   until the command holds; at once when the process NAME has ended
wait_for() {
  local name=$1 end=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    alive "$name" || fail "$name ended; the end of its log: $(tail -n 3 "$run/log/$name.log")"
    [ "$SECONDS" -lt "$end" ] || fail "$name did not get ready: see $run/log/$name.log"
    sleep 0.3
  done
}
