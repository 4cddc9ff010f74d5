#!/usr/bin/env python3
"""Tour and README show what the program shows today: they are as `make docs` makes them."""
import concurrent.futures
import difflib
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(ROOT, "docs", "tour")]
from make import made, made_readme  # noqa: E402
from sample import Tap  # noqa: E402

PAGES = {"docs/tour.md": lambda: made("en"), "docs/tour.es.md": lambda: made("es"),
         "README.md": made_readme}
tap = Tap()
with concurrent.futures.ThreadPoolExecutor() as pool:
    pages = {name: pool.submit(page) for name, page in PAGES.items()}
for name, page in pages.items():
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        stands = file.read()
    diff = "\n".join(difflib.unified_diff(stands.split("\n"), page.result().split("\n"), name,
                                          "make docs", lineterm="", n=1))
    tap.report(diff == "", f"{name} is what make docs makes", diff)
tap.done()
