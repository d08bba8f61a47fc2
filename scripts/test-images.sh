#!/usr/bin/env bash
# Runs every step of the image in containers as a pod runs it: any user but root, nothing writable but /tmp and /primum, /tmp
# not executable, no network, no capability. Needs the image (make images) and docker, or root to start the engine of scripts/rig.
#   SAME=no   leaves out the second build, which has to give the same digest
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml | head -n 1)
tar=target/image/primum-$version.tar
root=target/image/root
[ -f "$tar" ] || { echo "test-images: $tar is missing: make images" >&2; exit 1; }

passed=0
failed=0
pass() { passed=$((passed + 1)); printf 'ok    %s\n' "$1"; }
miss() { failed=$((failed + 1)); printf 'FAIL  %s\n' "$1"; }
holds() { # WHAT COMMAND...
  local what=$1
  shift
  if "$@"; then pass "$what"; else miss "$what"; fi
}

silent() { "$@" >/dev/null 2>&1; }
unworried() { # COMMAND...   it ends well, and says nothing of warnings
  "$@" >"$work/out" 2>&1 && ! grep -i 'warn\|exception' "$work/out"
}

vectored() {
  run "$image" shap-batch --model=/primum/train/model --data=/primum/cohort.parquet --shard=0/20 --output-dir=/primum/vectored >"$work/out" 2>&1 &&
    ! grep -i 'warn\|vector module' "$work/out"
}

# What is in the image, read from its layers without an engine.
python3 - "$tar" <<'PYTHON' || failed=$((failed + 1))
import io, json, stat, sys, tarfile
image = tarfile.open(sys.argv[1])
read = lambda name: image.extractfile(name).read()
docker = json.loads(read("manifest.json"))[0]
size = sum(image.getmember(layer).size for layer in docker["Layers"])
config = json.loads(read(docker["Config"]))["config"]
members = [m for layer in docker["Layers"] for m in tarfile.open(fileobj=io.BytesIO(read(layer)))]
names = {m.name for m in members}
programs = {m.name for m in members if m.isfile() and m.mode & 0o111 and "/lib" not in m.name and not m.name.startswith("lib")}
shells = {"sh", "bash", "dash", "ash", "busybox", "ksh", "zsh", "env", "perl", "python3"}
checks = {
    f"the image weighs {size / 1e6:.0f} MB compressed, less than 150": size < 150e6,
    "it runs as 65532, not as root": config["User"] == "65532:65532",
    "its files belong to root": all(m.uid == m.gid == 0 for m in members),
    "no file is setuid or setgid": not any(m.mode & (stat.S_ISUID | stat.S_ISGID) for m in members),
    "only /tmp and /primum may be written": {m.name for m in members if m.mode & 0o022 and not m.issym()} == {"tmp", "primum"},
    "it has no shell": not shells & {name.rsplit("/", 1)[-1] for name in names},
    f"its programs are java and primum: {sorted(programs)}": programs == {"opt/java/bin/java", "opt/primum/bin/primum"},
    "it carries licences": {"opt/primum/share/licenses/LICENSE", "usr/share/doc/libc6/copyright", "opt/java/legal/java.base/LICENSE"} <= names,
    "its labels name version and licence": config["Labels"]["org.opencontainers.image.licenses"] == "Apache-2.0" and "org.opencontainers.image.version" in config["Labels"],
}
for what, held in checks.items():
    print(("ok    " if held else "FAIL  ") + what)
sys.exit(not all(checks.values()))
PYTHON

holds "the launcher does as its test says" containers/test-launcher.sh

# Each library that native code asks for is there.
unresolved=$(find "$root" -type f \( -name '*.so' -o -name '*.so.*' -o -path '*/bin/java' \) -exec readelf -d {} + |
  sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u | while read -r name; do
    [ -n "$(find "$root" -name "$name" -print -quit)" ] || echo "$name"
  done)
