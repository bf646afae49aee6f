"""Runs beside an archive in a process of its own: founds it for the ledger, and tells in the end what it holds.

The test starts it with `found 4`, which answers the sessions of four authors, and with `tell`; both answer JSON.
"""

import hashlib
import json
import sys

from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from archive.charter.models import Charter, SignUp
from archive.people.models import User
from archive.works import autosaving, revising
from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.texts import Autosave, ChapterText, Revision
from tests.factories.people import UserFactory
from tests.factories.works import accept_everything, make_work


def found(count):
    """Found the archive with so many authors, each with a work whose chapter they will change."""
    Charter.objects.update_or_create(
        pk=Charter.ONLY, defaults={"name": "The Ledger", "sign_up": SignUp.OPEN, "founded_at": timezone.now()}
    )
    accept_everything()
    authors = []
    for number in range(count):
        author, client = UserFactory(username=f"author{number}"), Client()
        client.force_login(author)
        work = make_work(by=author, expected_chapters=None)
        authors.append({
            "author": author.pk,
            "pseud": author.pseuds.get().pk,
            "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "work": work.pk,
            "chapter": work.chapters.get().pk,
        })  # fmt: skip
    return authors


def fingerprint(text):
    return hashlib.sha256(text.encode()).hexdigest()


def tell():
    """Answer titles with their number of posted works, fingerprints of all versions of texts, and autosaves by their key."""
    versions = [
        fingerprint(revising.source_of(chapter, number))
        for chapter in Chapter.objects.all()
        for number in Revision.objects.of(chapter).values_list("number", flat=True)
    ]
    unsent = [autosaving._unpacked(row) for row in Autosave.objects.exclude(packed=b"")]
    return {
        "titles": list(Work.objects.published().values_list("title", flat=True)),
        "versions": versions,
        "unsent": [[str(writing.key), writing.stamp, fingerprint(writing.text)] for writing in unsent],
    }


def forget_sessions():
    """End every session, as if each had run out."""
    return Session.objects.all().delete()[0]


def let_in(author):
    """Answer a new session of an author."""
    client = Client()
    client.force_login(User.objects.get(pk=author))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def texts():
    """Answer all that was typed and not sent, and all that is saved."""
    unsent = [autosaving._unpacked(row).text for row in Autosave.objects.exclude(packed=b"")]
    return {"unsent": unsent, "saved": list(ChapterText.objects.values_list("source", flat=True))}


def main():
    """Do what the command line says."""
    deeds = {"found": found, "tell": tell, "forget_sessions": forget_sessions, "let_in": let_in, "texts": texts}
    print(json.dumps(deeds[sys.argv[1]](*map(int, sys.argv[2:]))))
