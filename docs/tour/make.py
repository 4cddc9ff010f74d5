#!/usr/bin/env python3
"""Makes docs/tour.md, or docs/tour.es.md, of its template: make.py LANGUAGE > PAGE;
and README.md of itself, with the register as it looks today: make.py readme > PAGE.

A template is the page, but for lines that begin with '@':
  @sample         from here on a fresh copy of the sample network
  @play NAME      NAME.keys, beside this file, is played on it
  @screen TITLE   the picture that the script calls so
  @do COMMAND     runs in the network, silently
  @run COMMAND    the same, and stands in the page with what it prints
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(HERE)), "tests"))
from sample import Sample  # noqa: E402


def block(text):
    lines = [line.rstrip() for line in text.rstrip("\n").split("\n")]
    return "\n".join(["```", *lines, "```"])


class Page:
    def __init__(self, language):
        self.language = language
        self.sample = None
        self.screens = {}

    def fresh(self):
        self.close()
        self.sample = Sample(self.language).__enter__()

    def play(self, name):
        with open(os.path.join(HERE, name + ".keys"), encoding="utf-8") as file:
            text = self.sample.play(file.read())
        self.screens = dict(part.split("\n", 1) for part in re.split("^--- ", text, flags=re.M)[1:])

    def shell(self, command):
        done = subprocess.run(["sh", "-c", command], cwd=self.sample.network, check=False,
                              env=self.sample.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.stdout.decode().replace(self.sample.directory, "~")

    def line(self, line):
        word, _, rest = line.partition(" ")
        if word == "@sample":
            return self.fresh()
        if word == "@play":
            return self.play(rest)
        if word == "@screen":
            return block(self.screens[rest])
        if word == "@do":
            self.shell(rest)
            return None
        if word == "@run":
            return block(f"$ {rest}\n{self.shell(rest)}")
        return line

    def close(self):
        if self.sample is not None:
            self.sample.__exit__(None, None, None)


def made(language):
    """The page in this language, as one text."""
    page = Page(language)
    with open(os.path.join(HERE, f"tour.{language}.md"), encoding="utf-8") as file:
        lines = [page.line(line.rstrip("\n")) for line in file]
    page.close()
    return "\n".join(line for line in lines if line is not None) + "\n"


def made_readme():
    """README.md with its first picture made anew."""
    with open(os.path.join(HERE, "../../README.md"), encoding="utf-8") as file:
        before, _, after = file.read().split("```\n", 2)
    with Sample() as sample:
        picture = block(sample.play("keys 8\n"))
    return before + picture + "\n" + after


if __name__ == "__main__":
    sys.stdout.write(made_readme() if sys.argv[1] == "readme" else made(sys.argv[1]))
