#!/bin/sh
# Makes the container image of the steps, without a container engine and without root: target/image/primum-VERSION.tar.
# Called by make images, after the build. Variables:
#   PLATFORM=linux/arm64   another processor; JMODS names the folder of that JDK's .jmod files (docs/containers.md)
#   IMAGE=name             instead of primum.local/primum
#   PUSH=registry/name:tag pushes as well, with skopeo or crane
set -eu
here=$(cd "$(dirname "$0")" && pwd)
home=$(cd "$here/.." && pwd)
cd "$home"
JAVA_HOME=$(scripts/find-java.sh)
platform=${PLATFORM:-linux/amd64}
architecture=${platform#linux/}
version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml | head -n 1)
time=$(date -u -d "$(sed -n 's|.*<project.build.outputTimestamp>\(.*\)</.*|\1|p' pom.xml)" +%s)
name=${IMAGE:-primum.local/primum}:$version
out=target/image
root=$out/root
modules=java.base,java.logging,java.xml,java.naming,java.sql,java.management,java.net.http
modules=$modules,jdk.management,jdk.unsupported,jdk.crypto.ec,jdk.zipfs,jdk.incubator.vector

say() { echo "images: $*" >&2; }
fail() { say "$*"; exit 1; }
need() { command -v "$1" >/dev/null || fail "$1 is missing (Debian: apt-get install $2)"; }

[ "$(uname -s)" = Linux ] || fail "images are built on Linux: the start-up cache is recorded by the Java that ships"
need python3 python3
case $architecture in
  amd64) triplet=x86_64-linux-gnu ;;
  arm64) triplet=aarch64-linux-gnu ;;
  *) fail "PLATFORM is linux/amd64 or linux/arm64, got $platform" ;;
esac
native=$([ "$(uname -m)" = "${triplet%%-*}" ] && echo yes || echo no)
if [ "$native" = yes ]; then CC=${CC:-gcc}; else CC=${CC:-$triplet-gcc}; fi
need "$CC" "$([ "$native" = yes ] && echo 'gcc libc6-dev' || echo "gcc-$(echo $triplet | tr _ -)")"
{ [ -f target/primum.jar ] && [ -f target/primum-sbom.json ]; } || fail "target/primum.jar or its SBOM is missing: make images builds them"

rm -rf "$out"
mkdir -p "$root/etc" "$root/tmp" "$root/primum" "$root/opt/primum/bin" "$root/opt/primum/etc" "$root/opt/primum/lib" \
  "$root/opt/primum/native" "$root/opt/primum/share/licenses" "$root/opt/primum/share/sbom" "$out/classes"

# The C libraries that Java and XGBoost link to, the UTF-8 locale, and their licences; no program of Debian's.
say "C libraries"
"$here/debian.sh" fetch "$architecture" "$out/debian"
for library in ld-linux libc libm libdl libpthread librt libutil libresolv libgcc_s libstdc++ libgomp; do
  found=$(cd "$out/debian" && find lib lib64 usr/lib -name "$library*.so.*" \( -type f -o -type l \) \
    \( -name "$library.so.*" -o -name 'ld-linux*' \) ! -name '*.py')
  [ -n "$found" ] || fail "Debian's packages hold no $library"
  for file in $found; do
    mkdir -p "$root/$(dirname "$file")"
    cp -P "$out/debian/$file" "$root/$file"
  done
done
mkdir -p "$root/usr/lib/locale" "$root/var/lib/dpkg"
cp -R "$out/debian/usr/lib/locale/C.utf8" "$root/usr/lib/locale/"
cp -R "$out/debian/var/lib/dpkg/status.d" "$root/var/lib/dpkg/"
for package in "$root"/var/lib/dpkg/status.d/*; do
  mkdir -p "$root/usr/share/doc/${package##*/}"
  cp "$out/debian/usr/share/doc/${package##*/}/copyright" "$root/usr/share/doc/${package##*/}/"
done
cp -R "$here/etc/." "$root/etc/"

say "Java"
"$JAVA_HOME/bin/jlink" ${JMODS:+--module-path "$JMODS"} --add-modules "$modules" --no-header-files --no-man-pages \
  --output "$root/opt/java"
rm "$root/opt/java/bin/keytool" "$root/opt/java/lib/jexec"

say "libraries"
"$JAVA_HOME/bin/javac" --release 25 -d "$out/classes" "$here"/replaced/ml/dmlc/xgboost4j/java/NativeLibLoader.java
python3 "$here/jars.py" "$platform" target/lib "$out/classes" "$root/opt/primum/lib" "$root/opt/primum/native"
cp target/primum.jar "$root/opt/primum/"
cp LICENSE "$root/opt/primum/share/licenses/"

say "launcher"
"$CC" -std=c17 -O2 -Wall -Wextra -Werror -static -s -o "$root/opt/primum/bin/primum" "$here/primum.c"
{
  echo -cp
  printf '/opt/primum/primum.jar'
  for jar in "$root"/opt/primum/lib/*.jar; do printf ':/opt/primum/lib/%s' "${jar##*/}"; done
  echo
  cat "$here/java.options"
} >"$root/opt/primum/etc/java.options"
cp "$here"/quick.options "$here"/long.options "$here"/shap.options "$here"/train.options "$root/opt/primum/etc/"
python3 "$here/sbom.py" "$root" target/primum-sbom.json "$version" "$architecture" >"$root/opt/primum/share/sbom/primum.cdx.json"

find "$root" -exec touch -h -d "@$time" {} +
if [ "$native" = yes ]; then
  say "start-up cache"
  "$here/start-cache.sh" "$root" "$time" "$out/cache"
else
  say "no start-up cache: this machine cannot run Java for $platform. Steps start slower, and work."
fi

say "packing"
revision=$(git rev-parse HEAD 2>/dev/null || true)
[ -z "$(git status --porcelain 2>/dev/null)" ] || revision=${revision:+$revision-dirty}
tar=$out/primum-$version$([ "$architecture" = amd64 ] || echo "-$architecture").tar
# shellcheck disable=SC2046 # the words it prints
set -- $(python3 "$here/pack.py" "$root" "$tar" "$name" "$platform" "$time" \
  "org.opencontainers.image.title=primum" \
  "org.opencontainers.image.description=Ethics steps for machine-learning pipelines in healthcare" \
  "org.opencontainers.image.version=$version" \
  "org.opencontainers.image.licenses=Apache-2.0" \
  ${revision:+"org.opencontainers.image.revision=$revision"})
echo "$1" >"$out/digest"
cat <<TOLD
$name, $platform: $(($2 / 1000000)) MB compressed, $(du -sm "$root" | cut -f1) MB unpacked
digest  $1
tar     $home/$tar
load    docker load -i $tar
        ctr -n k8s.io images import $tar
        kind load image-archive $tar
TOLD
if [ -n "${PUSH:-}" ]; then
  if command -v skopeo >/dev/null; then
    skopeo copy --preserve-digests "oci-archive:$tar" "docker://$PUSH"
  elif command -v crane >/dev/null; then
    crane push "$tar" "$PUSH"
  else
    fail "PUSH needs skopeo or crane; or: docker load -i $tar && docker tag $name $PUSH && docker push $PUSH"
  fi
fi
