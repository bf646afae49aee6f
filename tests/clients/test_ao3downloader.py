"""ao3downloader itself."""

import pytest

from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clients]


def test_a_work_in_two_formats_past_its_advisory(run):
    work = make_work(by=UserFactory(username="marisol_v"), title="The Lamp", rating="Explicit", expected_chapters=None)
    add_chapter(work)

    told = run("ao3downloader", "ao3downloader_here.py", work.pk, "EPUB", "HTML")

    assert sorted(name.rpartition(".")[2] for name in told["files"]) == ["epub", "html"], told["log"]
    assert "504b0304" in told["files"].values()
