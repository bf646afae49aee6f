"""Files that take a while: ordered once, made by the worker, shown on the way, and never given past a door."""

import io
import json
import os
import shutil
import zipfile

import pytest
import typst
from django_tasks_db.models import DBTaskResult

from archive.transfer.taking import books, formats, making, pdf
from archive.warnings import opening, readers
from archive.works import finding
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work
from tests.reading.tools import page
from tests.transfer.test_epub_file import FOOTNOTES
from tests.transfer.test_work_download import YES, asked, body, files_folder, get, kept  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TEXT = "<p>The lamp was lit before the ship was seen.</p>"


def work_off():
    """Do what waits, as the worker does."""
    for ordered in DBTaskResult.objects.filter(status="READY", task_path__endswith="make_file").order_by("enqueued_at"):
        ordered.task.func(*ordered.args_kwargs["args"], **ordered.args_kwargs["kwargs"])
        DBTaskResult.objects.filter(pk=ordered.pk).update(status="SUCCESSFUL")


def orders():
    return DBTaskResult.objects.filter(task_path__endswith="make_file").count()


def test_a_reader_is_told_at_once_and_has_the_file_when_it_is_made(client):
    work = make_work(text=TEXT)

    first = get(client, work, "pdf")
    work_off()
    second = get(client, work, "pdf")

    assert (first.status_code, first.headers["Refresh"], first.headers["Retry-After"]) == (202, "3", "3")
    assert "The PDF is being made" in page(first).css_first("h1").text()
    assert (second.status_code, second.headers["Content-Type"]) == (200, "application/pdf")
    assert body(second).startswith(b"%PDF-")


def test_a_tool_is_told_to_ask_again_and_has_the_file_when_it_is_made(client):
    work = make_work(text=TEXT)

    first = get(client, work, "pdf", Accept="*/*")
    work_off()

    assert (first.status_code, first.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert first.headers["Retry-After"] == "3"
    assert get(client, work, "pdf", Accept="*/*").headers["Content-Type"] == "application/pdf"


def test_it_is_ordered_once_however_many_ask(client):
    work = make_work(text=TEXT)
    for _ in range(3):
        get(client, work, "pdf")
    client.force_login(UserFactory())
    get(client, work, "pdf")

    assert orders() == 1


def test_the_advisory_comes_before_an_order(client):
    work = make_work(rating="Explicit", text=TEXT)

    get(client, work, "pdf")

    assert orders() == 0


def test_what_was_locked_after_it_was_ordered_is_not_made_for_a_guest(client, files_folder):  # noqa: F811 - the fixture
    work = make_work(text=TEXT)
    get(client, work, "pdf")
    Work.objects.filter(pk=work.pk).update(is_restricted=True)

    work_off()

    assert kept(files_folder) == []
    assert get(client, work, "pdf").status_code == 302


def test_what_could_not_be_made_is_said_and_not_tried_again_at_once(client, monkeypatch):
    work = make_work(text=TEXT)
    monkeypatch.setattr(pdf, "PROGRAM", "no such file")  # the typesetter fails
    get(client, work, "pdf")
    with pytest.raises(Exception, match="returned non-zero"):
        work_off()

    answer = get(client, work, "pdf")

    assert "could not be made" in page(answer).css_first("h1").text()
    assert "Refresh" not in answer.headers
    assert orders() == 1


def test_a_reader_who_does_not_want_to_know_which_gets_a_file_that_does_not_tell(client):
    work = make_work(rating="Explicit", warnings=("Major Character Death",), content_notes="There is a fire.", text=TEXT)
    reader = UserFactory()
    client.force_login(reader)
    client.post("/preferences/warnings", {"hides_which": "on"})
    get(client, work, "pdf", YES)
    [ordered] = DBTaskResult.objects.filter(task_path__endswith="make_file")

    work_off()

    assert ordered.args_kwargs["args"][-1] is True
    assert get(client, work, "pdf", YES).status_code == 200
    assert get(client, work, "pdf", YES | {"show_warnings": "true"}).status_code == 202


def test_a_work_that_is_too_long_for_paper_is_not_offered_on_it(client):
    work = make_work()
    Work.objects.filter(pk=work.pk).update(word_count=pdf.MOST_WORDS + 1)

    assert get(client, work, "pdf").status_code == 404
    assert ".pdf" not in client.get(work.get_absolute_url()).content.decode()


def made_pdf(client, work):
    get(client, work, "pdf", YES)
    work_off()
    return body(get(client, work, "pdf", YES))


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "#let x = 1 $ * _ \\ <Lamp>", "text": FOOTNOTES},
        {"title": "灯台守の長い夜", "language": "zh-Hans", "text": "<p><ruby>灯<rt>ひ</rt></ruby>が点いた。一个简单の栗子。</p>"},
        {"title": "قصة", "language": "ar", "text": "<p>كان الفنار مضاءً.</p>"},
        {
            "content_notes": "There is a fire.",
            "text": "<ul><li>a<ol start=3><li>b</ol></ul><table><tr><td>1<td>2<tr><td>3</table><blockquote><p>q</blockquote>"
            '<pre>x\n y</pre><hr><h2>H</h2><center>c</center><img src="https://x.example/a.png" alt="A"><dl><dt>t<dd>d</dl>'
            "<details><p>z</details>",
        },
        {"text": f"{'<div>' * 9}<table><tr><td>1<td>2</table>{'</div>' * 9}{'<table><tr><td>' * 9}within them{'</table>' * 9}"},
    ],
)
def test_whatever_is_written_can_be_set(client, fields):
    work = make_work(summary="Of <b>lamps</b>.", notes="N.", endnotes="E.", expected_chapters=None, **fields)
    add_chapter(work, title="The $Boat$", notes="N.", endnotes="E.", content_notes="A wreck.", text=FOOTNOTES)
    work.refresh_from_db()

    made = made_pdf(client, work)

    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made  # tagged


