"""Many files at once: ZIPs, chapters of one work, letters that were guessed, and workers that die."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from archive.tags.models import Tag
from archive.transfer.bringing import working
from archive.transfer.bringing.models import Batch, BroughtFile, FilePiece, Origin
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.transfer.bringing import bring, decide, send, states, work_on
from tests.transfer.downloads import NEWEST, Part, Story
from tests.transfer.packing import zipped

pytestmark = pytest.mark.django_db

OLD_STORY = "Title: The Eel\nFandom: Harbour Lights\nRating: NC-17\n\nThe lamp was lit, and Moth Marsh came in.\n"


@pytest.fixture
def author(client):
    author = UserFactory(username="ada")
    client.force_login(author)
    return author


def names(batch):
    return list(batch.files.shown().in_order().values_list("name", flat=True))


def text_of(client, work):
    return client.get(reverse("work_edit", args=[work.pk])).context["form"]["text"].value()


def test_a_zip_becomes_the_files_in_it(client, author):
    members = {f"eels/{number}.html": NEWEST.html(Story(number=number)) for number in (1, 2, 10)}

    batch = bring(
        client,
        ("eels.zip", zipped(members | {"__MACOSX/eels/._1.html": "x", "eels/cover.jpg": "x", "eels/b.zip": zipped({"a": "x"})})),
    )

    assert (names(batch), states(batch)) == (["1.html", "2.html", "10.html", "b.zip"], ["read", "read", "read", "failed"])
    assert (Work.objects.count(), FilePiece.objects.count()) == (3, 0)
    assert "A ZIP inside a ZIP is not opened" in batch.files.get(name="b.zip").sentence


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({}, "There is no file in this ZIP."),
        ({f"{number}.txt": "x" for number in range(1_001)}, "This ZIP holds 1001 files; 1000 fit."),
        ({f"{number}": "" for number in range(3_001)}, "This file holds far more than a work does"),
    ],
)
def test_a_zip_with_nothing_or_too_much_in_it_is_refused(client, author, members, sentence):
    batch = bring(client, ("a.zip", zipped(members)))

    assert sentence in batch.files.get().sentence


def test_files_can_be_chapters_of_one_work(client, author):
    files = [(f"Chapter {number}.txt", f"The lamp was lit for the {number}th time.") for number in (10, 2, 1)]

    batch = bring(client, *files, makes="chapters", title="Lamps")

    work = Work.objects.get()
    assert (names(batch), work.title) == (["Chapter 1.txt", "Chapter 2.txt", "Chapter 10.txt"], "Lamps")
    assert list(work.chapters.in_order().values_list("title", flat=True)) == ["", "Chapter 2", "Chapter 10"]


def test_a_chapter_that_fails_leaves_the_others(client, author):
    batch = bring(
        client,
        ("1.txt", "The first of them."),
        ("2.png", b"\x89PNG\r\n\x1a\n\x00"),
        ("3.txt", "The third of them."),
        makes="chapters",
    )

    assert (states(batch), Work.objects.get().chapters.count()) == (["read", "failed", "read"], 2)


def test_what_the_header_of_an_old_story_proposes_is_shown_and_not_chosen(client, author):
    fandom = Tag.objects.create(name="Harbour Lights", kind_id="fandom", is_canonical=True)
    Tag.objects.create(name="Moth Marsh", kind_id="character", is_canonical=True).parents.add(fandom)

    batch = bring(client, ("eel.txt", OLD_STORY))

    file = batch.files.get()
    assert file.claims["proposals"] == [
        "Rating: Explicit “NC-17”",
        "Characters whom the archive knows: Moth Marsh (Harbour Lights)",
    ]
    assert sorted(file.work.tags.values_list("kind", "name")) == [("fandom", "Harbour Lights")]


def test_a_header_can_be_put_back_into_the_text(client, author):
    batch = bring(client, ("eel.txt", OLD_STORY))

    decide(client, batch.files.get(), action="put_back")
    batch = work_on(batch)

    work = Work.objects.kept().get()
    assert (work.title, text_of(client, work)) == ("", OLD_STORY)


def test_letters_that_were_guessed_wrong_can_be_read_again(client, author):
    batch = bring(client, ("eel.txt", "Маяк погас, и стало темно.".encode("cp1251")))
    first = batch.files.get()

    decide(client, first, encoding="cp1251")
    batch = work_on(batch)

    assert (first.claims["encoding"], first.claims["is_guess"]) == ("cp1252", True)
    assert (text_of(client, Work.objects.kept().get()), Work.objects.deleted_by(author).count()) == (
        "Маяк погас, и стало темно.",
        1,
    )


def test_a_file_whose_letters_nobody_can_guess_waits_for_its_author(client, author):
    batch = bring(client, ("eel.txt", b"\x81\x8d\x90\x81\x8d\x90 " * 4))
    assert states(batch) == ["failed"]

    decide(client, batch.files.get(), encoding="mac_roman")

    assert states(work_on(batch)) == ["read"]


def test_a_file_that_takes_its_worker_down_is_given_up_and_the_others_go_on(client, author):
    send(client, ("a.html", NEWEST.html()), ("b.html", NEWEST.html(Story(number=2))))
    BroughtFile.objects.filter(name="a.html").update(tries=working.MOST_TRIES)

    batch = work_on(Batch.objects.get())

    assert states(batch) == ["failed", "read"]
    assert "stopped the archive's worker twice" in batch.files.in_order()[0].sentence


WORKER = """
import sys, django
django.setup()
from archive.transfer.bringing import working
print("ready", flush=True)
while working.work_on(int(sys.argv[1])):
    pass
"""
FILES = 60


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nothing(client):
    client.force_login(UserFactory())
    parts = tuple(Part(f"<p>{'A lamp. ' * 400}</p>") for _ in range(3))
    send(
        client,
        ("all.zip", zipped({f"{number}.html": NEWEST.html(Story(number=number, parts=parts)) for number in range(1, FILES + 1)})),
    )
    batch = Batch.objects.get()
    where = connection.settings_dict
    address = (
        f"postgres://{where['USER']}:{where['PASSWORD'] or ''}@/{where['NAME']}?host={where['HOST']}&port={where['PORT'] or ''}"
    )
    settings = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }

    for life in range(1, 4):
        worker = subprocess.Popen([sys.executable, "-c", WORKER, str(batch.pk)], env=settings, stdout=subprocess.PIPE)
        worker.stdout.readline()
        while states(batch).count("read") < 10 * life and worker.poll() is None:
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.05))
        worker.kill()
        worker.wait()
        worker.stdout.close()
    batch = work_on(batch)

    assert Counter(states(batch)) == {"read": FILES}
    assert (Work.objects.count(), Origin.objects.values("source").distinct().count()) == (FILES, FILES)
    assert {work.chapters.count() for work in Work.objects.all()} == {3}
