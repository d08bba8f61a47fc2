#!/usr/bin/env bash
# Everything about the chart and the kustomization that needs no cluster. One line for each thing that was checked;
# ends with 1 where one does not hold.
set -euo pipefail
cd "$(dirname "$0")/.."
chart=pipelines/chart/primum
home=$(scripts/helm.sh home)
PATH=$home/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

holds() { echo "chart: $1"; }
breaks() { echo "chart: NOT SO: $1" >&2; failed=1; }
render() { helm template primum "$chart" --namespace primum "$@"; }

# --- Helm's own view, and what each set of values renders
for values in default full tenants network; do
  given=()
  [ "$values" = default ] || given=(--values "$chart/ci/$values-values.yaml")
  helm lint --strict "$chart" "${given[@]}" >"$work/lint" 2>&1 || { cat "$work/lint" >&2; breaks "helm lint --strict with $values values"; }
  render "${given[@]}" >"$work/$values.yaml"
done
holds "helm lint --strict passes with default, full, tenants and network values"

# --- the same objects as the plain files and the kustomization
cp scripts/chart/objects.mjs scripts/chart/check.mjs "$work/"
ln -s "$home/node_modules" "$work/node_modules"
kubectl kustomize pipelines/kustomize/base >"$work/base.yaml"
{
  for file in steps/*/argo/*.yaml pipelines/argo/*.yaml pipelines/argo/*/*.yaml; do
    case $file in
      pipelines/argo/examples/* | pipelines/argo/network-policy.yaml | pipelines/argo/object-store.yaml) ;;
      *) echo "---"; cat "$file" ;;
    esac
  done
} >"$work/plain.yaml"
for part in network-policy object-store; do echo "---"; cat "pipelines/argo/$part.yaml"; done | cat "$work/plain.yaml" - >"$work/plain-network.yaml"
for pair in default:plain default:base network:plain-network; do
  if node "$work/objects.mjs" same "$work/${pair%:*}.yaml" "$work/${pair#*:}.yaml"; then
    holds "${pair%:*} values render the objects of ${pair#*:}, none more and none less"
  else
    breaks "${pair%:*} values render the objects of ${pair#*:}"
  fi
done

# --- what each value does
if RENDERED=$work node --test --test-reporter=dot "$work/check.mjs" >"$work/check.log" 2>&1; then
  holds "every value does what it says"
else
  RENDERED=$work node --test --test-reporter=spec "$work/check.mjs" >&2 || true
  breaks "every value does what it says"
fi

# --- kustomize overlays
for overlay in pipelines/kustomize/overlays/*; do
  kubectl kustomize "$overlay" >"$work/overlay-$(basename "$overlay").yaml" || breaks "$overlay renders"
done
if grep -hE '^ +image: ' "$work/overlay-air-gapped.yaml" | grep -qv '@sha256:'; then
  breaks "the air-gapped overlay pins every image"
else
  holds "the overlays render, and air-gapped pins every image"
fi

# --- types: an unknown or misspelled field does not compile
cat >"$work/tsconfig.json" <<'JSON'
{"compilerOptions": {"noEmit": true, "strict": true, "skipLibCheck": true, "module": "nodenext", "moduleResolution": "nodenext", "types": []}, "files": ["objects.ts"]}
JSON
compiles() { node "$work/objects.mjs" types "$@" >"$work/objects.ts" && "$work/node_modules/.bin/tsc" -p "$work/tsconfig.json" >"$work/tsc.log" 2>&1; }
if compiles "$work"/{default,full,tenants,network}.yaml "$work"/overlay-*.yaml; then
  holds "every object is of the types of Kubernetes and Argo"
else
  head -n 20 "$work/tsc.log" >&2
  breaks "every object is of the types of Kubernetes and Argo"
fi
sed 's/retryStrategy:/retryStrategi:/' "$work/default.yaml" >"$work/misspelled.yaml"
if compiles "$work/misspelled.yaml"; then breaks "a misspelled field is found"; else holds "a misspelled field is found"; fi

# --- Argo's linter, offline
if linter=$(scripts/rig/install.sh argo-lint); then
  clean=yes
  for values in default full tenants; do
    rm -rf "$work/argo" && mkdir "$work/argo"
    node "$work/objects.mjs" split "$work/$values.yaml" "$work/argo"
    "$linter" -output simple "$work"/argo/*.yaml >"$work/argo.log" 2>&1 || { cat "$work/argo.log" >&2; clean=; breaks "Argo's linter passes with $values values"; }
  done
  [ -z "$clean" ] || holds "Argo's linter passes with default, full and tenants values"
elif [ "${RIG:-}" = required ]; then
  breaks "Argo's linter is here"
else
  echo "chart: Argo's linter was left out: see above what it needs" >&2
fi

# --- what the schema refuses, and that the message names the key
refuses() {
  local name=$1
  shift
  if render "$@" >/dev/null 2>"$work/refusal"; then
    breaks "$* is refused"
  elif ! grep -qF -- "$name" "$work/refusal"; then
    cat "$work/refusal" >&2
    breaks "the refusal of $* names $name"
  else
    refusals=$((refusals + 1))
  fi
}
refusals=0
refuses /image/digest --set image.digest=sha256:abc
refuses /image/digest --set image.digest=1111111111111111111111111111111111111111111111111111111111111111
refuses /image/pullPolicy --set image.pullPolicy=Sometimes
refuses "'repo' not allowed" --set image.repo=registry.example/primum
refuses "'tenant' not allowed" --set tenant.name=cardiology
refuses "'shap' not allowed" --set steps.shap.cpu=1
refuses "'cpus' not allowed" --set-string steps.train.cpus=1
refuses /steps/train/cpu --set steps.train.cpu=2
refuses /steps/train/memory --set steps.train.memory=4GB
refuses /metrics/enabled --set-string metrics.enabled=true
refuses /objectStore/endpoint --set objectStore.endpoint=s3.example.org:9000
refuses /registryPrefix --set registryPrefix=/var/registry
refuses /networkPolicy/objectStore/port --set networkPolicy.objectStore.port=0
refuses /tenants/0 --set 'tenants[0].namespace=cardiology'
refuses /tenants/0/name --set 'tenants[0].name=Cardiology'
refuses /tenants/0/credentials/objectStore --set 'tenants[0].name=a,tenants[0].credentials.objectStore.existingSecret=x'
# and what the templates refuse, which a schema cannot see
refuses networkPolicy.objectStore.cidr --set networkPolicy.enabled=true
refuses credentials.registry.accessKey --set credentials.registry.create=true
refuses artifactRepository.bucket --set artifactRepository.create=true
refuses "there is no workflow primum-relase-v1" --set workflows.parameters.primum-relase-v1.name=x
refuses "there is no parameter nam;" --set workflows.parameters.primum-release-v1.nam=x
refuses "share the namespace a" --set 'tenants[0].name=a,tenants[1].name=b,tenants[1].namespace=a'
holds "$refusals mistakes in values are refused by name"

# --- the documentation: every block that needs no cluster, as a reader would type it
mkdir "$work/reader"
for folder in Makefile pipelines scripts steps; do ln -s "$PWD/$folder" "$work/reader/$folder"; done
awk '/^```sh render$/ {on = 1; next} /^```$/ {on = 0} on' docs/install.md >"$work/reader.sh"
if (cd "$work/reader" && bash -eo pipefail "$work/reader.sh") >"$work/reader.log" 2>&1; then
  holds "the commands of docs/install.md that need no cluster run"
else
  cat "$work/reader.log" >&2
  breaks "the commands of docs/install.md that need no cluster run"
fi

# --- the package
first=$(scripts/chart-package.sh "$work/first")
second=$(TZ=Pacific/Auckland scripts/chart-package.sh "$work/second")
if cmp -s "$first" "$second" && render >"$work/again.yaml" && helm template primum "$first" --namespace primum | cmp -s - "$work/again.yaml"; then
  holds "two packages are the same bytes, and render what the folder does"
else
  breaks "two packages are the same bytes, and render what the folder does"
fi
exit "$failed"
