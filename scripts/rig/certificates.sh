#!/usr/bin/env bash
# An authority, the API server's certificates and the key of service accounts, made once in a directory.
#
#   scripts/rig/certificates.sh DIR API_ADDRESS NODE_ADDRESS
set -euo pipefail
umask 077
mkdir -p "$1"
cd "$1"
[ ! -s complete ] || exit 0
log() { "$@" 2>>openssl.log; }
key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)

# sign NAME SUBJECT EXTENSIONS
sign() {
  log openssl req "${key[@]}" -keyout "$1.key" -out "$1.csr" -subj "$2"
  log openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile <(printf '%b' "$3") -out "$1.crt"
  rm "$1.csr"
}

log openssl req -x509 "${key[@]}" -days 3650 -keyout ca.key -out ca.crt -subj /CN=primum-ca \
  -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
sign apiserver /CN=kube-apiserver "subjectAltName=IP:$2,IP:$3,IP:127.0.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc\nextendedKeyUsage=serverAuth\n"
sign kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client 'extendedKeyUsage=clientAuth\n'
log openssl genrsa -out sa.key 2048
echo yes >complete
