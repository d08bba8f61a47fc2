#!/bin/sh
# Records what Java loads when the steps start, and writes it as the image's start-up cache, made by the Java that ships:
#   start-cache.sh ROOT TIME WORK
# The classes are listed by running the steps interpreted, at one point in time and with one sequence of random numbers
# (still.c); the cache is then dumped from the list. That leaves no profile in it, and gives the same bytes each time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$1" && pwd)
STILL_SECONDS=$2
export STILL_SECONDS
mkdir -p "$3"
work=$(cd "$3" && pwd)
gcc -std=c17 -O2 -Wall -Wextra -Werror -shared -fPIC -o "$work/still.so" "$here/still.c"
sed "s|/opt/primum/|$root/opt/primum/|g; /SharedArchiveFile/d" "$root/opt/primum/etc/java.options" >"$work/java.options"

java() { LANG=C.UTF-8 LD_PRELOAD="$work/still.so" OMP_WAIT_POLICY=passive "$root/opt/java/bin/java" "@$work/java.options" -XX:+UseSerialGC "$@"; }
lists=0
step() {
  lists=$((lists + 1))
  java -Xint -Xshare:off -XX:+UnlockExperimentalVMOptions -XX:hashCode=2 -XX:DumpLoadedClassList="$work/classes.$lists" \
    org.primum.cli.Primum "$@" >"$work/$1.log" 2>&1 || { cat "$work/$1.log" >&2; exit 1; }
}

cd "$work"
rm -rf out && mkdir out
step cohort --patients=200 --output=out/cohort.parquet
step train --data=out/cohort.parquet --label=readmitted_30d --id=patient_id --sensitive=sex --output-dir=out/train
printf '%s\n' 'kind: ReleasePolicy' 'metadata: {name: start, revision: 1}' \
  'require: [{step: train, rules: [{metric: auroc, min: 0.1}]}]' >out/policy.yaml
step gate --policy=out/policy.yaml --evidence=out/train --model=out/train/model --output-dir=out/gate
step promote --policy=out/policy.yaml --evidence=out/train --model=out/train/model --name=start --registry=out/registry --output-dir=out/promote
step fairness-audit --on-violation=report --data=out/train/scored.parquet --policy="$here/start-policy.yaml" --output-dir=out/audit

# One line a class, sorted; what the steps resolved of it is joined.
cat classes.* | sed 's/ id: [0-9]*$//' | awk '
  /^#/ { next }
  $1 == "@cp" { for (i = 3; i <= NF; i++) resolved[$2, $i] = 1; if (!($2 in most)) most[$2] = 0
                for (i = 3; i <= NF; i++) if ($i + 0 > most[$2]) most[$2] = $i + 0; next }
  !seen[$0]++
  END { for (name in most) { line = "@cp " name; for (i = 1; i <= most[name]; i++) if ((name, i) in resolved) line = line " " i
        print line } }' | LC_ALL=C sort >classes.list
java -Xshare:dump -XX:TieredStopAtLevel=1 -XX:+AOTClassLinking -XX:SharedClassListFile=classes.list \
  -XX:SharedArchiveFile="$root/opt/primum/primum.jsa" >dump.log 2>&1 || { cat dump.log >&2; exit 1; }
touch -d "@$STILL_SECONDS" "$root/opt/primum/primum.jsa" "$root/opt/primum"
