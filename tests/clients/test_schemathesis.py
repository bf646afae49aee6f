"""The API's own document, and what it allows and does not allow, asked by Schemathesis over HTTP."""

import pytest

from archive.people.models import Scope
from archive.reading import marking
from archive.search.index import building
from archive.transfer.answering import limits
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work
from tests.people.app_passwords import secret_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clients]

EXAMPLES = 4  # for each address, beside those that are in the document
SCRIPT = "schemathesis_here.py"


@pytest.fixture
def _asks_often(monkeypatch):
    """Have nobody wait: what is tested here are the answers."""
    monkeypatch.setattr(limits, "MEMBERS", 1_000_000)


@pytest.mark.usefixtures("_asks_often")
def test_the_api_keeps_to_its_document(run, index_folder):
    heron = UserFactory(username="heron")
    work = make_work(by=heron, expected_chapters=None, series="The Lamps", tags={"character": ["Ines Calder"]})
    chapter = add_chapter(work)
    marking.mark_for_later(make_work(rating="Explicit"), by=heron)
    building.build()
    known = [f"work={work.pk}", f"chapter={chapter.pk}", f"series={Series.objects.get().pk}"]

    said = run("schemathesis", SCRIPT, secret_of(heron, *Scope), EXAMPLES, *known)

    assert said["failures"] == []
    assert said["asked"] >= 60
