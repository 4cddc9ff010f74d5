"""What tests in Python share: a network of contrib in a directory of its own, one day, one person."""
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
if "TELAR" not in os.environ:
    sys.exit("say which binary to test: TELAR=build/release/telar")
TELAR = os.path.abspath(os.environ["TELAR"])


class Sample:
    """A copy of a network in a temporary directory: `with Sample() as sample:`."""

    def __init__(self, language="en", network="red-stem"):
        self.language = language
        self.name = network

    def __enter__(self):
        # Always as long: a screen that names it is laid out the same.
        self.work = tempfile.TemporaryDirectory(dir="/tmp")
        self.directory = self.work.name
        self.network = os.path.join(self.directory, self.name)
        subprocess.run([os.path.join(ROOT, "tests/sample.sh"), self.network, self.name],
                       check=True)
        self.environment = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("TELAR", "LC_", "LANG", "NO_COLOR", "COLUMNS", "LINES"))
        }
        self.environment.update(
            XDG_CONFIG_HOME=os.path.join(self.directory, ".config"),
            XDG_STATE_HOME=os.path.join(self.directory, ".state"),
            LC_ALL="C.UTF-8", LANGUAGE=self.language, TZ="UTC",
            TELAR_NOW="2026-11-22T10:00:00Z", TELAR_ACTOR="ana",
            PATH=os.path.dirname(TELAR) + os.pathsep + os.environ["PATH"],
        )
        return self

    def __exit__(self, *what):
        self.work.cleanup()

    def play(self, script, *options):
        """The frames of a key script, as one text."""
        keys = os.path.join(self.directory, "keys")
        with open(keys, "w", encoding="utf-8") as file:
            file.write(script)
        done = subprocess.run(
            [TELAR, "open", "--keys", keys, *options, self.network], stdin=subprocess.DEVNULL,
            capture_output=True, env=self.environment, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"the key script ended with {done.returncode}: {done.stderr.decode()}")
        return done.stdout.decode().replace(self.directory, "~")


class Tap:
    """Numbered results for prove."""

    count = 0

    def report(self, good, what, details=""):
        self.count += 1
        print(f"{'ok' if good else 'not ok'} {self.count} - {what}", flush=True)
        if not good:
            for line in details.splitlines()[:80]:
                print(f"# {line}")
        return good

    def done(self):
        print(f"1..{self.count}")
