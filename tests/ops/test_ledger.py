"""Every acknowledged write is there, once: while authors post and save, web processes and workers are killed with -9.

A client writes down what it is about to send, sends it, and writes down that it was acknowledged only then; what was not
it sends again, as it was. `LEDGER_SECONDS=60` makes it as long as an evening needs.
"""

import http.client
import json
import os
import random
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import psutil
import pytest
from django.conf import settings

from tests.ops.ledger_archive import fingerprint
from tests.ops.test_up import SECONDS_TO_START, beside, up

SECONDS = float(os.environ.get("LEDGER_SECONDS", "10"))
SECONDS_TO_BE_HEARD = 60  # for one that is still not acknowledged when the killing ends
CLIENTS = 4
TOKEN = "t" * 32
UNREACHABLE = (OSError, http.client.HTTPException)


@dataclass
class Ledger:
    """What was acknowledged, on disk before anything else happens, and what was sent without an answer."""

    file: object
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, kind, what):
        with self.lock:
            self.file.write(json.dumps([kind, what]) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())
            self.acknowledged.append((kind, what))

    def of(self, kind):
        return [what for one, what in self.acknowledged if one == kind]


class Author(threading.Thread):
    """Posts works, adds and changes chapters and types, one after the other, and never gives a thing up."""

    def __init__(self, facts, address, ledger, *, ends):
        super().__init__(daemon=True)
        self.facts, self.place, self.ledger, self.ends = facts, urlsplit(address), ledger, ends
        self.luck = random.Random(facts["author"])
        self.version = 1
        self.typing, self.stamp = str(uuid.uuid4()), 0

    def run(self):
        while time.monotonic() < self.ends:
            self.luck.choice([self.post, self.add, self.change, self.type, self.type])()

    def send(self, method, path, typed=None):
        """Answer the status, the Location and the body of one request; raise what is no answer."""
        connection = http.client.HTTPConnection(self.place.hostname, self.place.port, timeout=15)
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.facts['session']}; csrftoken={TOKEN}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(typed | {"csrfmiddlewaretoken": TOKEN}, doseq=True) if typed else None
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()

    def until_heard(self, path, typed):
        """Send a form again and again, as it is, until there is an answer to it."""
        deadline = max(self.ends, time.monotonic()) + SECONDS_TO_BE_HEARD
        while time.monotonic() < deadline:
            try:
                answer = self.send("POST", path, typed)
            except UNREACHABLE:
                time.sleep(0.2)
                continue
            if answer[0] < 500:
                return answer
            time.sleep(0.2)
        self.ledger.faults.append(f"{path}: never answered")
        return 0, "", ""

    def note(self, kind, what, status, *, wanted=302):
        if status == wanted:
            self.ledger.acknowledge(kind, what)
        elif status:
            self.ledger.faults.append(f"{kind}: {status}")

    def words(self):
        """A text that there is only once, of a few paragraphs."""
        mark = uuid.uuid4()
        return "\n\n".join(f"{mark}, {number}: " + "The lamp is lit. " * 40 for number in range(self.luck.randrange(1, 9)))

    def post(self):
        title, text = f"Work {uuid.uuid4()}", self.words()
        typed = {
            "title": title, "language": "en", "pseuds": self.facts["pseud"], "tags_rating": "Mature", "text": text,
            "tags_warning": "Major Character Death", "tags_fandom": "The Lamp", "action": "post", "key": uuid.uuid4(),
        }  # fmt: skip
        status, _where, _body = self.until_heard("/works/new", typed)
        self.note("title", title, status)
        self.note("version", fingerprint(text), status)

    def add(self):
        text = self.words()
        status, _where, _body = self.until_heard(
            f"/works/{self.facts['work']}/chapters/new", {"text": text, "action": "post", "key": uuid.uuid4()}
        )
        self.note("version", fingerprint(text), status)

    def change(self):
        text = self.words()
        path = f"/works/{self.facts['work']}/chapters/{self.facts['chapter']}/edit"
        typed = {"text": text, "text_version": self.version, "action": "save", "key": uuid.uuid4()}
        status, _where, body = self.until_heard(path, typed)
        # A save that was made but not answered is met by its own repetition: both sides of the conflict are the same.
        if status == 409 and 'name="text_version" value="' in body:
            self.version = int(body.split('name="text_version" value="')[1].split('"')[0])
            return
        self.version += 1
        self.note("version", fingerprint(text), status)

    def type(self):
        text, self.stamp = self.words(), self.stamp + 1
        facts = {"author": self.facts["author"], "place": "/works/new", "key": self.typing, "typed_at": self.stamp}
        status, _where, _body = self.until_heard("/unsent", facts | {"text": text})
        self.note("unsent", f"{self.typing} {self.stamp} {fingerprint(text)}", status, wanted=200)
        if self.luck.random() < 0.1:
            self.typing, self.stamp = str(uuid.uuid4()), 0


def kill_somebody(running, luck):
    """Kill a web process, or less often the worker or the master of the web, with -9; answer whom."""
    everybody = [process for process in running.everybody() if process.pid != running.process.pid]
    named = {}
    for process in everybody:
        try:
            named.setdefault("web" if process.parent().name() == "lamplight-web" else process.name(), []).append(process)
        except psutil.NoSuchProcess:
            continue
    who = luck.choices(["web", "lamplight-work", "lamplight-web"], weights=[8, 3, 1])[0]
    for process in luck.sample(named.get(who, []), min(1, len(named.get(who, [])))):
        process.kill()
        return who
    return ""


@pytest.mark.xdist_group("up")
@pytest.mark.skipif(sys.platform != "linux", reason="processes have their names on Linux alone")
def test_every_acknowledged_write_is_there_once_whoever_is_killed(tmp_path):
    luck = random.Random(9)
    killed = Counter()
    with up(tmp_path / "var") as running, (tmp_path / "ledger").open("w") as file:
        running.wait_until_well(SECONDS_TO_START)
        ledger, ends = Ledger(file), time.monotonic() + SECONDS
        authors = [Author(facts, running.address, ledger, ends=ends) for facts in beside(tmp_path / "var", "found", str(CLIENTS))]
        for author in authors:
            author.ends = ends = time.monotonic() + SECONDS
            author.start()
        while time.monotonic() < ends:
            time.sleep(luck.uniform(0.3, 1.5))
            killed[kill_somebody(running, luck)] += 1
        for author in authors:
            author.join(SECONDS_TO_BE_HEARD * 2)
        kept = beside(tmp_path / "var", "tell")

    titles, versions = Counter(kept["titles"]), Counter(kept["versions"])
    last = {}
    for typing, stamp, text in (what.split() for what in ledger.of("unsent")):
        last[typing] = max(last.get(typing, (0, "")), (int(stamp), text))
    unsent = {key: (stamp, text) for key, stamp, text in kept["unsent"]}
    print(f"killed {dict(killed)}; acknowledged {dict(Counter(kind for kind, _what in ledger.acknowledged))}")
    assert ledger.faults == []
    assert {title: titles[title] for title in ledger.of("title") if titles[title] != 1} == {}
    assert {text: versions[text] for text in ledger.of("version") if versions[text] != 1} == {}
    assert {key: unsent.get(key) for key, typed in last.items() if unsent.get(key, (0, "")) != typed} == {}
    assert killed["web"]
    assert min(len(ledger.of(kind)) for kind in ("title", "version", "unsent"))
