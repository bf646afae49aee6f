"""The pages of versions: for those who may edit the chapter, and for nobody else."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.works import deleting, revising, writing
from archive.works.texts import ChapterText, Revision
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_work
from tests.works.test_revising import save, texts_of

pytestmark = pytest.mark.django_db

FIRST, SECOND = "The lamp is lit.\n\nThe sea is calm.", "The lamp is dark.\n\nThe sea is calm.\n\nNobody comes."


@pytest.fixture
def author(client):
    author = UserFactory(username="keeper")
    client.force_login(author)
    return author


@pytest.fixture
def chapter(author):
    chapter = make_work(by=author, text=FIRST).chapters.get()
    save(chapter, SECOND)
    return chapter


def address(chapter, *, number=None, end=""):
    base = reverse("versions_index", args=[chapter.work_id, chapter.pk])
    return base + (f"/{number}" if number else "") + end


def page(client, *arguments, **options):
    return LexborHTMLParser(client.get(*arguments, **options).content)


def words(found, selector):
    return [" ".join(node.text().split()) for node in found.css(selector)]


def test_the_list_says_when_by_whom_and_how_many_words(client, chapter):
    rows = words(page(client, address(chapter)), ".work-versions .kept-until:not(span)")

    assert [row.partition("by you")[2].strip() for row in rows] == ["10 words, 2 more", "8 words"]


def test_a_version_is_shown_as_it_reads_and_as_it_was_typed(client, chapter):
    shown = page(client, address(chapter, number=1))

    assert [node.html for node in shown.css(".work-version-text .userstuff > *")] == [
        "<p>The lamp is lit.</p>",
        "<p>The sea is calm.</p>",
    ]
    assert shown.css_first("textarea").text().strip("\n") == FIRST


def test_a_version_was_cleaned_like_any_text(client, chapter):
    save(chapter, "<p onclick='x()'>The lamp is lit.</p><script>alert(1)</script>")

    shown = page(client, address(chapter, number=3))

    assert [node.html for node in shown.css(".work-version-text .userstuff > *")] == ["<p>The lamp is lit.</p>"]


def test_two_versions_are_compared_word_by_word(client, chapter):
    shown = page(client, address(chapter, end="/compare"), {"older": 1, "newer": 2})

    assert words(shown, ".work-changes del") == ["[removed:] lit [end]"]
    assert words(shown, ".work-changes ins") == ["[added:] dark [end]", "[added:] Nobody comes. [end]"]


def test_a_version_is_compared_with_the_text_now_whichever_way_it_is_asked(client, chapter):
    save(chapter, "The lamp is lit again.")
    answers = [
        words(page(client, address(chapter, end="/compare"), query), ".work-changes p")
        for query in ({"older": 1}, {"older": 1, "newer": 3}, {"older": 3, "newer": 1})
    ]

    assert answers[0] == answers[1] == answers[2] != []


def test_only_other_markup_is_told_and_shown_as_typed(client, chapter):
    save(chapter, SECOND.replace("dark", "<em>dark</em>"))
    compare = address(chapter, end="/compare")

    assert "The words are the same." in client.get(compare, {"older": 2}).content.decode()
    assert words(page(client, compare, {"older": 2, "as": "typed"}), ".work-changes ins")[0] == "[added:] <em>dark</em> [end]"


def test_a_text_is_escaped_where_it_is_compared(client, chapter):
    save(chapter, "The lamp &lt;script&gt;is&lt;/script&gt; <b>lit</b>, and all is well with the sea.")

    shown = page(client, address(chapter, end="/compare"), {"older": 1, "as": "typed"})

    assert shown.css(".work-changes :is(script, b)") == []
    assert "<b>" in shown.css_first(".work-changes").text()


@pytest.mark.parametrize(
    "query", [{"older": 9}, {"older": "x"}, {"older": "9" * 50}, {"older": 1, "newer": 7}, {"older": "-1"}, {"older": "²"}]
)
def test_what_is_not_kept_cannot_be_compared(client, chapter, query):
    assert client.get(address(chapter, end="/compare"), query).status_code == 404


def test_nothing_chosen_leads_back_to_the_list(client, chapter):
    assert client.get(address(chapter, end="/compare")).url == address(chapter)


def test_a_version_is_restored_as_a_new_one(client, chapter):
    now = page(client, address(chapter, number=1)).css_first("[name=version]").attributes["value"]

    response = client.post(address(chapter, number=1, end="/restoration"), {"version": now})

    assert response.url == address(chapter)
    assert texts_of(chapter) == [FIRST, SECOND, FIRST]


def test_a_version_restored_over_a_newer_text_answers_409_and_changes_nothing(client, chapter):
    stale = revising.version_now(chapter)
    save(chapter, "Saved in the other tab.")

    response = client.post(address(chapter, number=1, end="/restoration"), {"version": stale})

    assert response.status_code == 409
    assert ChapterText.objects.get().source == "Saved in the other tab."
    assert page_version(response) == str(revising.version_now(chapter))


def page_version(response):
    return LexborHTMLParser(response.content).css_first("[name=version]").attributes["value"]


@pytest.mark.parametrize("version", ["", "x", "²", "9" * 30, "-1"])
def test_a_restoration_that_says_no_version_changes_nothing(client, chapter, version):
    response = client.post(address(chapter, number=1, end="/restoration"), {"version": version})

    assert response.status_code == 409
    assert texts_of(chapter) == [FIRST, SECOND]


def test_a_text_that_a_posted_chapter_cannot_have_is_not_restored(client, author):
    work = make_work(by=author, expected_chapters=None)
    chapter = writing.add_chapter(work, chapter_entry("Short."), by=author)
    save(chapter, "Long enough to be posted.")
    client.post(reverse("chapter_publication", args=[work.pk, chapter.pk]))

    response = client.post(address(chapter, number=1, end="/restoration"), {"version": 2}, follow=True)

    assert "at least 10 characters" in response.content.decode()
    assert ChapterText.objects.get(chapter=chapter).source == "Long enough to be posted."


@pytest.mark.parametrize("who", ["member", "staff", "author of another work", "guest"])
@pytest.mark.parametrize("end", ["", "/1", "/compare?older=1", "/1/restoration"])
def test_versions_are_for_nobody_but_who_can_edit_the_chapter(client, chapter, who, end):
    other = make_work().pseuds.get().user if who == "author of another work" else UserFactory(is_staff=who == "staff")
    client.logout() if who == "guest" else client.force_login(other)

    response = client.post(address(chapter, end=end), {"version": 2}) if "rest" in end else client.get(address(chapter, end=end))

    assert response.status_code == (302 if who == "guest" else 404)
    assert texts_of(chapter) == [FIRST, SECOND]


def test_a_co_author_reads_and_restores_too(client, chapter):
    helper = UserFactory(username="helper")
    writing.sign(chapter.work, [helper.pseuds.get()], by=helper)
    client.force_login(helper)

    client.post(address(chapter, number=1, end="/restoration"), {"version": 2})

    assert [version.saved_by for version in revising.versions_of(chapter)] == ["helper", "keeper", "keeper"]


def test_versions_of_a_deleted_work_are_not_there_until_it_comes_back(client, author, chapter):
    deleting.delete(chapter.work, by=author)
    gone = client.get(address(chapter)).status_code
    deleting.restore(chapter.work, by=author)

    assert (gone, client.get(address(chapter)).status_code) == (404, 200)


def test_a_chapter_has_its_versions_under_its_own_work_only(client, author, chapter):
    other = make_work(by=author)

    assert client.get(reverse("versions_index", args=[other.pk, chapter.pk])).status_code == 404


def test_a_text_from_before_versions_says_so(client, chapter):
    Revision.objects.all().delete()

    assert "No versions yet." in client.get(address(chapter)).content.decode()


def test_editing_leads_to_the_versions(client, author, chapter):
    work = make_work(by=author, expected_chapters=None)
    later = add_chapter(work)
    ways = {
        reverse("work_edit", args=[chapter.work_id]): address(chapter),
        reverse("chapter_edit", args=[work.pk, later.pk]): address(later),
        reverse("chapters_manage", args=[work.pk]): address(later),
    }

    assert [way for way, versions in ways.items() if f'href="{versions}"' not in client.get(way).content.decode()] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_versions_asks_the_same_whatever_its_length(client, chapter, count, django_assert_num_queries):
    for number in range(count):
        save(chapter, f"The lamp is lit, for the time that is {number}.")

    with django_assert_num_queries(6):
        client.get(address(chapter))


def test_a_chapter_of_full_length_is_compared(client, chapter):
    old = " ".join(f"word{number % 4_000}" for number in range(60_000))[:500_000]
    save(chapter, old)
    save(chapter, old.replace("word17 ", "another "))

    shown = page(client, address(chapter, end="/compare"), {"older": 3})

    assert words(shown, ".work-changes ins") == ["[added:] another [end]"] * 15
