"""Holds an XML file against an XML Schema: valid.py SCHEMA FILE"""

import sys

from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[1]))
document = etree.parse(sys.argv[2])
if not schema.validate(document):
    raise SystemExit("\n".join(f"{sys.argv[2]}:{e.line}: {e.message}" for e in schema.error_log))
