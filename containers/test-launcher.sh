#!/usr/bin/env bash
# What primum.c does, with a script in Java's place: options by step, exit codes, signals, and the sentence for want of memory.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-launcher.XXXXXX")
trap 'rm -rf "$work"' EXIT
cat >"$work/java" <<'SH'
#!/bin/sh
[ -z "${SHOW_WAITING:-}" ] || echo "$OMP_WAIT_POLICY"
case "$*" in
  *' exit '*) exit "${*##* }" ;;
  *' notice') printf 'WARNING: Using incubator modules: ' >&2; sleep 0.1; printf 'jdk.incubator.vector\nand on\nWARNING: other' >&2 ;;
  *' other') printf 'WARNING: Using' >&2 ;;
  *' kill') kill -9 $$ ;;
  *' wait') trap 'echo asked; exit 143' TERM; echo ready >"$READY"; while :; do sleep 0.1; done ;;
  *) for word in "$@"; do printf '[%s]' "$word"; done ;;
esac
SH
chmod +x "$work/java"
"${CC:-gcc}" -std=c17 -Wall -Wextra -Werror -fsanitize=address,undefined -DJAVA="\"$work/java\"" -DOPTIONS='"/o"' -o "$work/primum" "$here/primum.c"
export PRIMUM_TERMINATION_LOG=$work/log
failed=0
same() { # WHAT EXPECTED FOUND
  if [ "$2" = "$3" ]; then echo "ok    $1"; else
    echo "FAIL  $1: expected $2, got $3"
    failed=1
  fi
}
code() { "$@" >/dev/null 2>&1 && echo 0 || echo $?; }

main='[org.primum.cli.Primum]'
same "a quick step has its options" "[@/o/java.options][@/o/quick.options]${main}[gate][--policy=a b]" "$("$work/primum" gate '--policy=a b')"
same "training has its own" "[@/o/java.options][@/o/train.options]${main}[train]" "$("$work/primum" train)"
same "so have explanations" "[@/o/java.options][@/o/shap.options]${main}[shap-batch]" "$("$work/primum" shap-batch)"
same "any other step is a long one" "[@/o/java.options][@/o/long.options]${main}[shap-merge][@x]" "$("$work/primum" shap-merge @x)"
same "no step is a quick one" "[@/o/java.options][@/o/quick.options]$main" "$("$work/primum")"
same "JAVA_OPTS are words, after those of the image" "[@/o/java.options][@/o/quick.options][-Xmx1g][-Da=b]${main}[gate]" "$(JAVA_OPTS=' -Xmx1g  -Da=b ' "$work/primum" gate)"
same "threads wait without spinning" passive "$(SHOW_WAITING=1 "$work/primum" gate exit 0)"
same "what Java says goes to stderr, without its notice of the vector module" "and on
WARNING: other" "$("$work/primum" shap-batch notice 2>&1 >/dev/null)"
same "and in full where it says anything else" "WARNING: Using" "$("$work/primum" shap-batch other 2>&1 >/dev/null)"
same "the exit code is Java's" 21 "$(code "$work/primum" gate exit 21)"
same "and says nothing of memory" "" "$(cat "$work/log" 2>/dev/null || true)"
same "exit 3 is passed on" 3 "$(code "$work/primum" train exit 3)"
same "with a sentence" "OUT_OF_MEMORY: train needs more memory than Java's heap may take here. Give the container more memory." "$(cat "$work/log")"
same "killed is 137" 137 "$(code "$work/primum" score kill)"
same "with another" "OUT_OF_MEMORY: score was killed (SIGKILL), most likely at its memory limit. Give the container more memory." "$(cat "$work/log")"
export READY=$work/ready
"$work/primum" train wait >"$work/out" 2>&1 &
launcher=$!
until [ -s "$READY" ]; do sleep 0.05; done
kill -TERM "$launcher"
ended=0
wait "$launcher" || ended=$?
same "SIGTERM reaches Java, and its answer counts" "143 asked" "$ended $(cat "$work/out")"
exit "$failed"
