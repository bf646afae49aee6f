"""Who parts with a work is no longer known as the one who brought it along."""

import datetime as dt

import pytest
from django.utils import timezone

from archive.transfer.bringing.models import Batch, BroughtFile, Origin
from archive.works import cowriting, orphaning
from archive.works.orphaning import Choice
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.works.test_orphaning import write_along

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory()


@pytest.fixture
def brought(author):
    """A work that came along in a file."""
    work = make_work(by=author)
    batch = Batch.objects.create(user=author, work=work, expires_at=timezone.now() + dt.timedelta(days=1))
    BroughtFile.objects.create(batch=batch, work=work, place="1", name="lamp.html", size=1, digest="d")
    Origin.objects.create(user=author, work=work, source="https://lamps.example/1", digest="d")
    return work


def links_of(work):
    return [kind.objects.filter(work=work).count() for kind in (Batch, BroughtFile, Origin)]


def test_orphaning_forgets_who_brought_a_work(author, brought):
    before = links_of(brought)

    orphaning.orphan(Choice(works=[brought.pk]), keeps_name=True, by=author)

    assert (before, links_of(brought)) == ([1, 1, 1], [0, 0, 0])


def test_leaving_forgets_it_too(author, brought):
    friend = UserFactory(can_be_invited=True)
    write_along(brought, friend)

    cowriting.leave(brought, by=author)

    assert links_of(brought) == [0, 0, 0]
