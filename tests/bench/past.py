#!/usr/bin/env python3
"""How long a key waits on a terminal while days are looked at: from the key to the
first bytes of its frame, of the real program on a pseudo-terminal of 80x24.

  past.py NETWORK [KEY ...]      keys: 2 j { { { j } @ unless given

TELAR is the program. The network of the past itself comes some frames later.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time


def drain(master, quiet):
    """All that comes until nothing has for so many seconds."""
    length, end = 0, time.monotonic() + quiet
    while time.monotonic() < end:
        if select.select([master], [], [], 0.01)[0]:
            length += len(os.read(master, 65536))
            end = time.monotonic() + quiet
    return length


def main():
    network, keys = sys.argv[1], sys.argv[2:] or ["2", "j", "{", "{", "{", "j", "}", "@"]
    pid, master = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execv(os.environ["TELAR"], ["telar", network])
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    select.select([master], [], [])
    drain(master, float(os.environ.get("SETTLE", "5")))
    for key in keys:
        start = time.monotonic()
        os.write(master, key.encode())
        select.select([master], [], [], 10)
        waited = time.monotonic() - start
        print(f"{key}\t{waited * 1000:.1f} ms\t{drain(master, 1)} bytes")
    os.write(master, b"Q")
    while True:
        try:
            os.read(master, 65536)
        except OSError:
            break
    os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
