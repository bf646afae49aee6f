"""Passages that an author marked, in files: what a passage warns of stands before it, in every format."""

import io
import re
import zipfile

import pytest

from archive.transfer.taking import books, pdf
from archive.warnings import opening, readers
from archive.works import finding
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.transfer.test_work_download import YES, body, files_folder, get  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TEXT = """<p>It was a quiet night at the light.</p>
<div class="passage" data-warning="Major Character Death" data-note="a drowning" data-gist="Old Tom drowns.">
<p>Then zqxtomzqx fell.</p></div><p>Morning came.</p>"""


@pytest.fixture
def work():
    return make_work(text=TEXT, rating="Mature", warnings=("Major Character Death",), expected_chapters=1)


def words(client, work, extension, query=YES):
    found = body(get(client, work, extension, query))
    if extension == "epub":
        found = zipfile.ZipFile(io.BytesIO(found)).read("OEBPS/file0001.xhtml")
    return found.decode()


@pytest.mark.parametrize("extension", ["html", "epub"])
def test_the_note_stands_before_its_passage(client, work, extension):
    found = words(client, work, extension)
    text = found[found.index("quiet night") :]

    assert re.search(
        r"In this passage:.*Major Character Death.*a drowning.*Old Tom drowns.*zqxtomzqx.*passage ends", text, re.DOTALL
    )


@pytest.mark.parametrize("extension", ["txt", "md"])
def test_where_nothing_folds_the_note_is_as_authors_may_type_it(client, work, extension):
    found = words(client, work, extension)
    lines = [line for line in found[found.index("It was a quiet") : found.index("Morning came.")].split("\n") if line]

    assert lines == [
        "It was a quiet night at the light.", "[warning: Major Character Death]", "[note: a drowning]",
        "[what happens: Old Tom drowns.]", "Then zqxtomzqx fell.", "[end warning]",
    ]  # fmt: skip


@pytest.mark.parametrize("extension", ["html", "epub"])
def test_a_link_leads_past_it(client, work, extension):
    found = words(client, work, extension)
    [place] = re.findall(r'href="#(passage-[^"]*-end)"', found)

    assert found.count(f'id="{place}"') == 1


@pytest.mark.parametrize("extension", ["txt", "md"])
def test_where_nothing_leads_anywhere_no_way_past_it_is_offered(client, work, extension):
    assert "Skip past" not in words(client, work, extension)


@pytest.mark.parametrize("extension", ["html", "epub", "txt", "md"])
def test_whoever_does_not_want_to_know_which_is_told_that_there_is_one(client, work, extension):
    client.force_login(UserFactory())
    client.post("/preferences/warnings", {"hides_which": "on"})

    found = words(client, work, extension)

    assert "This passage has a warning" in found
    assert [said for said in ("Major Character Death", "a drowning", "Old Tom drowns") if said in found] == []


def test_on_paper_too(work):
    reader = UserFactory()
    found = finding.find(work.pk, viewer=reader)
    chapters = finding.posted_chapters(found)
    passed = opening.pass_advisory(found, chapters, reader=readers.member(reader, says_yes=True))

    told = pdf.told_of(books.book_of(passed))
    said = ["".join(run["t"] for run in block["r"]) for block in told["parts"][1]["blocks"]]

    assert said == [
        "It was a quiet night at the light.", "In this passage: Major Character Death: a drowning",
        "What happens: Old Tom drowns.", "Then zqxtomzqx fell.", "Here the passage ends.", "Morning came.",
    ]  # fmt: skip
