"""calibre, where it is installed, reads what our books say of themselves and makes Kindle's formats of them."""

import re
import shutil
import subprocess

import pytest

from tests.clients.conftest import SECONDS
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work
from tests.transfer.test_work_download import YES, body, get

pytestmark = [pytest.mark.django_db, pytest.mark.clients]


def run(program, *arguments):
    """What one of calibre's programs prints; without it, the test is skipped, in CI too."""
    if shutil.which(program) is None:
        pytest.skip("calibre is not installed")
    said = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=SECONDS, check=True)
    return said.stdout


@pytest.fixture
def book(client, settings, tmp_path):
    """The e-book of a work with two authors, tags of every kind, a series and two chapters."""
    settings.FILES_FOLDER = tmp_path / "files"
    settings.SITE_ADDRESS = "https://archive.example"
    author = UserFactory(username="marisol_v")
    work = make_work(
        by=author, title="灯 & <Lamp>", rating="Explicit", warnings=("Major Character Death",), language="zh-Hans",
        summary="Of <em>lamps</em>.", tags={"character": ["Ines Calder"]}, series="The Lamps", expected_chapters=None,
    )  # fmt: skip
    work.creatorships.create(pseud=UserFactory(username="tomas_h").pseuds.get(), position=1)
    add_chapter(work, title="The Boat")
    path = tmp_path / "book.epub"
    path.write_bytes(body(get(client, work, "epub", YES)))
    return path


def test_calibre_reads_all_that_is_said_of_a_work(book):
    said = dict(re.findall(r"(?m)^(\w[\w() ]*?) +: (.+)$", run("ebook-meta", book)))

    assert (said["Title"], said["Series"], said["Languages"]) == ("灯 & <Lamp>", "The Lamps #1", "zho")
    assert said["Author(s)"].startswith("marisol_v & tomas_h")
    assert {"Fanworks", "Explicit", "Major Character Death", "Ines Calder"} <= set(said["Tags"].split(", "))
    assert said["Comments"] == "Of lamps."


@pytest.mark.parametrize("extension", ["azw3", "mobi"])
def test_calibre_makes_kindles_formats_of_it(book, extension, tmp_path):
    made = tmp_path / f"book.{extension}"

    run("ebook-convert", book, made)

    assert b"BOOKMOBI" in made.read_bytes()[:100]
    assert "灯 & <Lamp>" in run("ebook-meta", made)
