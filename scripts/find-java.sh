#!/bin/sh
# Prints the home of a JDK 25 or newer: JAVA_HOME, then where Debian, Temurin, SDKMAN and macOS put theirs.
set -eu
oldest=25

# The major version of the JDK in $1, or nothing where there is none.
major() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
  fi
}

for home in "${JAVA_HOME:-}" \
    /usr/lib/jvm/*-25-* /usr/lib/jvm/*-25 /usr/lib/jvm/* /opt/java/* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  [ -d "$home" ] || continue
  found=$(major "$home")
  if [ -n "$found" ] && [ "$found" -ge "$oldest" ]; then
    printf '%s\n' "$home"
    exit 0
  fi
done

cat >&2 <<MESSAGE
primum needs a JDK $oldest or newer, and none was found in JAVA_HOME or the usual places.
  Debian, Ubuntu:  install temurin-25-jdk (adoptium.net) or openjdk-25-jdk
  macOS:           brew install --cask temurin@25
  SDKMAN:          sdk install java 25-tem
Or set JAVA_HOME to the JDK you have.
MESSAGE
exit 1
