import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from archive.warnings import consenting
from archive.warnings.advisories import Advisory
from archive.warnings.opening import ChangedMeanwhile, Opened, open_chapters, pass_advisory
from archive.warnings.readers import Reader, member
from archive.works import finding, writing
from archive.works.chapters import Chapter
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, author_of, chapter_entry, make_work

pytestmark = pytest.mark.django_db

GUEST = Reader(user=AnonymousUser())


def opened(work, reader, chapters=None):
    work = Work.objects.for_header().get(pk=work.pk)
    chapters = chapters or list(Chapter.objects.filter(work=work).for_index())
    return open_chapters(work, chapters, reader=reader)


def tag_ids(work, *kinds):
    return frozenset(work.taggings.filter(tag__kind__in=kinds).values_list("tag", flat=True))


@pytest.mark.parametrize("rating", ["General Audiences", "Teen And Up Audiences"])
def test_a_text_that_asks_for_nothing_opens_at_once(rating):
    work = make_work(rating=rating, text="<p>The canary sings.</p>")

    answer = opened(work, GUEST)

    assert isinstance(answer, Opened)
    assert "canary" in answer.chapters[0].html


@pytest.mark.parametrize("rating", ["Mature", "Explicit", "Not Rated"])
def test_a_strong_rating_asks_first(rating):
    assert isinstance(opened(make_work(rating=rating), GUEST), Advisory)


@pytest.mark.parametrize(
    "warning",
    [
        "Creator Chose Not To Use Archive Warnings",
        "Graphic Depictions Of Violence",
        "Major Character Death",
        "Rape/Non-Con",
        "Underage Sex",
    ],
)
def test_every_warning_asks_first(warning):
    assert isinstance(opened(make_work(warnings=(warning,)), GUEST), Advisory)


def test_a_tool_can_say_yes_for_one_request():
    answer = opened(make_work(rating="Explicit"), Reader(user=AnonymousUser(), says_yes=True))

    assert isinstance(answer, Opened)


def test_a_member_is_asked_once_for_a_work():
    reader, work = UserFactory(), make_work(rating="Mature")
    consenting.consent(work, by=reader, shown=tag_ids(work, "rating", "warning"))

    assert isinstance(opened(work, member(reader)), Opened)
    assert isinstance(opened(make_work(rating="Mature"), member(reader)), Advisory)


def test_consent_does_not_reach_to_a_warning_that_a_later_chapter_brings():
    reader, work = (
        UserFactory(),
        make_work(rating="Mature", warnings=("Creator Chose Not To Use Archive Warnings",), expected_chapters=None),
    )
    consenting.consent(work, by=reader, shown=tag_ids(work, "rating", "warning"))
    add_chapter(work, warnings=["Major Character Death"])

    answer = opened(work, member(reader))

    assert isinstance(answer, Advisory)
    assert [tag.name for tag in answer.asks] == ["Major Character Death"]


def test_what_is_waived_is_not_asked_about_anywhere():
    reader, work = UserFactory(), make_work(rating="Mature", warnings=("Major Character Death",))
    consenting.waive(consenting.waivable(tag_ids(work, "rating", "warning")), by=reader)

    answer = opened(make_work(rating="Mature", warnings=("Major Character Death",)), member(reader))

    assert isinstance(answer, Opened)


def test_what_is_left_out_is_asked_about_even_where_it_asks_for_nothing():
    reader, work = UserFactory(), make_work(tags={"freeform": ["Drowning"]})
    consenting.choose({work.tags.get(name="Drowning"): "out"}, by=reader, hides_which=False, folds_left_out=False)

    answer = opened(work, member(reader))

    assert isinstance(answer, Advisory)
    assert [tag.name for tag in answer.left_out] == ["Drowning"]


def test_nobody_is_asked_before_their_own_work():
    author = UserFactory()

    assert isinstance(opened(make_work(by=author, rating="Explicit"), member(author)), Opened)


def test_before_consent_the_words_are_not_even_read(django_assert_num_queries):
    work = Work.objects.for_header().get(pk=make_work(rating="Explicit").pk)
    chapters = list(Chapter.objects.filter(work=work).for_index())

    with django_assert_num_queries(0):
        assert isinstance(open_chapters(work, chapters, reader=GUEST), Advisory)


def warn_and_write(work):
    """Have the author bring a warning, and words that need it, at once."""
    entry = chapter_entry("<p>The canary falls from a height.</p>", warnings=("Major Character Death",))
    writing.edit_chapter(work.chapters.get(), entry, version=1, by=author_of(work))


@pytest.mark.parametrize("change", [warn_and_write, lambda work: add_chapter(work, text="<p>A second one.</p>")])
def test_no_words_are_opened_by_an_advisory_from_before_a_change(change):
    work = make_work(expected_chapters=None, warnings=("Creator Chose Not To Use Archive Warnings",))
    found = finding.find_posted(work.pk, viewer=GUEST.user)
    change(work)
    chapters, reader = finding.posted_chapters(found), Reader(user=GUEST.user, says_yes=True)

    with pytest.raises(ChangedMeanwhile):
        open_chapters(found, chapters, reader=reader)
    with pytest.raises(ChangedMeanwhile):
        list(pass_advisory(found, chapters, reader=reader).read())


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/works/{work}?view_full_work=true&view_adult=true", (302, None)),
        ("/works/{work}/chapters/{chapter}?view_adult=true", (302, None)),
        ("/works/{work}/offline/text?view_adult=true", (302, None)),
        ("/downloads/{work}/a.html?view_adult=true", (302, None)),
        ("/api/v1/works/{work}/chapters/{chapter}?view_adult=true", (503, "1")),
    ],
)
def test_whoever_comes_while_the_author_saves_passes_the_door_again(client, address, answer):
    work = make_work(expected_chapters=None, warnings=("Creator Chose Not To Use Archive Warnings",))
    address = address.format(work=work.pk, chapter=work.chapters.get().pk)
    waits = [warn_and_write]

    def save_before_the_words(execute, sql, values, many, context):
        if waits and "archive_chaptertext" in sql:
            waits.pop()(work)
        return execute(sql, values, many, context)

    with connection.execute_wrapper(save_before_the_words):
        meanwhile = client.get(address)

    assert (meanwhile.status_code, meanwhile.headers.get("Retry-After")) == answer
    assert meanwhile.headers.get("Location") in {address, None}
    assert "falls from a height" not in meanwhile.content.decode()
    told = client.get(address)
    words = (b"".join(told.streaming_content) if told.streaming else told.content).decode()
    assert -1 < words.find("Major Character Death") < words.find("falls from a height")
