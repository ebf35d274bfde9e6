"""Both ends of the link: stories with photos made here, the command line that sends them, the portal that takes them."""

import hashlib
import json
import os
import pathlib
import random
import shutil
import struct
import subprocess
import urllib.request
import zlib

from link import DESK, PORTAL

STORIES, PHOTOS = 5, 3
WIDTH, HEIGHT, CELL = 1500, 1000, 5
HEADLINES = [
    "হাওরে আগাম বন্যা, ধান কাটছেন কৃষকেরা",
    "নদীভাঙনে স্কুল বন্ধ, গাছতলায় ক্লাস",
    "শহরের খাল উদ্ধারে নামছে পৌরসভা",
    "পাহাড়ে বৃষ্টি, সতর্ক থাকতে মাইকিং",
    "শীতের আগে খেজুরের রস নিয়ে ব্যস্ততা",
]
PARAGRAPH = (
    "গতকাল সকাল থেকে পানি বাড়তে শুরু করে। স্থানীয় লোকজন বলছেন, রাতের মধ্যে নিচু এলাকার রাস্তা ডুবে যায়। "
    "উপজেলা প্রশাসন জানিয়েছে, আশ্রয়কেন্দ্র খোলা হয়েছে এবং শুকনা খাবার পাঠানো হচ্ছে।"
)


class Wrong(Exception):
    """An answer that is not right: a fast wrong answer is no answer."""


def write_stories(folder):
    """Writes the story files and their photos; gives the files' paths."""
    folder.mkdir(parents=True)
    return [_write_story(folder, number) for number in range(STORIES)]


def _write_story(folder, number):
    names = [f"{number}-{photo}.png" for photo in range(PHOTOS)]
    for place, name in enumerate(names):
        (folder / name).write_bytes(_photo(number * PHOTOS + place))
    entries = "".join(
        f"- file: {name}\n  caption: ঘটনাস্থলের ছবি\n  credit: নিজস্ব\n  alt: পানিতে ডোবা রাস্তা\n  lead: {'true' if not place else 'false'}\n"
        for place, name in enumerate(names)
    )
    front = (
        f"headline: {HEADLINES[number]}\nbyline: নিজস্ব প্রতিবেদক\ndateline: সুনামগঞ্জ\n"
        f"section: bangladesh\nslug: story-{number}\nlanguage: bn\nphotos:\n{entries}"
    )
    file = folder / f"{number}.md"
    body = "\n\n".join([PARAGRAPH] * 6)
    file.write_text(f"---\n{front}---\n\n{body}\n", encoding="utf-8")
    return file


def _photo(seed):
    """A PNG picture of small uneven patches, from which the desk makes a JPEG as large as that of a press photo."""
    dice = random.Random(seed)
    spread = dice.choice([3, 5, 8])
    rows = []
    for y in range(HEIGHT // CELL):
        row = bytearray(b"\0")
        for x in range(WIDTH // CELL):
            light = 60 + 90 * y * CELL // HEIGHT + 40 * x * CELL // WIDTH + dice.randrange(-spread, spread)
            row += bytes((light, light - 20, 40 + light // 2)) * CELL
        rows.append(bytes(row) * CELL)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


class Site:
    """A fresh portal at its end of the link."""

    def __init__(self, link, programs, data):
        self.link, self.data = link, data
        shutil.rmtree(data, ignore_errors=True)
        line = [programs / "khosra-newsite", "serve", "--no-seed", "--data", data]
        self._process = link.start(PORTAL, line, stdout=subprocess.PIPE, text=True)
        told = json.loads(self._process.stdout.readline())
        self.url = told["url"]
        self.editor = next(account for account in told["accounts"] if account["role"] == "editor")

    def stop(self):
        self._process.terminate()
        self._process.wait()
        self._process.stdout.close()

    def check(self):
        """Every story once, every photo whole, and no other."""
        with self.link.at(PORTAL), urllib.request.urlopen(f"{self.url}/feed.xml") as answer:
            feed = answer.read().decode()
        for headline in HEADLINES:
            found = feed.count(f"<title>{headline}</title>")
            if found != 1:
                raise Wrong(f"readers find {found} stories instead of one: {headline}")
        photos = [file for file in (self.data / "photos").iterdir() if file.is_file()]
        if len(photos) != STORIES * PHOTOS:
            raise Wrong(f"the portal holds {len(photos)} photos")
        for file in photos:
            if hashlib.sha256(file.read_bytes()).hexdigest() != file.name:
                raise Wrong(f"photo {file.name} is not what was sent")


class Desk:
    """The command line over a fresh store, with everything in the outbox and nothing sent."""

    def __init__(self, link, programs, store, site, files):
        self.link, self.program, self.store = link, programs / "khosra-cli", store
        shutil.rmtree(store, ignore_errors=True)
        self._environment = dict(os.environ, KHOSRA_KEYCHAIN="off", KHOSRA_PASSWORD=site.editor["password"])
        ids = [self.say("story", "import", file)["story"] for file in files]
        self.say("portal", "add", "site", "--kind", "native", "--url", site.url, "--user", site.editor["user"])
        link.down = True
        for story in ids:
            self.say("publish", story, "--wait", "0", exits=(0, 3))
        link.down = False
        self.bytes = sum(intent["bytes_total"] for intent in self.say("outbox")["intents"])

    def say(self, *words, exits=(0,)):
        """One command; gives its JSON."""
        process = self.begin(*words)
        answer, complaint = process.communicate()
        if process.returncode not in exits:
            raise Wrong(f"khosra-cli {words[0]} {words[1]}: exit {process.returncode}: {complaint}{answer}")
        return json.loads(answer)

    def begin(self, *words):
        """A command that goes on by itself."""
        line = [self.program, "--json", "--lang", "en", "--store", self.store, *words]
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": self._environment}
        return self.link.start(DESK, line, **more)

    def send_all(self):
        """Brings the whole outbox to the readers."""
        ended = self.say("outbox", "run", "--wait", "900")
        if ended["ended"] != "settled":
            raise Wrong(f"the outbox is {ended['ended']}")


def programs():
    """The folder of the release build."""
    target = os.environ.get("CARGO_TARGET_DIR", "target")
    return pathlib.Path(os.environ.get("BADLINK_PROGRAMS", f"{target}/release")).resolve()
