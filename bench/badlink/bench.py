"""`make bench NAME=badlink`: five stories with three photos each over 256 kbit/s and 300 ms, without and with loss,
with the link cut and with the program killed in the middle, beside the same bytes in one bare TCP stream."""

import contextlib
import json
import os
import pathlib
import socket
import statistics
import sys
import tempfile
import threading
import time

from link import DESK, MTU, PORTAL, Link, NotHere, Quality
from newsroom import Desk, Site, Wrong, programs, write_stories

BITS, ROUND_TRIP = 256_000, 0.3
# IP and TCP, with time stamps.
HEADERS = 52
LOSS_ROUNDS = 3
# The largest chunk on such a line, and how many uploads are under way at once: see the portal's adapter and the
# outbox worker. A cut may cost a chunk of each.
CHUNK, AT_ONCE = 96 * 1024, 4
DOWN_SECONDS = 20


class Report:
    """Figures and goals, printed and kept as the other benchmarks do."""

    def __init__(self):
        self.figures, self.goals = [], []

    def figure(self, what, found):
        print(f"  {what:<64} {found:.3f}", flush=True)
        self.figures.append([what, found])

    def goal(self, what, found, at_most):
        reached = found <= at_most
        sign = "reached" if reached else "MISSED"
        print(f"  {what:<64} {found:.4f} (goal ≤ {at_most:.4f}) {sign}", flush=True)
        self.goals.append({"what": what, "found": found, "at_most": at_most, "reached": reached})

    def save(self):
        folder = pathlib.Path("target/bench")
        folder.mkdir(parents=True, exist_ok=True)
        whole = {"times": [], "figures": self.figures, "goals": self.goals}
        (folder / "badlink.json").write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n")

    def reached(self):
        return all(goal["reached"] for goal in self.goals)


class Bench:
    """The rounds. Each has a fresh store and a fresh portal, and ends with a look at what readers get."""

    def __init__(self, link, folder):
        self.link, self.folder, self.programs = link, folder, programs()
        self.files = write_stories(folder / "stories")

    @contextlib.contextmanager
    def ready(self, quality):
        """Everything in the outbox, the link as it is to be."""
        self.link.quality = Quality()
        site = Site(self.link, self.programs, self.folder / "site")
        try:
            desk = Desk(self.link, self.programs, self.folder / "store", site, self.files)
            self.link.quality = quality
            yield desk
            self.link.quality = Quality()
            site.check()
        finally:
            self.link.down = False
            site.stop()

    def publish(self, quality):
        """Seconds, bytes that had to go, payload that went."""
        with self.ready(quality) as desk:
            before, began = self.link.counts[DESK].payload, time.monotonic()
            desk.send_all()
            return time.monotonic() - began, desk.bytes, self.link.counts[DESK].payload - before

    def cut(self, quality, after, act):
        """As `publish`, with `act` once so many bytes have gone."""
        with self.ready(quality) as desk:
            before, began = self.link.counts[DESK].payload, time.monotonic()
            running = desk.begin("outbox", "run", "--wait", "900")
            while self.link.counts[DESK].payload - before < after:
                if running.poll() is not None:
                    raise Wrong(f"the outbox ended before the cut: {running.communicate()}")
                time.sleep(0.01)
            act(desk, running)
            return time.monotonic() - began, self.link.counts[DESK].payload - before

    def down_for_a_while(self, _desk, running):
        """The link is gone and comes back; the program goes on."""
        self.link.down = True
        time.sleep(DOWN_SECONDS)
        self.link.down = False
        _, complaint = running.communicate()
        if running.returncode != 0:
            raise Wrong(f"after the cut: exit {running.returncode}: {complaint}")

    @staticmethod
    def killed(desk, running):
        """The program is killed and started again."""
        running.kill()
        running.communicate()
        desk.send_all()

    def stream(self, size, quality):
        """Seconds for so many bytes in one TCP stream, until the other end has said that it has them."""
        self.link.quality = quality
        with self.link.at(PORTAL):
            door = socket.create_server(("127.0.0.1", 0))
        taking = threading.Thread(target=_take, args=(door, size))
        taking.start()
        began = time.monotonic()
        with self.link.at(DESK), socket.create_connection(door.getsockname()) as line:
            line.sendall(bytes(size))
            if line.recv(1) != b"!":
                raise Wrong("the bare stream broke off")
        took = time.monotonic() - began
        taking.join()
        door.close()
        return took


def _take(door, size):
    line, _ = door.accept()
    with line:
        while size > 0:
            size -= len(line.recv(65536))
        line.sendall(b"!")


def bound(size):
    """Seconds that these bytes need at least: at the line's rate, with the headers of full packets, and two round
    trips, one to connect and one until the last byte is answered."""
    return size * MTU / (MTU - HEADERS) * 8 / BITS + 2 * ROUND_TRIP


def measure(bench, report):
    def quality(loss, seed=1):
        return Quality(round_trip=ROUND_TRIP, bits=BITS, loss=loss, seed=seed)

    took, size, went = bench.publish(quality(0))
    report.figure("bytes of photos and stories", size)
    report.figure("TCP payload that went, over these bytes", went / size)
    report.figure("least time for them, computed (s)", bound(size))
    alone = bench.stream(size, quality(0))
    report.figure("one bare TCP stream (s)", alone)
    report.figure("published, no loss (s)", took)
    report.figure("published to the bare stream, no loss", took / alone)
    report.goal("published to the least time, no loss", took / bound(size), 1.10)

    rounds = [bench.publish(quality(0.05, seed))[0] for seed in range(1, LOSS_ROUNDS + 1)]
    for seed, lossy in enumerate(rounds, 1):
        report.figure(f"published, 5 % loss, round {seed} (s)", lossy)
    alone = bench.stream(size, quality(0.05))
    report.figure("one bare TCP stream, 5 % loss (s)", alone)
    report.figure("published to the bare stream, 5 % loss", statistics.median(rounds) / alone)
    report.goal("published to the least time, 5 % loss, median", statistics.median(rounds) / bound(size), 1.25)

    for what, act in [(f"link down for {DOWN_SECONDS} s", bench.down_for_a_while), ("killed", bench.killed)]:
        cut_took, cut_went = bench.cut(quality(0), size * 0.4, act)
        report.figure(f"published, {what} (s)", cut_took)
        again = cut_went - went
        report.figure(f"bytes sent again, {what}", again)
        report.goal(f"sent again, {what}, chunks of each upload under way", again / CHUNK / AT_ONCE, 1)


def main():
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    print("badlink")
    try:
        link = Link()
    except NotHere as missing:
        print(f"  skipped: the bad link {missing}")
        return 0
    report = Report()
    try:
        with link, tempfile.TemporaryDirectory() as folder:
            measure(Bench(link, pathlib.Path(folder)), report)
    except Wrong as wrong:
        print(f"  failed: {wrong}", file=sys.stderr)
        return 1
    report.save()
    return 0 if report.reached() else 1


if __name__ == "__main__":
    sys.exit(main())
