#!/bin/sh
# Fetches the C libraries of the image from Debian, without root and whatever Debian or Ubuntu this machine runs.
#
#   containers/debian.sh fetch amd64|arm64 DIR   unpacks the packages of containers/debian.lock into DIR
#   containers/debian.sh lock                    writes containers/debian.lock anew, with the newest versions
#
# PRIMUM_DEBIAN_MIRROR and PRIMUM_DEBIAN_SECURITY name mirrors. An old lock needs a mirror that still has its versions, such as
# http://snapshot.debian.org/archive/debian/20261101T000000Z
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${PRIMUM_CACHE:-$HOME/.cache/primum}/debian
lock=$here/debian.lock
release=bookworm
packages="libc6 libc-bin libgcc-s1 libstdc++6 libgomp1 gcc-12-base"
keyring=${PRIMUM_DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}

say() { echo "debian.sh: $*" >&2; }
for tool in apt-get dpkg-deb; do
  command -v $tool >/dev/null || { say "$tool is missing: build the image on Debian or Ubuntu"; exit 1; }
done
[ -r "$keyring" ] || { say "$keyring is missing: apt-get install debian-archive-keyring"; exit 1; }

# An apt of our own below the cache: its lists, its packages, nothing of the machine's.
apt() {
  apt-get -q -o "Dir::Etc=$own/etc" -o "Dir::Etc::sourcelist=$own/etc/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::Etc::main=- -o "Dir::State=$own/state" -o "Dir::State::status=$own/state/status" -o "Dir::Cache=$own/cache" \
    -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o Acquire::Languages=none \
    -o APT::Sandbox::User= "$@"
}

update() {
  architecture=$1
  own=$cache/$release-$architecture
  mkdir -p "$own/etc/preferences.d" "$own/etc/apt.conf.d" "$own/state/lists/partial" "$own/cache/archives/partial" "$own/packages"
  : >"$own/state/status"
  cat >"$own/etc/sources.list" <<LIST
deb [signed-by=$keyring] ${PRIMUM_DEBIAN_MIRROR:-http://deb.debian.org/debian} $release main
deb [signed-by=$keyring] ${PRIMUM_DEBIAN_SECURITY:-http://deb.debian.org/debian-security} $release-security main
LIST
  apt update >"$own/update.log" 2>&1 || { tail -n 5 "$own/update.log" >&2; say "Debian's lists could not be fetched"; exit 1; }
}

lock() {
  {
    echo "# The C libraries in the image: packages of Debian 12, by version and digest. Renew: containers/debian.sh lock"
    for each in amd64 arm64; do
      update $each
      # shellcheck disable=SC2086 # a list
      (cd "$own/packages" && rm -f ./*.deb && apt download $packages >/dev/null)
      for file in "$own/packages"/*.deb; do
        echo "$(dpkg-deb -f "$file" Package) $(dpkg-deb -f "$file" Version) $each $(sha256sum "$file" | cut -d' ' -f1)"
      done
    done
  } >"$lock.new"
  mv "$lock.new" "$lock"
}

# The locked packages, fetched once and held against their digests each time.
fetch() {
  own=$cache/$release-$1
  grep " $1 " "$lock" | while read -r name version _ digest; do
    file=$own/$digest.deb
    if ! [ -f "$file" ]; then
      [ -n "${updated:-}" ] || { say "fetching the C libraries of Debian 12 for $1"; update "$1"; updated=1; }
      mkdir -p "$own/packages" && rm -f "$own/packages"/*.deb
      (cd "$own/packages" && apt download "$name=$version" >download.log 2>&1) || {
        say "$name $version is no longer served: run containers/debian.sh lock, or name an older mirror (see its head)"
        exit 1
      }
      echo "$digest  $(echo "$own/packages"/*.deb)" | sha256sum -c --quiet >&2 || { say "$name $version is not what was locked"; exit 1; }
      mv "$own/packages"/*.deb "$file"
    fi
    echo "$digest  $file" | sha256sum -c --quiet >&2 || { say "$file was damaged: remove it"; exit 1; }
    dpkg-deb -x "$file" "$2"
    mkdir -p "$2/var/lib/dpkg/status.d"
    dpkg-deb -f "$file" >"$2/var/lib/dpkg/status.d/$name"
  done
}

case "${1:-}" in
  fetch) fetch "${2:?amd64 or arm64}" "${3:?a directory}" ;;
  lock) lock ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
