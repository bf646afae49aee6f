import pytest
from django.contrib.auth.models import AnonymousUser

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
def test_words_of_a_file_are_not_opened_by_an_advisory_from_before_a_change(change):
    work = make_work(expected_chapters=None, warnings=("Creator Chose Not To Use Archive Warnings",))
    found = finding.find_posted(work.pk, viewer=GUEST.user)
    change(work)

    passed = pass_advisory(found, finding.posted_chapters(found), reader=Reader(user=GUEST.user, says_yes=True))

    with pytest.raises(ChangedMeanwhile):
        list(passed.read())
