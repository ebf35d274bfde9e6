"""Cuts the power of an ext4 file system of our own: whatever only the caches hold is lost.

usage: powercut.py MOUNTPOINT SECONDS < acknowledgements

Reads lines `acknowledged N` for SECONDS, then cuts, and prints the last N that was heard before the cut. What is said
later does not count: the process that saves lives on, and may be told of a sync that no disk has seen.
"""

import fcntl
import os
import struct
import sys
import time

# EXT4_IOC_SHUTDOWN with NOLOGFLUSH.
SHUTDOWN = (2 << 30) | (4 << 16) | (ord("X") << 8) | 125
NOLOGFLUSH = struct.pack("I", 2)

disk = os.open(sys.argv[1], os.O_RDONLY)
until = time.monotonic() + float(sys.argv[2])
os.set_blocking(0, False)
heard = b""


def listen():
    try:
        return os.read(0, 1 << 16)
    except BlockingIOError:
        return b""


while time.monotonic() < until:
    heard += listen()
    time.sleep(0.002)
heard += listen()
fcntl.ioctl(disk, SHUTDOWN, NOLOGFLUSH)

lines = heard.split(b"\n")[:-1]
counters = [int(line.split()[1]) for line in lines if line.startswith(b"acknowledged ")]
print(max(counters, default=0))