holds "every library asked for is in the image${unresolved:+: missing $unresolved}" test -z "$unresolved"
holds "the SBOM names jars, Java and C libraries" python3 -c '
import json, sys
names = {c["name"] for c in json.load(open(sys.argv[1]))["components"]}
sys.exit(not {"xgboost4j_2.12", "picocli", "OpenJDK run time", "libc6", "libgomp1"} <= names)' "$root/opt/primum/share/sbom/primum.cdx.json"

if [ "${SAME:-yes}" = yes ]; then
  first=$(cat target/image/digest)
  containers/build.sh >target/image-again.log 2>&1 || { cat target/image-again.log >&2; exit 1; }
  holds "a second build has the same digest, $first" test "$first" = "$(cat target/image/digest)"
fi

if ! docker version >/dev/null 2>&1; then
  command -v docker >/dev/null || { echo "test-images: no container engine: install docker" >&2; exit 1; }
  DOCKER_HOST=$(scripts/rig/engines.sh up | tail -n 1)
  export DOCKER_HOST="${DOCKER_HOST#*DOCKER_HOST=}"
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/primum-images.XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir -m 1777 "$work/primum"
docker load -qi "$tar" >/dev/null
# By its id: the name may be somebody else's a moment later.
image=$(tar -xOf "$tar" manifest.json | sed 's|.*"Config":"blobs/sha256/\([0-9a-f]*\)".*|sha256:\1|')
# shellcheck disable=SC2054
pod=(--read-only --network none --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp:rw,noexec,nosuid,size=64m
  -v "$work/primum:/primum" -v "$PWD/pipelines/local:/etc/primum:ro")
user=65532
run() { docker run --rm --user "$user" "${pod[@]}" "$@"; }
step() { # CODE STEP OPTIONS...
  local expected=$1 code=0
  shift
  run "$image" "$@" >"$work/out" 2>"$work/err" || code=$?
  if [ "$code" = "$expected" ] && ! grep -qi 'warning:\|exception\|bug' "$work/err"; then
    pass "$1 exits $code"
  else
    miss "$1 exits $code where $expected is due"
    tail -n 5 "$work/out" "$work/err"
  fi
}

steps=(cohort train score fairness-init fairness-convert fairness-plan fairness-audit fairness-tally fairness-merge shap-plan shap-batch shap-merge explain dp-noise gate promote rollback record status describe)
for name in "${steps[@]}"; do
  holds "$name --help" grep -q "primum $name" <(run "$image" "$name" --help 2>&1)
done

# shellcheck disable=SC2054
training=(--label=readmitted_30d --id=patient_id --sensitive=race,sex,age_band --exclude=admission_month,weight --alert-rate=0.2 --holdout=0.3)
step 0 cohort --patients=60000 --seed=1 --output=/primum/cohort.parquet
step 0 train --data=/primum/cohort.parquet "${training[@]}" --reweigh=age_band --output-dir=/primum/train
step 0 score --data=/primum/cohort.parquet --model=/primum/train/model --output-dir=/primum/score
step 0 fairness-audit --data=/primum/train/scored.parquet --policy=/etc/primum/fairness-policy.yaml --model=/primum/train/model \
  --on-violation=report --output-dir=/primum/audit
step 0 fairness-tally --data=/primum/train/scored.parquet --policy=/etc/primum/fairness-policy.yaml --output-dir=/primum/tallies/one
step 0 fairness-merge --tallies=/primum/tallies --output-dir=/primum/tally
step 0 fairness-audit --tally=/primum/tally --policy=/etc/primum/fairness-policy.yaml --on-violation=report --output-dir=/primum/audit-of-tally
step 0 shap-plan --data=/primum/train/scored.parquet --shards=2 --output-dir=/primum/plan
for shard in 0 1; do
  step 0 shap-batch --model=/primum/train/model --data=/primum/cohort.parquet --shard=$shard/2 --pictures=svg,png \
    --output-dir=/primum/shap-$shard