def told(work):
    """Answer what is set of a work, for a member who has met its advisory."""
    reader = UserFactory()
    found = finding.find(work.pk, viewer=reader)
    chapters = finding.posted_chapters(found)
    return pdf.told_of(books.book_of(opening.pass_advisory(found, chapters, reader=readers.member(reader, says_yes=True))))


def test_the_advisory_is_the_first_thing_that_is_set():
    set_ = told(make_work(title="A Wreck", rating="Explicit", warnings=("Major Character Death",), content_notes="A fire."))

    assert [part["heading"] for part in set_["parts"]] == ["Before you read", "A Wreck", "What the author says about it"]
    assert [saying["term"] for saying in set_["sayings"]] == ["Rated Explicit", "Major Character Death"]
    assert "fire" not in json.dumps(set_["parts"][:2])


@pytest.mark.parametrize("word", ["N" + "o" * 90, "*" * 80, "م" * 60], ids=["letters", "signs", "Arabic"])
def test_a_word_that_is_wider_than_the_paper_may_be_broken(word):
    set_ = told(make_work(title=word, text=f"<p>{word}</p><pre>{word}</pre>", tags={"freeform": [word]}))

    heading, (words, verbatim) = set_["parts"][1]["heading"], set_["parts"][1]["blocks"]
    for shown in (set_["shown"], set_["facts"][3]["value"], heading, words["r"][0]["t"], verbatim["t"]):
        pieces = shown.split("\N{ZERO WIDTH SPACE}")
        assert ("".join(pieces), max(map(len, pieces))) == (word, 12)
    assert set_["title"] == word


@pytest.mark.parametrize("words", ["Donaudampfschifffahrt – weiter", "灯台守の長い夜" * 10, "https://x.example/" + "a/" * 40])
def test_what_a_line_can_be_made_of_is_set_as_it_was_written(words):
    assert told(make_work(text=f"<p>{words}</p>"))["parts"][1]["blocks"][0]["r"][0]["t"] == words


def lines_on_pages(work, folder):
    """Answer how many lines are drawn on each page of a work."""
    folder.mkdir()
    shutil.copy(pdf.TEMPLATE, folder / "book.typ")
    (folder / "book.json").write_text(json.dumps(told(work)), encoding="utf-8")
    return [page.count(b"stroke=") for page in typst.compile(folder / "book.typ", root=folder, format="svg")]


def test_a_line_parts_the_words_of_a_chapter_from_the_notes_before_them(tmp_path):
    plain, noted = make_work(expected_chapters=None), make_work(expected_chapters=None)
    for work, words in ((plain, {}), (noted, {"notes": "It begins."})):
        add_chapter(work, title="Low Water", **words)

    assert [lines_on_pages(plain, tmp_path / "plain")[3:], lines_on_pages(noted, tmp_path / "noted")[3:]] == [[0], [1]]


def test_the_advisory_of_a_work_whose_lines_run_from_the_right_runs_as_its_own_words_do():
    set_ = told(make_work(title="قصة", language="ar"))

    assert (set_["lang"], set_["rtl"], set_["around"]) == ("ar", True, {"lang": "en", "rtl": False})


# Kindle's formats, with a converter that stands for calibre's


@pytest.fixture
def calibre(tmp_path, monkeypatch):
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "ebook-convert"
    program.write_text('#!/bin/sh\ncp "$1" "$2"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("calibre")
@pytest.mark.parametrize("extension", ["azw3", "mobi"])
def test_where_calibre_is_installed_kindle_s_formats_are_made_of_the_e_book(client, extension):
    work = make_work(text=TEXT)

    get(client, work, extension)
    work_off()
    answer = get(client, work, extension)

    assert answer.headers["Content-Type"] == formats.named(extension).content_type
    assert "OEBPS/content.opf" in zipfile.ZipFile(io.BytesIO(body(answer))).namelist()


@pytest.mark.usefixtures("calibre")
def test_the_menu_has_all_five_that_tools_wait_for(client):
    menu = page(client.get(make_work().get_absolute_url())).css("li.download a")

    assert [link.text() for link in menu] == ["AZW3", "EPUB", "MOBI", "PDF", "HTML", "Text", "Markdown"]


def test_without_calibre_they_are_not_there(client, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    assert [asked(client.get(f"/downloads/{make_work().pk}/a.{one}")).status_code for one in ("azw3", "mobi")] == [404, 404]


def test_who_ordered_and_is_gone_is_a_guest():
    assert making.viewer_of(999_999).is_anonymous
    assert making.viewer_of(None).is_anonymous
