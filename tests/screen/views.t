#!/usr/bin/env python3
"""Golden screens of every view, main card and question.

FOLDER/NAME.keys leads to it; FOLDER/NAME holds its screens in three languages at three
sizes, with how each place is painted in English at 80x24.  `views` is on the sample, in
one session for all, so that no keys there may leave anything behind; `example` is on
contrib/territorio-ejemplo, which uses every field, in a session each.

  TELAR=build/release/telar tests/screen/views.t             check all
  TELAR=build/release/telar tests/screen/views.t --update [FOLDER/NAME...]
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

FOLDERS = {"views": "red-stem", "example": "territorio-ejemplo"}
SIZES = ["24x80", "16x60", "43x132"]


def script(names):
    """One script for several: a process reads the network once."""
    out = []
    for name in names:
        with open(os.path.join(HERE, name + ".keys"), encoding="utf-8") as file:
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


def drawn(folder, names, languages):
    """What each view's file should hold, and what does not keep its size."""
    texts, wide = dict.fromkeys(names, ""), []
    for language in languages:
        options = ["--styles"] if language == "en" else []
        with Sample(language, FOLDERS[folder]) as sample:
            sessions = [names] if folder == "views" else [[name] for name in names]
            text = "".join(sample.play(script(some), *options) for some in sessions)
        for name, size, rows, styles in screens(text):
            height, width = map(int, size.split("x"))
            if len(rows) != height or any(len(row) > width for row in rows):
                wide.append(f"{name} {language} {size}")
            texts[name] += "\n".join([f"--- {language} {size}", *rows, ""])
            if styles and size == SIZES[0]:
                texts[name] += "\n".join(["--- painted", *painted(styles), ""])
    return texts, wide


def main():
    others = [os.path.basename(po)[:-3] for po in sorted(glob.glob(f"{ROOT}/po/*.po"))]
    tap, wide = Tap(), []
    for folder in FOLDERS:
        names = [f"{folder}/{os.path.basename(keys)[:-5]}"
                 for keys in sorted(glob.glob(f"{HERE}/{folder}/*.keys"))]
        texts, more = drawn(folder, names, ["en", *others])
        wide += more
        for name in names:
            path = os.path.join(HERE, name)
            if sys.argv[1:2] == ["--update"]:
                if name in sys.argv[2:] or not sys.argv[2:]:
                    with open(path, "w", encoding="utf-8") as file:
                        file.write(texts[name])
                continue
            with open(path, encoding="utf-8") as file:
                golden = file.read()
            diff = difflib.unified_diff(golden.split("\n"), texts[name].split("\n"),
                                        "stored", "drawn", lineterm="", n=1)
            tap.report(golden == texts[name], name, "\n".join(diff))
    if sys.argv[1:2] != ["--update"]:
        tap.report(not wide, "every screen keeps its size", "\n".join(wide))
        tap.done()


main()
