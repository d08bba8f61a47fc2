"""Copies jars into the image's library directory and takes the native code out of them.

A jar that carries shared libraries for a dozen platforms is written again without them, and this platform's go beside the
jars, where Java loads them without unpacking: a step then starts faster, and /tmp may be mounted noexec. A class found in
CLASSES takes the place of the jar's own. Every other jar is copied byte for byte. The order and the times of a rewritten jar
are fixed, so that the same jars give the same bytes.

Usage: jars.py linux/amd64|linux/arm64 JARS CLASSES LIBRARIES NATIVES
"""

import pathlib
import re
import shutil
import sys
import zipfile

NATIVE = re.compile(r"\.(so|dll|dylib|jnilib|a)$")

# Where each library keeps the code of a platform, and the name that it is loaded by.
KEPT = {
    "linux/amd64": {
        "lib/linux/x86_64/libxgboost4j.so": "libxgboost4j.so",
        "linux/amd64/(libzstd-jni-[^/]*.so)": r"\1",
        "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so": "libsnappyjava.so",
        "org/jline/nativ/Linux/x86_64/libjlinenative.so": "libjlinenative.so",
    },
    "linux/arm64": {
        "lib/linux/aarch64/libxgboost4j.so": "libxgboost4j.so",
        "linux/aarch64/(libzstd-jni-[^/]*.so)": r"\1",
        "org/xerial/snappy/native/Linux/aarch64/libsnappyjava.so": "libsnappyjava.so",
        "org/jline/nativ/Linux/arm64/libjlinenative.so": "libjlinenative.so",
    },
}


def rewrite(jar, target, classes, natives, kept):
    """Writes the jar without native code; returns the patterns of the libraries that it held for this platform."""
    found = set()
    with zipfile.ZipFile(jar) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as written:
        for entry in source.infolist():
            if not NATIVE.search(entry.filename):
                fixed = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
                fixed.compress_type = zipfile.ZIP_STORED if entry.is_dir() else zipfile.ZIP_DEFLATED
                own = classes / entry.filename
                written.writestr(fixed, own.read_bytes() if own.is_file() else source.read(entry))
                continue
            for pattern, name in kept.items():
                match = re.fullmatch(pattern, entry.filename)
                if match:
                    (natives / match.expand(name)).write_bytes(source.read(entry))
                    found.add(pattern)
    return found


def main(platform, jars, classes, libraries, natives):
    kept = KEPT[platform]
    found = set()
    for jar in sorted(jars.glob("*.jar")):
        with zipfile.ZipFile(jar) as opened:
            carries = any(NATIVE.search(name) for name in opened.namelist())
        if carries:
            found |= rewrite(jar, libraries / jar.name, classes, natives, kept)
        else:
            shutil.copyfile(jar, libraries / jar.name)
    missing = set(kept) - found
    if missing:
        sys.exit(f"no jar of {jars} carries {', '.join(sorted(missing))} for {platform}: look at KEPT in containers/jars.py")


if __name__ == "__main__":
    main(sys.argv[1], *map(pathlib.Path, sys.argv[2:]))
