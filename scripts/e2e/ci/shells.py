"""Prints the shell parts of a .gitlab-ci.yml or a Jenkinsfile, for a linter."""

import re
import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
if sys.argv[1].endswith((".yml", ".yaml")):
    found = [line for job in yaml.safe_load(text).values() if "script" in job for line in job["script"]]
else:
    found = re.findall(r"script: '''(.*?)'''", text, re.DOTALL)
if not found:
    raise SystemExit(f"{sys.argv[1]}: no shell found")
print("\n".join(found))
