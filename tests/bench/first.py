#!/usr/bin/env python3
"""How long the screen stays empty: from exec to the first bytes of a frame, and until the
network stands in it, of the real program on a pseudo-terminal of 80x24; and what it takes.

  first.py NETWORK ...     ROUNDS=9 of each in turn; least and median

TELAR is the program.
"""
import fcntl
import os
import select
import statistics
import struct
import sys
import termios
import time

ROUNDS = int(os.environ.get("ROUNDS", "9"))


def start(network, slave):
    """The program in a session of its own."""
    pid = os.fork()
    if pid == 0:
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for fd in range(3):
            os.dup2(slave, fd)
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execv(os.environ["TELAR"], ["telar", network])
    return pid


def status(pid, name):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name))


def used(pid):
    """Seconds of the processors so far."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as file:
            total += int(file.read().split()[0])
    return total / 1e9


def opened(network):
    """Seconds to a frame with a name in it, on the wall and of the processors, and to the tabs
    of the views; kB at that moment."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    begun, seen, first, busy = time.monotonic(), b"", None, 0
    pid = start(network, slave)
    while b"Matrix" not in seen and time.monotonic() - begun < 60:
        if select.select([master], [], [], 1)[0]:
            seen += os.read(master, 65536)
        if first is None and b"telar " in seen:
            first, busy = time.monotonic() - begun, used(pid)
    whole, memory = time.monotonic() - begun, status(pid, "VmHWM")
    os.write(master, b"Q")
    while os.waitpid(pid, os.WNOHANG)[0] == 0:
        if select.select([master], [], [], 0.01)[0]:
            os.read(master, 65536)
    os.close(slave)
    os.close(master)
    return first, busy, whole, memory


def main():
    runs = {network: [] for network in sys.argv[1:]}
    for _ in range(ROUNDS):
        for network, of in runs.items():
            of.append(opened(network))
    for network, of in runs.items():
        first, busy, whole, memory = zip(*of)
        print(f"{network}: first frame {1000 * min(first):.1f} ms ({1000 * statistics.median(first):.1f}), "
              f"of the processors {1000 * min(busy):.1f}, "
              f"network {1000 * min(whole):.0f} ms ({1000 * statistics.median(whole):.0f}), "
              f"{max(memory) // 1024} MB")


if __name__ == "__main__":
    main()
