#!/usr/bin/env python3
"""Golden screens of every view and main card.

Each views/NAME.keys leads to it from anywhere and changes nothing; views/NAME holds
its screens: English at three sizes, with how each place is painted at 80x24, and the
other languages at 80x24. The other languages at the other sizes are drawn too, and
must keep their size.

  TELAR=build/release/telar tests/screen/views.t             check all
  TELAR=build/release/telar tests/screen/views.t --update [NAME...]
                                                       write screens anew
"""
import difflib
import glob
import itertools
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from sample import ROOT, Sample, Tap  # noqa: E402

VIEWS = os.path.join(HERE, "views")
SIZES = ["24x80", "16x60", "43x132"]


def script(names):
    """One script for all: a process reads the network once."""
    out = []
    for name in names:
        with open(os.path.join(VIEWS, name + ".keys"), encoding="utf-8") as file:
            out += ["size 24x80", file.read(), f"screen {name} 24x80"]
        for size in SIZES[1:]:
            out += [f"size {size}", f"screen {name} {size}"]
        out.append("size 24x80\nkeys Esc Esc Esc")
    return "\n".join(out)


def painted(rows):
    """Runs: '3-5 2. 10*' says that in rows 3 to 5 two places are plain, then ten bold."""
    row = 0
    for line, same in itertools.groupby(rows):
        last = row + len(list(same)) - 1
        runs = "".join(f" {len(list(run))}{style}" for style, run in itertools.groupby(line))
        yield f"{row}-{last}{runs}" if last > row else f"{row}{runs}"
        row = last + 1


def screens(text):
    """Name, size, rows of text, rows of style (none without --styles)."""
    for part in re.split(r"^--- ", text, flags=re.M)[1:]:
        title, _, body = part.partition("\n")
        name, size = title.split()
        rows = body.split("\n")[:-1]
        height = int(size.split("x")[0])
        yield name, size, rows[:height], rows[height:]


def drawn(names, languages):
    """What each view's file should hold, and what does not keep its size."""
    texts, wide = dict.fromkeys(names, ""), []
    for language in languages:
        with Sample(language) as sample:
            text = sample.play(script(names), *(["--styles"] if language == "en" else []))
        for name, size, rows, styles in screens(text):
            height, width = map(int, size.split("x"))
            if len(rows) != height or any(len(row) > width for row in rows):
                wide.append(f"{name} {language} {size}")
            if language != "en" and size != SIZES[0]:
                continue
            texts[name] += "\n".join([f"--- {language} {size}", *rows, ""])
            if styles and size == SIZES[0]:
                texts[name] += "\n".join(["--- painted", *painted(styles), ""])
    return texts, wide


def main():
    names = [os.path.basename(keys)[:-5] for keys in sorted(glob.glob(f"{VIEWS}/*.keys"))]
    others = [os.path.basename(po)[:-3] for po in sorted(glob.glob(f"{ROOT}/po/*.po"))]
    texts, wide = drawn(names, ["en", *others])
    if sys.argv[1:2] == ["--update"]:
        for name in sys.argv[2:] or names:
            with open(os.path.join(VIEWS, name), "w", encoding="utf-8") as file:
                file.write(texts[name])
        return
    tap = Tap()
    for name in names:
        with open(os.path.join(VIEWS, name), encoding="utf-8") as file:
            golden = file.read()
        diff = difflib.unified_diff(golden.split("\n"), texts[name].split("\n"),
                                    "stored", "drawn", lineterm="", n=1)
        tap.report(golden == texts[name], name, "\n".join(diff))
    tap.report(not wide, "every screen keeps its size", "\n".join(wide))
    tap.done()


main()
