#!/usr/bin/env python3
"""Makes data/iso_codes.inc from Debian's iso-codes (JSON under /usr/share/iso-codes/json).

Names stay in English: they are the message ids that iso-codes translates.
Usage: contrib/iso/generate.py > data/iso_codes.inc
"""
import json

BASE = "/usr/share/iso-codes/json/"


def rows(file, key, code):
    for entry in json.load(open(BASE + file, encoding="utf-8"))[key]:
        yield entry[code], entry.get("common_name") or entry["name"]


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


print("/* Made by contrib/iso/generate.py from Debian's iso-codes: do not edit. */")
for name, file, key, code in (
    ("countries", "iso_3166-1.json", "3166-1", "alpha_2"),
    ("subdivisions", "iso_3166-2.json", "3166-2", "code"),
    ("currencies", "iso_4217.json", "4217", "alpha_3"),
):
    print(f"static const struct code {name}[] = {{")
    for code_, label in sorted(rows(file, key, code)):
        print(f"\t{{ {text(code_)}, {text(label)} }},")
    print("};")
