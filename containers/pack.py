"""Writes a root file system as a container image: one tar that docker, ctr, kind, skopeo and crane read.

The tar is an OCI layout (index.json) and a docker archive (manifest.json) at once. Owners, modes, times and order are fixed,
so that the same files give the same digest.

Usage: pack.py ROOT TAR NAME PLATFORM TIME LABEL=VALUE...    TIME is in seconds since 1970
Prints the digest of the image, what it weighs compressed, and the image's id in docker.
"""

import datetime
import gzip
import hashlib
import io
import json
import os
import pathlib
import sys
import tarfile

USER = 65532
WRITABLE = ("tmp", "primum")
# From what seldom changes to what always does: a new version of the steps moves the last layer only.
LAYERS = (
    ("C libraries and users", ("etc", "lib", "lib64", "usr", "var", *WRITABLE)),
    ("Java", ("opt/java",)),
    ("libraries", ("opt/primum/lib", "opt/primum/native")),
    ("primum", ("opt/primum",)),
)
ENVIRONMENT = {
    "PATH": "/opt/primum/bin:/opt/java/bin",
    "LANG": "C.UTF-8",
    "HOME": "/primum",
    "JAVA_HOME": "/opt/java",
    "OMP_WAIT_POLICY": "passive",
}


def tree(root, top, elsewhere):
    """The path and all below it in order, without what another layer holds; parents come first."""
    path = root / top
    if not path.exists():
        return
    yield from (root / parent for parent in reversed(pathlib.Path(top).parents) if str(parent) != ".")
    pending = [path]
    while pending:
        next_path = pending.pop()
        yield next_path
        if next_path.is_dir() and not next_path.is_symlink():
            children = (child for child in next_path.iterdir() if str(child.relative_to(root)) not in elsewhere)
            pending.extend(sorted(children, reverse=True))


def member(root, path, time):
    entry = tarfile.TarInfo(str(path.relative_to(root)))
    entry.mtime = time
    if path.is_symlink():
        entry.type, entry.linkname, entry.mode = tarfile.SYMTYPE, os.readlink(path), 0o777
    elif path.is_dir():
        entry.type, entry.mode = tarfile.DIRTYPE, 0o1777 if entry.name in WRITABLE else 0o755
    else:
        entry.size, entry.mode = path.stat().st_size, 0o755 if path.stat().st_mode & 0o100 else 0o644
    return entry


def layer(root, tops, elsewhere, time):
    """The layer's tar, and the same compressed."""
    plain = io.BytesIO()
    seen = set()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for top in tops:
            for path in tree(root, top, elsewhere):
                if path not in seen:
                    seen.add(path)
                    entry = member(root, path, time)
                    tar.addfile(entry, io.BytesIO(path.read_bytes()) if entry.isfile() else None)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as stream:
        stream.write(plain.getvalue())
    return plain.getvalue(), packed.getvalue()


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def encoded(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def described(media_type, content, **more):
    return {"mediaType": media_type, "digest": digest(content), "size": len(content), **more}


def config(platform, labels, layers, created):
    system, architecture = platform.split("/")
    return {
        "architecture": architecture,
        "os": system,
        "created": created,
        "config": {
            "User": f"{USER}:{USER}",
            "WorkingDir": "/primum",
            "Entrypoint": ["/opt/primum/bin/primum"],
            "Cmd": ["--help"],
            "Env": [f"{name}={value}" for name, value in ENVIRONMENT.items()],
            "Labels": labels,
        },
        "rootfs": {"type": "layers", "diff_ids": [digest(plain) for plain, _ in layers]},
        "history": [{"created": created, "created_by": f"primum: {name}"} for name, _ in LAYERS],
    }


def main(root, target, name, platform, time, *labels):
    root, time = pathlib.Path(root), int(time)
    labels = dict(label.split("=", 1) for label in labels)
    created = datetime.datetime.fromtimestamp(time, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    tops = {top for _, of_layer in LAYERS for top in of_layer}
    layers = [layer(root, of_layer, tops - set(of_layer), time) for _, of_layer in LAYERS]

    image = encoded(config(platform, labels, layers, created))
    parts = [described("application/vnd.oci.image.layer.v1.tar+gzip", packed) for _, packed in layers]
    media_type = "application/vnd.oci.image.manifest.v1+json"
    manifest = encoded(
        {
            "schemaVersion": 2,
            "mediaType": media_type,
            "config": described("application/vnd.oci.image.config.v1+json", image),
            "layers": parts,
            "annotations": labels,
        }
    )
    names = {"io.containerd.image.name": name, "org.opencontainers.image.ref.name": name.rsplit(":", 1)[1]}
    system, architecture = platform.split("/")
    entry = described(
        media_type, manifest, annotations=names, platform={"os": system, "architecture": architecture}
    )

    def blob(content):
        return "blobs/sha256/" + hashlib.sha256(content).hexdigest()

    files = {
        "oci-layout": encoded({"imageLayoutVersion": "1.0.0"}),
        "index.json": encoded({"schemaVersion": 2, "manifests": [entry]}),
        "manifest.json": encoded(
            [{"Config": blob(image), "RepoTags": [name], "Layers": [blob(packed) for _, packed in layers]}]
        ),
        **{blob(content): content for content in (manifest, image, *(packed for _, packed in layers))},
    }
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as tar:
        for path, content in files.items():
            written = tarfile.TarInfo(path)
            written.size, written.mtime, written.mode = len(content), time, 0o644
            tar.addfile(written, io.BytesIO(content))
    print(digest(manifest), sum(part["size"] for part in parts), digest(image))
    for (layer_name, _), part in zip(LAYERS, parts):
        print(f"  {part['size'] / 1e6:6.1f} MB  {layer_name}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
