#!/usr/bin/env python3
"""What the app costs a line and leaves of a terminal: bytes a key, time to a frame,
nothing at all while nothing happens, and the terminal as it was found however it ends.

The real program on a pseudo-terminal of 80x24 as xterm-256color. Bounds of time are
generous, as tests run on busy machines; the figures are printed. IDLE=10 watches it
do nothing for longer.
"""
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from sample import TELAR, Sample, Tap  # noqa: E402

IDLE = float(os.environ.get("IDLE", "3"))
MOVE_BYTES, VIEW_BYTES = 4096, 12288
FRAME_SECONDS = 4 * 0.016
QUIET = 0.05  # a frame is one write: nothing more in this time, and it is all there


class App:
    """The program on a pseudo-terminal of its own."""

    def __init__(self, sample, network=None):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(slave)
        reader, writer = os.pipe()
        if os.fork() == 0:
            self.lead(slave, writer, dict(sample.environment, TERM="xterm-256color"),
                      network or sample.network)
        os.close(writer)
        self.slave, self.leader = slave, open(reader, encoding="ascii")
        self.pid = int(self.leader.readline())
        self.seen = b""

    def lead(self, slave, writer, environment, network):
        """As a shell does: leads the session, gives the app the terminal, says how it ended.
        Without a leader ^Z would stop nothing."""
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        pid = os.fork()
        if pid == 0:
            os.setpgid(0, 0)
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            os.tcsetpgrp(slave, os.getpid())
            signal.signal(signal.SIGTTOU, signal.SIG_DFL)
            for fd in range(3):
                os.dup2(slave, fd)
            os.closerange(3, 256)
            os.execve(TELAR, [TELAR, network], environment)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.write(writer, b"%d\n" % pid)
        os.write(writer, b"%d\n" % os.waitpid(pid, 0)[1])
        os._exit(0)

    def read(self, seconds):
        """What arrives within this time, then until it is quiet; and when it began."""
        out, start, first = b"", time.monotonic(), None
        while select.select([self.master], [], [], QUIET if out else seconds)[0]:
            try:
                part = os.read(self.master, 65536)
            except OSError:
                break
            first = first or time.monotonic() - start
            out += part
        self.seen += out
        return out, first

    def wait_for(self, text):
        """Until this stands in what was sent; the deadline is far above need."""
        deadline = time.monotonic() + 20
        while text.encode() not in self.seen and time.monotonic() < deadline:
            self.read(1)
        return text.encode() in self.seen

    def press(self, keys):
        os.write(self.master, keys.encode())
        return self.read(2)

    def switches(self):
        """How often its threads went to sleep of themselves."""
        total = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/status", encoding="ascii") as file:
                total += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", file.read(), re.M)[1])
        return total

    def ended(self):
        """How it ended, or None after five seconds."""
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            self.read(0.02)
            if select.select([self.leader], [], [], 0)[0]:
                self.read(0.02)
                os.wait()
                return int(self.leader.readline())
        os.kill(self.pid, signal.SIGKILL)
        os.wait()
        return None

    def is_stopped(self):
        """Within five seconds."""
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            self.read(0.02)
            with open(f"/proc/{self.pid}/stat", encoding="utf-8") as file:
                if file.read().rpartition(")")[2].split()[0] == "T":
                    return True
        return False

    def left_right(self):
        """The line discipline as before, the other screen left, the cursor to be seen."""
        last = {name: max(self.seen.rfind(code) for code in codes) for name, codes in {
            "enter": [b"\x1b[?1049h"], "leave": [b"\x1b[?1049l"],
            "hide": [b"\x1b[?25l"], "show": [b"\x1b[?25h", b"\x1b[?12l\x1b[?25h"]}.items()}
        return (termios.tcgetattr(self.slave) == self.before and last["leave"] > last["enter"]
                and last["show"] >= last["hide"])

    def close(self):
        self.leader.close()
        os.close(self.slave)
        os.close(self.master)


def opened(sample):
    app = App(sample)
    app.wait_for("hang")  # the study is there: what to do next is told
    app.read(0.2)
    return app


