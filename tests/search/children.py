"""Processes of their own that follow, build and read the index of a test, on the test's database."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from itertools import chain

from django.conf import settings
from django.db import connection

BEGINNING = """
import json, sys, threading
from archive import settings
settings.DATABASES["default"].update(json.loads(sys.argv[1]))
import django
django.setup()
from archive.search.index import building, following
print("ready", flush=True)
"""
DEEDS = {
    # The round is short: a worker looks for duties, and for tasks of the dead, once a minute.
    "work": """
from datetime import timedelta
from archive.ops import duties, working
working.SECONDS_BETWEEN_ROUNDS = 0.2
duties.DUTIES[:] = [duties.Duty(duties.post_scheduled, timedelta(0), duties.scheduling.is_any_due)]
working.work()
""",
    "follow": "following.follow(threading.Event())",
    "build": "while True: building.build()",
    "read": """
from archive.search import in_index
from archive.search.selections import Selection
from django.contrib.auth.models import AnonymousUser
from archive.warnings.readers import Reader
for _line in sys.stdin:
    found = in_index.find(Selection(), reader=Reader(AnonymousUser()), start=0, limit=100)
    facets = {facet.tag: facet.works for facets in found.facets.values() for facet in facets}
    print(json.dumps([found.ids, found.count, sorted(facets.items())]), flush=True)
""",
}


@contextmanager
def child(deed):
    """A process that does this until it is killed, ready to begin."""
    database = {name: connection.settings_dict[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    process = subprocess.Popen(
        [sys.executable, "-c", BEGINNING + DEEDS[deed], json.dumps(database)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "archive.settings", "ARCHIVE_DATA": str(settings.SEARCH_FOLDER.parent)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def ask(process):
    """What a reading process finds now: ids, their count, and all facets as pairs of a tag and a number."""
    process.stdin.write("\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def as_told(found):
    """What was found in the words of a reading process."""
    facets = chain.from_iterable(found.facets.values())
    return [found.ids, found.count, sorted([facet.tag, facet.works] for facet in facets)]
