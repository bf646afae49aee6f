"""ao3-py itself, through its `base_url`."""

import pytest

from tests.factories.people import PASSWORD, UserFactory
from tests.factories.works import add_chapter, make_work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clients]

TEXT = "<p>The lamp was lit.</p>"


@pytest.mark.parametrize("who", ["guest", "member"])
def test_a_work_and_its_file(run, who):
    reader = UserFactory(password=PASSWORD)
    author = UserFactory(username="marisol_v")
    work = make_work(by=author, title="The Lamp", rating="Explicit", text=TEXT, is_restricted=who == "member", summary="S.")
    add_chapter(work, text=TEXT)

    told = run("ao3", "ao3_here.py", *((reader.username, PASSWORD) if who == "member" else ("", "")), work.pk)

    assert (told["title"], told["words"], told["status"]) == ("The Lamp", 8, 200)
    assert told["kind"] == "text/html; charset=utf-8"
    assert told["has_words"]