def costs(tap, app):
    """Bytes of each kind of key, and the time to its first byte."""
    kinds = [
        ("a view", ["2", "3", "4", "5", "7", "8", "9", "6", "1"], VIEW_BYTES),
        ("the list", ["2"], VIEW_BYTES),
        ("a cursor move", ["j"] * 20, MOVE_BYTES),
        ("a page", ["\x04", "\x04", "\x15", "G", "g"], VIEW_BYTES),
        ("sorting", ["s", "S"], VIEW_BYTES),
        ("opening search", ["/"], MOVE_BYTES),
        ("a letter of a search", list("innovec"), VIEW_BYTES),
        ("closing it", ["\r"], VIEW_BYTES),
        ("opening a filter", ["f"], MOVE_BYTES),
        ("a letter of a filter", list("sector=school"), VIEW_BYTES),
        ("taking it back", ["\x15", "\r"], VIEW_BYTES),
        ("the register", ["8"], VIEW_BYTES),
        ("a cursor move with details", ["j"] * 10, MOVE_BYTES),
        ("a card", ["2", "\r", "\x1b", "3", "\r", "\x1b", "4", "\r", "\x1b", "5", "\r"], VIEW_BYTES),
        ("a cursor move on a card", ["j"] * 10 + ["\t", "j"], MOVE_BYTES),
        ("lists beside", ["1", "O", "E", "P", "F", "H", "!", "?"], VIEW_BYTES),
        ("a cursor move in help", ["j"] * 5, MOVE_BYTES),
        ("the map", ["\x1b", "6"], VIEW_BYTES),
        ("a step on the map", list("jlkhjjkk"), MOVE_BYTES),
        ("a zoom or another map", list("++--0mmmr"), VIEW_BYTES),
        ("the matrix", ["7"], VIEW_BYTES),
        ("a step in the matrix", list("jljlkh"), MOVE_BYTES),
        ("other attributes", list("rcmo"), VIEW_BYTES),
        ("years", ["9"], VIEW_BYTES),
        ("a step in years", list("hhlh"), VIEW_BYTES),
        ("a mark", ["2", " ", " ", "*", "*"], VIEW_BYTES),
        ("columns", list(")((c") + ["\x1b"], VIEW_BYTES),
        ("the palette", ["\x10"], VIEW_BYTES),
        ("a letter in it", list("uni"), VIEW_BYTES),
        ("a command", ["\x1b", ":"], VIEW_BYTES),
        ("a letter of it", list("open uni"), VIEW_BYTES),
        ("a form", ["\x1b", "e"], VIEW_BYTES),
        ("a letter in a form", list("abc"), MOVE_BYTES),
        ("a step in a form", ["\t", "\t", "\x1b[Z"], MOVE_BYTES),
        ("leaving it", ["\x1b", "y"], VIEW_BYTES),
    ]
    times = []
    for what, keys, bound in kinds:
        sizes = []
        for key in keys:
            out, first = app.press(key)
            sizes.append(len(out))
            times += [first] if first else []
        median = int(statistics.median(sizes))
        print(f"# {what}: median {median}, most {max(sizes)} bytes")
        tap.report(max(sizes) <= bound, f"{what} costs at most {bound} bytes", str(sizes))
    middle = statistics.median(times)
    print(f"# key to frame: median {1000 * middle:.1f} ms, longest {1000 * max(times):.1f} ms")
    tap.report(middle <= FRAME_SECONDS, "a frame follows its key at once", str(times))


def idle(tap, app):
    """No byte, no waking up."""
    best = None
    for _ in range(3):  # a file system event of the start may still be on its way
        app.read(0.3)
        before = app.switches()
        out = app.read(IDLE)[0]
        woken = app.switches() - before
        best = (len(out), woken)
        if best == (0, 0):
            break
    tap.report(best == (0, 0), f"{IDLE:g} s of nothing cost no byte and wake nobody",
               f"bytes, wake-ups: {best}")


def stops(tap, app):
    """^Z and fg, by signals."""
    app.seen = b"\x1b[?1049h"
    os.kill(app.pid, signal.SIGTSTP)
    tap.report(app.is_stopped() and app.left_right(), "stopped, it gives the terminal back",
               repr(app.seen))
    app.seen = b""
    os.kill(app.pid, signal.SIGCONT)
    tap.report(app.wait_for("\x1b[?1049h") and app.wait_for("Gaps"), "and takes it again when it goes on")
    tap.report(termios.tcgetattr(app.slave) != app.before, "as its own")


def large(tap, sample):
    """A word before a network that takes long to read; what ends it meanwhile leaves the
    terminal as it was found, and keys pressed meanwhile count."""
    network = os.path.join(sample.network, "..", "large.telar")
    subprocess.run([TELAR, "generate", "--store", network, "--institutions", "20000"], check=True,
                   env=sample.environment, stdout=subprocess.DEVNULL)
    for number in [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]:
        app = App(sample, network)
        told = app.wait_for("Reading the network")
        tap.report(told and b"Institutions" not in app.seen, "a large network is read behind a frame",
                   repr(app.seen))
        os.kill(app.pid, number)
        status = app.ended()
        tap.report(status not in (None, 0) and app.left_right(),
                   f"{number.name} while it is read leaves the terminal as it was found",
                   f"{status} {app.seen[-200:]!r}")
        app.close()
    app = App(sample, network)
    app.wait_for("Reading the network")
    os.write(app.master, b"2")
    tap.report(app.wait_for("20000 of 20000"), "a key pressed meanwhile counts", repr(app.seen[-300:]))
    app.press("Q")
    tap.report(app.ended() == 0 and app.left_right(), "and it ends as any other", repr(app.seen[-200:]))
    tap.report(b"When it was last open" not in app.seen, "of what was never open nothing is said")
    app.close()
    app = App(sample, network)
    tap.report(app.wait_for("institutions · 20 territories") and b"Members" not in app.seen,
               "the frame before says how large it was when it was last open", repr(app.seen))
    app.wait_for("Members")
    app.press("Q")
    app.ended()
    app.close()
    os.remove(network)


def main():
    tap = Tap()
    with Sample() as sample:
        app = opened(sample)
        costs(tap, app)
        idle(tap, app)
        stops(tap, app)
        app.press("1Q")
        tap.report(app.ended() == 0 and app.left_right(), "Q leaves the terminal as it was found",
                   repr(app.seen[-200:]))
        app.close()
        for number in [signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV, signal.SIGABRT]:
            app = opened(sample)
            os.kill(app.pid, number)
            status = app.ended()
            tap.report(status not in (None, 0) and app.left_right(),
                       f"so does {number.name}", f"{status} {app.seen[-200:]!r}")
            app.close()
        large(tap, sample)
    tap.done()


main()
