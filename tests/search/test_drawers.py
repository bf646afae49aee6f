"""Documents of works are drawn in processes of their own where there are many, and are the same as those drawn here."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import batched
from pathlib import Path

import pytest
from django.conf import settings

from archive.search.index import drawers, schema
from archive.search.index.documents import Drawer, Told
from archive.tags.models import Tag
from archive.works.models import Work
from tests.factories.works import make_work

PATIENCE = 60.0  # seconds

PARENT = """
import time
from archive.search.index import drawers

def batches():
    yield [0]
    print("drawing", flush=True)
    time.sleep(600)

if __name__ == "__main__":
    import django
    django.setup()
    list(drawers.drawn(batches(), (), 2))
"""


def drawn_here(drawer, ids):
    return [document for _, document in drawer.documents(drawer.read(ids))]


def read(documents):
    """What documents say; the names of tags stand in them in no order."""
    return [found | {"names": sorted(found["names"].split())} for found in map(json.loads, documents)]


@pytest.mark.django_db(transaction=True)
def test_documents_are_the_same_whoever_draws_them():
    for number in range(5):
        make_work(title=f"Lamp {number}", tags={"freeform": [f"Fog {number}", "Moths"]})
    ids = list(Work.objects.order_by("pk").values_list("pk", flat=True))
    kinds = schema.filtered_kinds()
    batches = [list(batch) for batch in batched(ids, 2)]

    drawn = list(drawers.drawn(batches, kinds, Told.ALL_WORDS))

    assert list(map(read, drawn)) == [read(drawn_here(Drawer(kinds), batch)) for batch in batches]


@pytest.mark.django_db
def test_tags_that_faded_are_taken_up_with_those_above_them():
    work = make_work(fandoms=("Lamp (TV)",))
    above = Tag.objects.create(name="Lamp - All Media Types", kind_id="fandom", is_canonical=True)
    fandom = Tag.objects.get(name="Lamp (TV)")
    Tag.objects.filter(pk=fandom.pk).update(is_canonical=True)
    fandom.metatags.add(above)
    drawer = Drawer(schema.filtered_kinds())
    first = drawn_here(drawer, [work.pk])

    drawer.fading, drawer.tags = drawer.tags, {}

    assert drawn_here(drawer, [work.pk]) == first
    assert above.pk in drawer.tags


def drawing_for(pid):
    """The processes that draw for this one, once there are any; Python keeps another child, which ends with it in any case."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        children = [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if draws_for(folder, pid)]
        if children:
            return children
        time.sleep(0.05)
    return []


def draws_for(folder, pid):
    try:
        parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        return int(parent) == pid and b"spawn_main" in (folder / "cmdline").read_bytes()
    except OSError:  # it has just ended
        return False


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for children")
def test_who_draws_ends_when_the_one_that_writes_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    environment["ARCHIVE_DATA"] = str(tmp_path)
    with subprocess.Popen(
        [sys.executable, script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout.readline() == "drawing\n"
        children = drawing_for(parent.pid)
        parent.send_signal(signal.SIGKILL)
    began = time.monotonic()
    while any(is_alive(child) for child in children) and time.monotonic() - began < PATIENCE:
        time.sleep(0.05)

    assert children
    assert not [child for child in children if is_alive(child)]
