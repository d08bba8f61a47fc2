"""Prints the image's CycloneDX SBOM: what Maven says of the jars, with the Java run time and the Debian packages added.

Usage: sbom.py ROOT MAVEN-SBOM VERSION ARCHITECTURE
"""

import json
import pathlib
import sys
import urllib.parse


def debian(root, architecture):
    for status in sorted((root / "var/lib/dpkg/status.d").iterdir()):
        fields = dict(line.split(": ", 1) for line in status.read_text().splitlines() if ": " in line and line[0] != " ")
        version = urllib.parse.quote(fields["Version"], safe="")
        purl = f"pkg:deb/debian/{urllib.parse.quote(fields['Package'])}@{version}?arch={architecture}&distro=debian-12"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": fields["Package"],
            "version": fields["Version"],
            "supplier": {"name": fields["Maintainer"]},
            "properties": [{"name": "licence", "value": f"/usr/share/doc/{fields['Package']}/copyright"}],
            "purl": purl,
        }


def java(root):
    fields = dict(line.split("=", 1) for line in (root / "opt/java/release").read_text().splitlines())
    version = fields["JAVA_RUNTIME_VERSION"].strip('"') if "JAVA_RUNTIME_VERSION" in fields else fields["JAVA_VERSION"].strip('"')
    return {
        "type": "platform",
        "bom-ref": "java",
        "name": "OpenJDK run time",
        "version": version,
        "licenses": [{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}],
        "properties": [{"name": "modules", "value": fields["MODULES"].strip('"')}],
    }


def main(root, maven, version, architecture):
    bom = json.loads(pathlib.Path(maven).read_text())
    added = [java(pathlib.Path(root)), *debian(pathlib.Path(root), architecture)]
    bom["components"] += added
    steps = bom["metadata"]["component"]["bom-ref"]
    for dependency in bom["dependencies"]:
        if dependency["ref"] == steps:
            dependency["dependsOn"] = [*dependency.get("dependsOn", []), *(part["bom-ref"] for part in added)]
    bom["metadata"]["properties"] = [{"name": "image", "value": f"primum {version} linux/{architecture}"}]
    json.dump(bom, sys.stdout, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
