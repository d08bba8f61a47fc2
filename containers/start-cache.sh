#!/bin/sh
# Records what Java loads when the steps start, and writes it as the image's start-up caches, made by the Java that ships:
#   start-cache.sh ROOT TIME WORK
# One is for the quick steps, one for explanations, whose Java has a module more, and one for the others, for what is in a
# cache is loaded at each start. The classes are listed by
# running steps interpreted, at one point in time and with one sequence of random numbers (still.c); a cache is then dumped
# from the list. That leaves no profile in it, and gives the same bytes each time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$1" && pwd)
STILL_SECONDS=$2
export STILL_SECONDS
mkdir -p "$3"
work=$(cd "$3" && pwd)
gcc -std=c17 -O2 -Wall -Wextra -Werror -shared -fPIC -o "$work/still.so" "$here/still.c"
# The jars by names below the root, so that the caches do not depend on where they were built.
sed "/^-D/{s|/opt/primum/|$root/opt/primum/|g;b};s|/opt/primum/|opt/primum/|g" "$root/opt/primum/etc/java.options" >"$work/java.options"

# One processor, and no threads for parallel streams: what several threads load depends on which is first.
# As the options of the step have it.
modules() {
  [ "$1" != shap ] || echo --add-modules=jdk.incubator.vector
}

java() {
  LANG=C.UTF-8 LD_PRELOAD="$work/still.so" "$root/opt/java/bin/java" "@$work/java.options" -XX:+UseSerialGC -XX:ActiveProcessorCount=1 \
    -Djava.util.concurrent.ForkJoinPool.common.parallelism=0 -Djava.io.tmpdir="$work/tmp" "$@"
}

# step CACHE STEP OPTIONS…   runs a step and keeps the list of its classes
step() {
  cache=$1
  shift
  rm -rf "$work/tmp" && mkdir "$work/tmp" # the same random names each time
  # shellcheck disable=SC2046 # none or one
  java $(modules "$cache") -Xint -Xshare:off -XX:+UnlockExperimentalVMOptions -XX:hashCode=2 -XX:DumpLoadedClassList="$work/$cache-$1.classes" \
    org.primum.cli.Primum "$@" >"$work/$1.log" 2>&1 || { cat "$work/$1.log" >&2; exit 1; }
}

# The lists of several steps as one: a line a class, sorted, with all that any of them resolved of it.
joined() {
  sed 's/ id: [0-9]*$//' "$@" | awk '
    /^#/ { next }
    $1 == "@cp" { for (i = 3; i <= NF; i++) { resolved[$2, $i] = 1; if ($i + 0 > most[$2]) most[$2] = $i + 0 }; next }
    !seen[$0]++
    END { for (name in most) { line = "@cp " name; for (i = 1; i <= most[name]; i++) if ((name, i) in resolved) line = line " " i
          print line } }' | LC_ALL=C sort
}

dump() {
  joined "$work/$1"-*.classes >"$work/$1.list"
  # shellcheck disable=SC2046 # none or one
  java $(modules "$1") -Xshare:dump -XX:TieredStopAtLevel=1 -XX:+AOTClassLinking -XX:SharedClassListFile="$work/$1.list" \
    -XX:SharedArchiveFile="$root/opt/primum/$1.jsa" >"$work/$1-dump.log" 2>&1 || { cat "$work/$1-dump.log" >&2; exit 1; }
  touch -d "@$STILL_SECONDS" "$root/opt/primum/$1.jsa"
}

rm -rf "$work/out" "$work"/*.classes && mkdir "$work/out"
out=$work/out
cd "$root"
printf '%s\n' 'kind: ReleasePolicy' 'metadata: {name: start, revision: 1}' \
  'require: [{step: train, rules: [{metric: auroc, min: 0.1}]}]' >"$out/policy.yaml"
step long cohort --patients=200 --output="$out/cohort.parquet"
step long train --data="$out/cohort.parquet" --label=readmitted_30d --id=patient_id --sensitive=sex --output-dir="$out/train"
step long score --data="$out/cohort.parquet" --model="$out/train/model" --output-dir="$out/score"
step long fairness-audit --on-violation=report --data="$out/train/scored.parquet" --policy="$here/start-policy.yaml" --output-dir="$out/audit"
step shap shap-batch --data="$out/cohort.parquet" --model="$out/train/model" --output-dir="$out/shap"
step quick gate --policy="$out/policy.yaml" --evidence="$out/train" --model="$out/train/model" --output-dir="$out/gate"
step quick promote --policy="$out/policy.yaml" --evidence="$out/train" --model="$out/train/model" --name=start --registry="$out/registry" \
  --output-dir="$out/promote"
dump long
dump quick
dump shap
touch -d "@$STILL_SECONDS" "$root/opt/primum"
