"""Ace by DAISY finds nothing in our books that keeps anybody from reading them."""

import json
import os
import shutil
import subprocess

import pytest

from tests.clients.conftest import SECONDS, needed_from_npm
from tests.factories.works import add_chapter, make_work
from tests.transfer.test_epub_file import FOOTNOTES
from tests.transfer.test_work_download import YES, body, get

pytestmark = [pytest.mark.django_db, pytest.mark.clients]

IMAGE = '<p><img src="https://x.example/lamp.png" alt="A lamp"></p>'
# Whether a book conforms to WCAG is for somebody who has read it to say: the archive claims nothing for an author's text.
NOT_CLAIMED = ["a11y:certifiedBy", "a11y:certifierCredential", "a11y:certifierReport", "dcterms:conformsTo"]
TABLE = "<table><tr><th>Night</th><th>Lamp</th></tr><tr><td>1</td><td>lit</td></tr></table>"
QUOTED = "<blockquote><p>Lit.</p></blockquote><hr><p>Out.</p>"


def one_shot():
    return make_work(
        title="The Lamp",
        text=f"{FOOTNOTES}{IMAGE}{TABLE}<blockquote><p>Lit.</p></blockquote><hr><p>Out.</p>",
        content_notes="<p>Dark.</p>",
    )


def chaptered():
    work = make_work(
        title="灯台守", language="zh-Hans", rating="Explicit",
        warnings=("Major Character Death",), series="The Lamp", expected_chapters=None,
        text="<p><ruby>灯<rt>ひ</rt></ruby>が点いた。</p>" * 20, summary="<p>灯。</p>", notes="<p>注。</p>", endnotes="<p>終。</p>",
    )  # fmt: skip
    add_chapter(work, title="二", text=FOOTNOTES, notes="N.", endnotes="E.", content_notes="C.", summary="S.")
    return work


def read(folder):
    """Answer what a report says: whether the book passed, and each thing that was found, with the file it is in."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    found = [
        f"{one['earl:test']['dct:title']} in {page['earl:testSubject']['url']}: {one['earl:result']['html'][:200]}"
        for page in report["assertions"]
        for one in page["assertions"]
    ]
    return report["earl:result"]["earl:outcome"], found, report["a11y-metadata"]["missing"]


@pytest.mark.parametrize("make", [one_shot, chaptered], ids=lambda make: make.__name__)
def test_ace_finds_nothing(client, make, settings, tmp_path):
    ace = needed_from_npm("@daisy/ace")
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None or shutil.which("node") is None:
        pytest.skip("Ace needs Node.js and Chromium: apt-get install nodejs chromium")
    settings.FILES_FOLDER = tmp_path / "files"
    path = tmp_path / "book.epub"
    path.write_bytes(body(get(client, make(), "epub", YES)))

    command = ["node", ace / "bin" / "ace-puppeteer.js", "--force", "--silent", "--outdir", tmp_path / "report", path]
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser, "HOME": str(tmp_path)}
    said = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False, env=environment)

    assert said.returncode == 0, said.stdout[-2000:] + said.stderr[-2000:]
    assert read(tmp_path / "report") == ("pass", [], NOT_CLAIMED)