done
step 0 shap-merge --shards=/primum/shap-0,/primum/shap-1 --output-dir=/primum/shap
step 0 explain --model=/primum/train/model --data=/primum/cohort.parquet --id-column=patient_id --id=P000000001 --html=/primum/patient.html
step 0 dp-noise --data=/primum/train/scored.parquet --release=/etc/primum/privacy-release.yaml --budget=/etc/primum/privacy-budget.yaml \
  --ledger=/primum/ledger --output-dir=/primum/privacy
sed 's/step: shap-batch/step: shap-merge/' pipelines/local/release-policy.yaml >"$work/primum/policy.yaml"
evidence=(--policy=/primum/policy.yaml --model=/primum/train/model --evidence=/primum/train --evidence=/primum/audit
  --evidence=/primum/shap --evidence=/primum/privacy)
registry=(--name=readmission --registry=/primum/registry)
step 0 gate "${evidence[@]}" --output-dir=/primum/gate
step 21 gate --policy=/etc/primum/release-policy.yaml --model=/primum/train/model --evidence=/primum/train --output-dir=/primum/gate-refused
step 0 promote "${evidence[@]}" "${registry[@]}" --output-dir=/primum/promote-1
step 0 train --data=/primum/cohort.parquet "${training[@]}" --seed=2 --output-dir=/primum/train-2
sed '/step: train/!{/  - /d}' "$work/primum/policy.yaml" >"$work/primum/policy-2.yaml"
step 0 promote --policy=/primum/policy-2.yaml --model=/primum/train-2/model --evidence=/primum/train-2 "${registry[@]}" --output-dir=/primum/promote-2
step 0 rollback "${registry[@]}" --reason='alerts doubled' --output-dir=/primum/rollback
step 0 record --status=Succeeded --log=/primum/log --output-dir=/primum/record
step 0 status "${registry[@]}"
holds "status shows what rollback left" grep -q "$(sed -n 's/.*"model" *: *"\(sha256:[0-9a-f]\{12\}\).*/\1/p' "$work/primum/train/verdict.json" | head -n 1)" <(run "$image" status "${registry[@]}" --format=json)
user=12345:0
step 0 status "${registry[@]}"
user=65532
step 0 cohort --patients=200 --format=csv --output=/primum/Größe-é.csv
holds "file names are UTF-8" test -f "$work/primum/Größe-é.csv"
holds "explanations have Java's vector module, and their log has no warning of it" vectored
holds "a terminal gets no warning" unworried run -t "$image" shap-batch --model=/primum/train/model --data=/primum/cohort.parquet \
  --shard=0/20 --output-dir=/primum/terminal

# Java is told the container's limits, and the start-up caches are used.
heap() { run -m "$1" -e JAVA_OPTS=-XX:+PrintFlagsFinal "$image" "$2" --help 2>/dev/null | awk '$2 == "MaxHeapSize" {print int($4 / 1048576)}'; }
for case in "512m gate 358" "1g score 716" "1g train 512" "4g shap-batch 2867"; do
  read -r limit name expected <<<"$case"
  found=$(heap "$limit" "$name")
  holds "under $limit the heap of $name is $found MiB, $expected within a hundredth" test $((found * 100)) -ge $((expected * 99)) -a $((found * 100)) -le $((expected * 102))
done
for case in "512m gate" "512m train" "4g score" "1g shap-batch"; do
  read -r limit name <<<"$case"
  holds "$name takes its start-up cache under $limit" silent run -m "$limit" -e JAVA_OPTS=-Xshare:on "$image" "$name" --help
done

# SIGTERM: 143, soon, and nothing half written.
mkdir -m 1777 "$work/primum/stopped"
container=$(docker run -d --user "$user" "${pod[@]}" "$image" train --data=/primum/cohort.parquet "${training[@]}" --param=rounds=5000 --output-dir=/primum/stopped/out)
for _ in $(seq 300); do
  [ -z "$(ls -A "$work/primum/stopped")" ] || break
  sleep 0.2
