"""Files of works: who gets one, what comes first, what is kept."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.transfer.taking import formats, names, shelf
from archive.works import deleting, writing
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work, work_entry

pytestmark = pytest.mark.django_db

WORDS = "zqxlampzqx"
TEXT = f"<p>The {WORDS} was lit before the ship was seen.</p>"
YES = {"view_adult": "true"}


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"
    return settings.FILES_FOLDER


def asked(answer):
    """The answer with its whole body; a file is closed once it was read."""
    answer.whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


BROWSER = {"Accept": "text/html,*/*;q=0.8"}


def get(client, work, extension="html", query=(), **headers):
    return asked(client.get(names.download_address(work, extension), dict(query), headers=BROWSER | headers))


def body(answer):
    return answer.whole if hasattr(answer, "whole") else answer.content


def whole(answer):
    return LexborHTMLParser(body(answer).decode())


@pytest.mark.parametrize("extension", [one.extension for one in formats.ALL.values() if not one.is_slow])
def test_a_file_is_handed_over_under_a_name_of_its_own(client, extension):
    answer = get(client, make_work(text=TEXT), extension)

    assert answer.headers["Content-Disposition"].endswith(f'.{extension}"')


def test_a_guest_at_a_restricted_work_is_sent_to_log_in_and_comes_back_to_the_file(client):
    work = make_work(is_restricted=True)

    answer = get(client, work)

    assert answer.headers["Location"].startswith(f"{reverse('account_login')}?next=/downloads/{work.pk}/")


# Consent


@pytest.fixture
def asking():
    return make_work(
        rating="Explicit", warnings=("Major Character Death",), text=TEXT, content_notes="There is a fire.", expected_chapters=None
    )


@pytest.mark.parametrize("extension", [one.extension for one in formats.ALL.values() if not one.needs_calibre])
def test_the_advisory_comes_first_and_leads_to_the_file(client, asking, extension):
    first = get(client, asking, extension)
    shown = whole(first)
    form = {field.attributes["name"]: field.attributes.get("value") for field in shown.css(".advisory form input[type=hidden]")}

    onward = client.post(shown.css_first(".advisory form").attributes["action"], form)

    assert first.headers["Content-Type"].startswith("text/html")
    assert WORDS not in shown.html
    assert onward.headers["Location"] == names.download_address(asking, extension)
    assert get(client, asking, extension).headers["Content-Type"] == formats.named(extension).content_type or extension == "pdf"


def test_a_tool_says_yes_in_the_address_and_gets_the_file_at_once(client, asking):
    answer = get(client, asking, query=YES)

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert WORDS in body(answer).decode()


@pytest.mark.parametrize("query", [{}, YES])
def test_head_answers_what_get_does_without_a_body(client, asking, query):
    address = names.download_address(asking, "html")

    head, full = asked(client.head(address, query)), asked(client.get(address, query))

    alike = ("Content-Type", "Content-Disposition", "ETag", "Last-Modified", "Content-Length")
    assert [head.headers.get(name) for name in alike] == [full.headers.get(name) for name in alike]
    assert body(head) == b""


def test_a_tool_is_told_in_words_what_comes_first_and_how_it_says_yes(client, asking):
    refused = get(client, asking, "epub", Accept="*/*")

    assert (refused.status_code, refused.headers["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert all(words in body(refused).decode() for words in ("view_adult=true", "Rating: ", "Warnings: "))
    assert WORDS not in body(refused).decode()
    assert get(client, asking, "epub", YES, Accept="*/*").status_code == 200


def test_whoever_would_rather_not_know_which_warnings_is_not_told_by_a_file(client, asking):
    reader = UserFactory()
    client.force_login(reader)
    client.post(reverse("warning_preferences"), {"hides_which": "on"})

    shown = body(get(client, asking, query=YES)).decode()

    assert "This work has warnings" in shown
    assert "Major Character Death" not in shown
    assert "There is a fire." not in shown
    assert "Major Character Death" in body(get(client, asking, query=YES | {"show_warnings": "true"})).decode()


# What is kept


def kept(folder):
    return sorted(path.name for path in folder.rglob("*.*"))


def test_a_file_is_made_once_for_all_readers(client, files_folder):
    work = make_work(text=TEXT)

    first = body(get(client, work))
    [name] = kept(files_folder)
    (shelf.folder_of(work.pk) / name).write_bytes(b"kept")

    assert WORDS in first.decode()
    assert body(get(client, work)) == b"kept"


def edit(work, author, **fields):
    writing.edit(work, work_entry(author, title=work.title, **fields), version=work.version, by=author)


CHANGES = {
    "edited": lambda work, author: edit(work, author, notes="Another note."),
    "locked": lambda work, author: edit(work, author, is_restricted=True),
    "deleted": lambda work, author: deleting.delete(work, by=author),
    "given a chapter": lambda work, _author: add_chapter(work),
}


@pytest.mark.parametrize("change", CHANGES)
def test_files_are_removed_as_soon_as_their_work_is(client, files_folder, change, django_capture_on_commit_callbacks):
    author = UserFactory()
    work = make_work(by=author, text=TEXT, expected_chapters=None)
    get(client, work)
    assert len(kept(files_folder)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        CHANGES[change](Work.objects.get(pk=work.pk), author)

    assert kept(files_folder) == []


def test_a_kept_file_is_not_given_to_whom_its_work_is_closed(client):
    work = make_work(text=TEXT)
    etag = get(client, work).headers["ETag"]
    Work.objects.filter(pk=work.pk).update(is_restricted=True)

    assert get(client, work, if_none_match=etag).status_code == 302


def test_a_change_that_nobody_told_of_is_seen_all_the_same(client):
    work = make_work(title="The Lamp", text=TEXT)
    before = get(client, work)
    Work.objects.filter(pk=work.pk).update(title="The Other Lamp")

    after = get(client, work)

    assert "The Other Lamp" in body(after).decode()
    assert before.headers["ETag"] != after.headers["ETag"]


def test_a_new_version_of_a_text_makes_a_new_file(client):
    author = UserFactory()
    work = make_work(by=author, text=TEXT)
    assert WORDS in body(get(client, work)).decode()
    chapter = work.chapters.get()

    writing.edit_chapter(chapter, chapter_entry("<p>Nothing of the kind, at all.</p>"), version=1, by=author)

    assert WORDS not in body(get(client, work)).decode()


def test_whoever_has_the_newest_file_is_told_so(client):
    work = make_work(text=TEXT)
    first = get(client, work)

    assert get(client, work, if_none_match=first.headers["ETag"]).status_code == 304
    assert get(client, work, if_modified_since=first.headers["Last-Modified"]).status_code == 304
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_an_answer_that_nothing_is_new_says_of_what(client):
    work = make_work(text=TEXT)
    first = get(client, work)

    same = get(client, work, if_none_match=first.headers["ETag"])

    names = ("ETag", "Last-Modified", "Cache-Control")
    assert [same.headers.get(name) for name in names] == [first.headers[name] for name in names]


def test_an_older_file_that_holds_again_is_not_taken_for_the_newer_one(client, settings):
    work = make_work(title="The Lamp", text=TEXT)
    get(client, work)
    for kept in Path(settings.FILES_FOLDER).rglob("*.html"):
        os.utime(kept, (1_000, 1_000))
    Work.objects.update(title="The Other Lamp")
    newer = get(client, work)
    Work.objects.update(title="The Lamp")

    assert get(client, work, if_modified_since=newer.headers["Last-Modified"]).status_code == 200


def test_a_folder_that_cannot_be_written_costs_no_reader_a_file(client, settings, tmp_path):
    (tmp_path / "full").write_text("no folder")
    settings.FILES_FOLDER = tmp_path / "full"

    assert WORDS in body(get(client, make_work(text=TEXT))).decode()


def test_the_files_that_nobody_asked_for_longest_are_swept(files_folder):
    for number, name in enumerate(["oldest.html", "older.html", "newest.html"]):
        shelf.keep(number, name, lambda file: file.write(b"x" * 100)).close()
    shelf.find(0, "oldest.html").close()

    assert shelf.sweep(most_bytes=250) == 1
    assert kept(files_folder) == ["newest.html", "oldest.html"]


# Addresses and names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Lamp", "The_Lamp"),
        ("Çok güzel “lamba”!", "Cok_guzel_lamba"),
        ("one two three four five six seven", "one_two_three_four_five"),
        ("Honorificabilitudinitatibus and more", "Honorificabilitudinitati"),
        ("Łódź, Straße, Ærø", "Lodz_Strasse_AEro"),
        ("灯", "Work_7"),
        ("!!", "Work_7"),
        ("ab", "ab_Work_7"),
        ("../../etc/passwd", "etcpasswd"),
        ("well-kept_things", "well-kept_things"),
    ],
)
def test_files_are_named_as_ao3_names_them(title, name):
    assert names.file_name(title, otherwise="Work_7") == name


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2026-03-04"), ("Pacific/Auckland", "2026-03-05")])
def test_a_file_says_the_days_that_the_pages_say(client, settings, zone, day):
    settings.TIME_ZONE = zone
    work = make_work()
    Work.objects.update(published_at=datetime(2026, 3, 4, 21, tzinfo=UTC))

    page = whole(asked(client.get(work.get_absolute_url()))).css_first("dd.published").text()
    said = [body(get(client, work, extension)) for extension in ("html", "txt", "md")]

    assert (page, [f"Published: {day}".encode() in one for one in said]) == (day, [True, True, True])


@pytest.mark.parametrize("address", ["/downloads/{}/anything.html", "/downloads/{}/a.b.HTML", "/downloads/{}/灯.html"])
def test_the_name_in_an_address_is_decoration(client, address):
    assert asked(client.get(address.format(make_work().pk))).status_code == 200


def test_an_address_with_two_slashes_leads_to_the_file(client):
    work = make_work(title="The Lamp")

    answer = client.get("/", {"updated_at": "1"}, PATH_INFO=f"//downloads/{work.pk}/The_Lamp.epub")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/downloads/{work.pk}/The_Lamp.epub?updated_at=1")


@pytest.mark.parametrize("address", ["/downloads/{}/a.doc", "/downloads/999999/a.html", "/downloads/99999999999999999999/a.html"])
def test_what_is_not_there_is_a_404(client, address):
    assert client.get(address.format(make_work().pk)).status_code == 404


def test_the_page_of_a_work_offers_its_files_where_tools_look(client):
    work = make_work(title="The Lamp")
    shown = whole(client.get(work.get_absolute_url()))
    links = shown.css("ul.work.navigation.actions > li.download > ul.expandable.secondary > li > a")

    stamp = f"?updated_at={int(work.revised_at.timestamp())}"
    assert [link.text() for link in links] == [one.name for one in formats.available(work)]
    assert [link.attributes["href"] for link in links] == [
        f"/downloads/{work.pk}/The_Lamp.{one.extension}{stamp}" for one in formats.available(work)
    ]


def test_whoever_has_said_yes_once_finds_files_that_do_not_ask_again(client, asking):
    shown = whole(client.get(asking.get_absolute_url(), YES))

    address = shown.css_first("li.download li a").attributes["href"]

    assert "?view_adult=true&updated_at=" in address
    assert asked(client.get(address)).headers["Content-Disposition"].startswith("attachment")


def test_a_draft_offers_no_files(client):
    draft = make_draft()
    client.force_login(draft.pseuds.get().user)

    assert not whole(client.get(draft.get_absolute_url())).css("li.download")


@pytest.mark.parametrize("chapters", [1, 3])
def test_a_file_takes_the_same_few_queries_however_many_chapters(client, django_assert_num_queries, chapters):
    work = make_work(expected_chapters=None)
    for _ in range(chapters - 1):
        add_chapter(work)
    get(client, work)

    with django_assert_num_queries(4):  # one of them for the archive's name, which tests never remember
        get(client, work)
