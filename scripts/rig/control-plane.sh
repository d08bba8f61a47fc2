#!/usr/bin/env bash
# etcd, the Kubernetes control plane and one node on this machine; the engines have to be up.
#
#   scripts/rig/control-plane.sh up      starts what is not running
#   scripts/rig/control-plane.sh down    stops it, and removes its pods, its bridge and its state
set -euo pipefail
# shellcheck source=scripts/rig/common.sh
. "$(dirname "$0")/common.sh"
etcd=127.0.0.1:23790
parts=(kubelet kube-scheduler kube-controller-manager kube-apiserver etcd)

# One bridge carries the node's address and the API server's: no kube-proxy, no DNS, and nothing on
# the machine's own network card. The bridge keeps an address of its own: else it takes that of a pod, and when that pod
# ends, the others go on talking to nobody for most of a minute, and their connections to the API server break.
network() {
  ip link show "$bridge" >/dev/null 2>&1 || ip link add "$bridge" address 02:00:0a:58:00:01 type bridge
  ip addr replace "$node/24" dev "$bridge"
  ip addr replace "$api/32" dev "$bridge"
  ip link set "$bridge" up
  cat >"$run/cni/10-primum.conflist" <<JSON
{"cniVersion":"0.4.0","name":"primum","plugins":[
 {"type":"bridge","bridge":"$bridge","isGateway":true,"ipMasq":false,
  "ipam":{"type":"host-local","dataDir":"$run/cni-ipam","ranges":[[{"subnet":"10.88.0.0/24","rangeStart":"10.88.0.10"}]],"routes":[{"dst":"0.0.0.0/0"}]}}]}
JSON
}

# kubeconfig FILE USER GROUPS   with a token that the API server is told of
kubeconfig() {
  local token=$run/pki/$2.token
  [ -s "$token" ] || head -c 24 /dev/urandom | base64 | tr -d '+/=\n' >"$token"
  echo "$(cat "$token"),$2,$2,\"$3\"" >>"$run/pki/tokens.csv"
  cat >"$run/$1" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: primum, cluster: {server: "https://$api:443", certificate-authority: $run/pki/ca.crt}}]
users: [{name: $2, user: {token: "$(cat "$token")"}}]
contexts: [{name: primum, context: {cluster: primum, user: $2, namespace: $namespace}}]
current-context: primum
YAML
}

credentials() (
  umask 077
  "$rig/certificates.sh" "$run/pki" "$api" "$node"
  rm -f "$run/pki/tokens.csv"
  kubeconfig kubeconfig admin system:masters
  kubeconfig controllers.kubeconfig system:kube-controller-manager ""
  kubeconfig scheduler.kubeconfig system:kube-scheduler ""
  kubeconfig kubelet.kubeconfig system:node:primum system:nodes
)

kubelet_configuration() {
  cat >"$run/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix://$containerd
address: $node
healthzPort: 0
readOnlyPort: 0
cgroupDriver: cgroupfs
failSwapOn: false
enforceNodeAllocatable: [pods]
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: $run/pki/ca.crt}}
authorization: {mode: AlwaysAllow}
# images cannot be pulled again, so none may ever be cleaned away
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
podLogsDir: $run/podlogs
volumePluginDir: $run/kubelet/volumeplugins
makeIPTablesUtilChains: false
serializeImagePulls: false
YAML
}

start_etcd() {
  install -d -m 700 "$run/etcd"
  start etcd "$kube" etcd --data-dir "$run/etcd" --listen-client-urls "http://$etcd" --advertise-client-urls "http://$etcd" \
    --listen-peer-urls http://127.0.0.1:23800 --initial-advertise-peer-urls http://127.0.0.1:23800 \
    --initial-cluster default=http://127.0.0.1:23800 --unsafe-no-fsync --log-level warn
  wait_for etcd 60 curl -sf "http://$etcd/health"
}

start_kube-apiserver() {
  start kube-apiserver "$kube" kube-apiserver --etcd-servers "http://$etcd" --bind-address "$api" --secure-port 443 \
    --advertise-address "$api" --service-cluster-ip-range 10.96.0.0/24 --authorization-mode Node,RBAC \
    --token-auth-file "$run/pki/tokens.csv" --client-ca-file "$run/pki/ca.crt" \
    --tls-cert-file "$run/pki/apiserver.crt" --tls-private-key-file "$run/pki/apiserver.key" \
    --kubelet-client-certificate "$run/pki/kubelet-client.crt" --kubelet-client-key "$run/pki/kubelet-client.key" \
    --service-account-issuer https://kubernetes.default.svc --service-account-key-file "$run/pki/sa.key" \
    --service-account-signing-key-file "$run/pki/sa.key" --kubelet-preferred-address-types InternalIP --profiling=false
  wait_for kube-apiserver 180 "$rig/kubectl" get --raw /readyz
}

start_kube-controller-manager() {
  start kube-controller-manager "$kube" kube-controller-manager --kubeconfig "$run/controllers.kubeconfig" \
    --use-service-account-credentials --leader-elect=false --service-account-private-key-file "$run/pki/sa.key" \
    --root-ca-file "$run/pki/ca.crt" --secure-port 0 --profiling=false
}

start_kube-scheduler() {
  start kube-scheduler "$kube" kube-scheduler --kubeconfig "$run/scheduler.kubeconfig" --leader-elect=false --secure-port 0
}

node_is_ready() {
  "$rig/kubectl" get node primum -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}' | grep -q True
}

start_kubelet() {
  mkdir -p "$run/kubelet" "$run/podlogs"
  kubelet_configuration
  start kubelet "$kube" kubelet --kubeconfig "$run/kubelet.kubeconfig" --config "$run/kubelet.yaml" \
    --root-dir "$run/kubelet" --cert-dir "$run/kubelet/pki" --hostname-override primum --node-ip "$node"
  wait_for kubelet 180 node_is_ready
}

up() {
  kube=$("$rig/install.sh" kube)/kube
  # what a machine that went down left behind is not a cluster
  alive etcd || [ ! -d "$run/etcd" ] || down
  mkdir -p "$run/cni" "$run/log"
  ln -sfn "$kube" "$run/kube"
  network
  alive kube-apiserver || credentials
  for part in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet; do
    alive "$part" && continue
    "start_$part"
    say "$part is up"
  done
}

# Containers of pods outlive the kubelet: they are ended by the engine.
remove_pods() {
  local k8s=(ctr -a "$containerd" -n k8s.io)
  "${k8s[@]}" version >/dev/null 2>&1 || return 0
  for task in $("${k8s[@]}" tasks ls -q); do "${k8s[@]}" tasks kill -s KILL "$task" || true; done
  sleep 1
  for container in $("${k8s[@]}" containers ls -q); do
    "${k8s[@]}" tasks rm -f "$container" || true
    "${k8s[@]}" containers rm "$container" || true
  done
} >/dev/null 2>&1

remove_traces() {
  awk -v under="$run/kubelet" 'index($2, under) == 1 {print $2}' /proc/mounts | tac | xargs -r umount
  for group in /sys/fs/cgroup/*/kubepods /sys/fs/cgroup/kubepods; do
    [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
  ! ip link show "$bridge" >/dev/null 2>&1 || ip link del "$bridge"
  rm -rf "${run:?}"/{etcd,kubelet,cni-ipam,podlogs,kube,kubeconfig} "$run"/*.kubeconfig
}

down() {
  for part in "${parts[@]}"; do stop "$part"; done
  remove_pods
  remove_traces
}

need_root
case "${1:-}" in
  up) up ;;
  down) down ;;
  *)
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
