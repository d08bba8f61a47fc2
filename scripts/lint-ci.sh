#!/usr/bin/env bash
# Holds the CI examples of pipelines/ci against their platforms: GitHub's by actionlint and the workflow schema,
# GitLab's by its schema, Tekton's by Tekton's own validation, the Jenkinsfile by Groovy's compiler; the shell in each
# of them by shellcheck. Each check is shown a mistake first, so that one that accepts everything is found.
set -euo pipefail
# shellcheck source=scripts/e2e/ci/tools.sh
. "$(dirname "$0")/e2e/ci/tools.sh"
JAVA_HOME=$("$root/scripts/find-java.sh")
export JAVA_HOME
python_packages
linters
examples=$root/pipelines/ci
broken=$(mktemp -d "${TMPDIR:-/tmp}/primum-lint-ci.XXXXXX")
trap 'rm -rf "$broken"' EXIT
export PATH="$python:$PATH" # actionlint looks for shellcheck there

# holds NAME FILE MISTAKE COMMAND...   the command accepts the file, and refuses it with the mistake (a sed script)
holds() {
  local name=$1 file=$2 mistake=$3 wrong
  shift 3
  wrong=$broken/$(basename "$file")
  sed "$mistake" "$file" >"$wrong"
  cmp -s "$file" "$wrong" && fail "$name: the mistake '$mistake' changes nothing in $file"
  "$@" "$wrong" >"$broken/said" 2>&1 && fail "$name accepts a mistake: $mistake"
  "$@" "$file" >"$broken/said" 2>&1 || { cat "$broken/said" >&2; fail "$name: $file"; }
  say "$name: ${file#"$root/"}"
}

compiles() { groovy -e 'new GroovyShell().parse(new File(args[0]))' "$1"; }
shells() { "$python/python" "$parts/shells.py" "$1" | "$python/shellcheck" --shell=sh -; }

holds actionlint "$examples/github-actions.yml" 's/hashFiles/hashfile/' "$actionlint" -no-color
holds "GitHub's schema" "$examples/github-actions.yml" 's/runs-on/run-on/' check-jsonschema --builtin-schema vendor.github-workflows
holds "GitLab's schema" "$examples/gitlab-ci.yml" 's/exit_codes: \[75\]/exit_codes: {}/' \
  check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci
holds "Tekton's validation" "$examples/tekton.yaml" 's/workspace: source}/workspace: sauce}/' "$tekton"
holds "Tekton's types" "$examples/tekton.yaml" 's/workingDir/workingdir/' "$tekton"
holds "Groovy's compiler" "$examples/Jenkinsfile" 's/script {/script {{/' compiles
for file in gitlab-ci.yml Jenkinsfile; do
  # shellcheck disable=SC2016
  holds shellcheck "$examples/$file" 's/"$PRIMUM_IMAGE" "$@"/$PRIMUM_IMAGE $@/' shells
done
