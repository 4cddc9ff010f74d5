#!/usr/bin/env python3
"""The tour shows what the program shows today: docs/tour*.md are as `make docs` makes them."""
import difflib
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(ROOT, "docs", "tour")]
from make import made  # noqa: E402
from sample import Tap  # noqa: E402

tap = Tap()
for language, name in [("en", "tour.md"), ("es", "tour.es.md")]:
    with open(os.path.join(ROOT, "docs", name), encoding="utf-8") as file:
        stands = file.read()
    diff = "\n".join(difflib.unified_diff(stands.split("\n"), made(language).split("\n"),
                                          "docs/" + name, "make docs", lineterm="", n=1))
    tap.report(diff == "", f"docs/{name} is what make docs makes", diff)
tap.done()