done
begin=$(date +%s%N)
docker stop -t 30 "$container" >/dev/null
took=$((($(date +%s%N) - begin) / 1000000))
code=$(docker inspect -f '{{.State.ExitCode}}' "$container")
docker rm -f "$container" >/dev/null
holds "SIGTERM in training gives $code, 143 is due, in $took ms, less than 5000" test "$code" = 143 -a "$took" -lt 5000
holds "and leaves nothing" test -z "$(ls -A "$work/primum/stopped")"

# Too little memory: an exit code and a sentence, and no hang.
step 0 cohort --patients=1500000 --output=/primum/large.parquet
starve() { # WHAT OPTIONS -- expects 3 or 137
  local code=0 begin=$SECONDS
  : >"$work/termination-log"
  chmod 666 "$work/termination-log"
  timeout 300 docker run --rm --user "$user" "${pod[@]}" -v "$work/termination-log:/dev/termination-log" "${@:2}" "$image" train \
    --data=/primum/large.parquet "${training[@]}" --output-dir=/primum/starved >"$work/out" 2>"$work/err" || code=$?
  holds "$1: exits $code after $((SECONDS - begin)) s" test "$code" = 3 -o "$code" = 137
  holds "and says why: $(cat "$work/termination-log")" grep -q '^OUT_OF_MEMORY: train .*more memory' "$work/termination-log"
  holds "in its log too" grep -q '^OUT_OF_MEMORY: train' "$work/err"
}
starve "training two million rows in 512 MB" -m 512m --memory-swap 512m
starve "with a heap beyond the limit" -m 512m --memory-swap 512m -e JAVA_OPTS=-Xmx4g

# What a gate costs, all of the container in its own control group. The least of several runs: others use this machine too.
group=/primum-images-$$
cpu() {
  if [ -f "/sys/fs/cgroup/cpuacct$group/cpuacct.usage" ]; then echo $(($(cat "/sys/fs/cgroup/cpuacct$group/cpuacct.usage") / 1000000))
  elif [ -f "/sys/fs/cgroup$group/cpu.stat" ]; then awk '/usage_usec/ {print int($2 / 1000)}' "/sys/fs/cgroup$group/cpu.stat"
  else echo 0; fi
}
costs() { # prints the least CPU milliseconds of nine runs
  local least=999999 before after
  for _ in 1 2 3 4 5 6 7 8 9; do
    before=$(cpu)
    run --cgroup-parent="$group" "$@" >/dev/null 2>&1
    after=$(cpu)
    [ $((after - before)) -ge "$least" ] || least=$((after - before))
  done
  echo "$least"
}
if [ "$(docker info -f '{{.CgroupDriver}}')" = cgroupfs ]; then
  floor=$(costs --entrypoint /opt/java/bin/java "$image" -Xshare:off -XX:+UseSerialGC -version)
  gate=$(costs "$image" gate --policy=/primum/policy-2.yaml --model=/primum/train/model --evidence=/primum/train --overwrite --output-dir=/primum/gate)
  cost="a gate costs $gate ms of CPU (the container and java -version alone: $floor), less than 500"
  # Processors that are shared with others count more time for the same work.
  if [ "$(cut -d. -f1 /proc/loadavg)" -le "$(nproc)" ]; then holds "$cost" test "$gate" -gt 0 -a "$gate" -lt 500
  else echo "      $cost where the machine is free; not judged at load $(cut -d' ' -f1 /proc/loadavg)"; fi
  rmdir "/sys/fs/cgroup"*"$group" "/sys/fs/cgroup/"*"$group" 2>/dev/null || true
else
  echo "      the CPU of a gate was not measured: docker keeps its control groups by systemd"
fi

echo "$passed passed in containers, $failed failed"
[ "$failed" = 0 ]
