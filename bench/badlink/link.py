"""A bad link in one process: two network namespaces joined by a pair of TUN devices, and between the two a loop that
delays, drops and paces packets. Kernels without netem can do this too.

In the desk's namespace 127.0.0.1 is no address of its own: it leads over the link to the 127.0.0.1 of the portal's
namespace. So the desk talks to `http://127.0.0.1:PORT`, as it may, with one TCP connection from end to end, and
nothing stands between the two but the link.
"""

import contextlib
import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
DEVICE, MTU = "bad0", 1400
DESK, PORTAL = "desk", "portal"
ADDRESSES = {DESK: "10.99.0.1", PORTAL: "10.99.0.2"}

LIBC = ctypes.CDLL(None, use_errno=True)


class NotHere(Exception):
    """This machine does not let us make namespaces; the message says what is missing."""


class Quality:
    """What the link does to packets, in each direction alike."""

    def __init__(self, round_trip=0.0, bits=None, loss=0.0, queue=32, seed=1):
        self.one_way = round_trip / 2  # seconds
        self.bits = bits  # a second; None is as fast as the machine
        self.loss = loss  # part of the packets, 0 to 1
        self.queue = queue  # packets that wait at most
        self.dice = random.Random(seed)


class Count:
    """What one end has put through to the other."""

    def __init__(self):
        self.packets = self.dropped = 0
        self.bytes = 0  # with headers
        self.payload = 0  # of TCP


class Link:
    """The two ends and what is between them. A context: leaving it ends the loop and with it the namespaces."""

    def __init__(self):
        self.quality = Quality()
        self.down = False
        self.counts = {DESK: Count(), PORTAL: Count()}
        self._become_root()
        self._spaces = {end: self._new_space() for end in ADDRESSES}
        self._devices = {}
        for end in ADDRESSES:
            self._devices[end] = self._set_up(end)
        self._ends = {device: end for end, device in self._devices.items()}
        self._stop, self._stopped = os.pipe()
        self._loop = threading.Thread(target=self._carry, daemon=True)

    def __enter__(self):
        self._loop.start()
        return self

    def __exit__(self, *_):
        os.close(self._stopped)
        self._loop.join()
        for handle in [self._stop, *self._devices.values(), *self._spaces.values()]:
            os.close(handle)

    def start(self, end, command, **more):
        """Starts a program at one end."""
        with self.at(end):
            return subprocess.Popen(command, **more)

    @contextlib.contextmanager
    def at(self, end):
        """Sockets that this thread opens meanwhile, and programs that it starts, are at one end."""
        back = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        _enter(self._spaces[end])
        try:
            yield
        finally:
            _enter(back)
            os.close(back)

    @staticmethod
    def _become_root():
        """Without being root: root in a user namespace of our own, where the system allows it."""
        user, group = os.geteuid(), os.getegid()
        if user == 0:
            return
        if LIBC.unshare(CLONE_NEWUSER) != 0:
            raise NotHere("needs root, or user namespaces for everybody (kernel.unprivileged_userns_clone)")
        for file, text in [("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")]:
            with open(f"/proc/self/{file}", "w", encoding="ascii") as map_file:
                map_file.write(text)

    @staticmethod
    def _new_space():
        home = os.open("/proc/self/ns/net", os.O_RDONLY)
        if LIBC.unshare(CLONE_NEWNET) != 0:
            raise NotHere("needs network namespaces, and this system does not hand them out")
        space = os.open("/proc/self/ns/net", os.O_RDONLY)
        # From a user namespace of our own there is no way back, and no need for one.
        LIBC.setns(home, CLONE_NEWNET)
        os.close(home)
        return space

    def _set_up(self, end):
        with self.at(end):
            try:
                device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
                fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", DEVICE.encode(), IFF_TUN | IFF_NO_PI))
            except OSError as error:
                raise NotHere(f"needs a TUN device: /dev/net/tun: {error.strerror}") from error
        peer = next(other for other in ADDRESSES if other != end)
        lines = [
            f"ip address add {ADDRESSES[end]} peer {ADDRESSES[peer]} dev {DEVICE}",
            f"ip link set {DEVICE} mtu {MTU} txqueuelen 1000 up",
            "ip link set lo up",
        ]
        if end == DESK:
            lines += [
                "ip address del 127.0.0.1/8 dev lo",
                f"ip route add 127.0.0.1/32 dev {DEVICE} src {ADDRESSES[DESK]}",
            ]
        for line in lines:
            try:
                with self.at(end):
                    subprocess.run(line.split(), check=True)
            except (OSError, subprocess.CalledProcessError) as error:
                raise NotHere(f"`{line}` is refused here ({error})") from error
        with self.at(end):
            # Reno, as desktops do not run anything newer by default; and no connection learns from an earlier one.
            _set("net/ipv4/tcp_congestion_control", "reno")
            _set("net/ipv4/tcp_no_metrics_save", "1")
            _set(f"net/ipv4/conf/{DEVICE}/route_localnet", "1")
            _set("net/ipv4/conf/all/rp_filter", "0")
            _set(f"net/ipv4/conf/{DEVICE}/rp_filter", "0")
        return device

    def _carry(self):
        """The link itself: reads each packet when it is sent, and writes it to the other end when it is due."""
        other = {self._devices[DESK]: self._devices[PORTAL], self._devices[PORTAL]: self._devices[DESK]}
        free = dict.fromkeys(other, 0.0)
        waiting, number = [], 0
        while True:
            pause = max(0.0, waiting[0][0] - time.monotonic()) if waiting else 1.0
            ready, _, _ = select.select([*other, self._stop], [], [], pause)
            if self._stop in ready:
                return
            for device in ready:
                for packet in _packets(device):
                    due = self._due(self._ends[device], packet, free, device)
                    if due is not None:
                        number += 1
                        heapq.heappush(waiting, (due, number, device, packet))
            while waiting and waiting[0][0] <= time.monotonic():
                _, _, device, packet = heapq.heappop(waiting)
                if self.down:
                    self.counts[self._ends[device]].dropped += 1
                    continue
                self._count(self._ends[device], packet)
                with contextlib.suppress(OSError):
                    os.write(other[device], packet)

    def _due(self, end, packet, free, device):
        """When the packet arrives; None if it never does."""
        quality, now = self.quality, time.monotonic()
        takes = len(packet) * 8 / quality.bits if quality.bits else 0.0
        begins = max(now, free[device])
        full = quality.bits and begins - now > quality.queue * MTU * 8 / quality.bits
        if self.down or full or quality.dice.random() < quality.loss:
            self.counts[end].dropped += 1
            return None
        free[device] = begins + takes
        return free[device] + quality.one_way

    def _count(self, end, packet):
        count = self.counts[end]
        count.packets += 1
        count.bytes += len(packet)
        if packet[0] >> 4 == 4 and packet[9] == 6:
            header = (packet[0] & 15) * 4
            count.payload += len(packet) - header - (packet[header + 12] >> 4) * 4


def _packets(device):
    for _ in range(64):
        try:
            yield os.read(device, 2048)
        except BlockingIOError:
            return


def _enter(space):
    if LIBC.setns(space, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "a network namespace cannot be entered")


def _set(name, value):
    try:
        with open(f"/proc/sys/{name}", "w", encoding="ascii") as file:
            file.write(value)
    except OSError as error:
        raise NotHere(f"needs to set {name}: {error.strerror}") from error
