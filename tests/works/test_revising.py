"""Versions of texts: kept on every save, to the letter and in few bytes; thinned by the rule; gone with their chapter."""

import datetime as dt
import random

import pytest
from django.db.models import Sum
from django.db.models.functions import Length
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from archive.ops import duties
from archive.people import departing
from archive.people.departing import OwnWorks, Wishes
from archive.works import deleting, revising, writing
from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.texts import ChapterText, Revision
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, co_author_of, make_draft, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory(username="keeper")


@pytest.fixture
def chapter(author):
    return make_work(by=author, text="The lamp is lit.").chapters.get()


def save(chapter, text, *, by=None, **fields):
    """Save a text as an author's form does, with whatever else its chapter has."""
    version = revising.version_now(chapter)
    writing.edit_chapter(chapter, chapter_entry(text=text, **fields), version=version, by=by or chapter.work.pseuds.first().user)


def texts_of(chapter):
    """Answer the texts of all versions, from the first."""
    return [revising.source_of(chapter, version.number) for version in reversed(revising.versions_of(chapter))]


def keep_many(chapter, count):
    """Keep versions without the rest of a save, each a little different."""
    text = ChapterText.objects.get(chapter=chapter)
    for number in range(count):
        source = "The lamp is lit again and again. " * 20 + f"For the time that is {number}."
        revising.keep_next(text, source, word_count=7 * 20 + 6, by=None)
        text.source, text.version = source, text.version + 1
    text.save()


def words(count, *, seed=0):
    dice = random.Random(seed)
    return ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(2, 9))) for _ in range(count)]


def test_a_new_chapter_has_a_first_version(author, chapter):
    [version] = revising.versions_of(chapter)

    assert (version.number, version.saved_by, version.word_count, version.more_words) == (1, "keeper", 4, None)
    assert texts_of(chapter) == ["The lamp is lit."]


def test_every_saved_text_is_kept_to_the_letter(chapter):
    second, third = "The lamp  is <em>dark</em>.\n\n\n* * *\n", "<p>It & all was lit \N{FIRE}</p>"
    save(chapter, second)
    save(chapter, third)

    assert texts_of(chapter) == ["The lamp is lit.", second, third]
    assert ChapterText.objects.get(chapter=chapter).source == third


def test_a_version_says_who_saved_it_and_how_many_words_came_or_went(chapter):
    other = co_author_of(chapter.work, username="helper")
    save(chapter, "The old lamp is lit again.", by=other)
    save(chapter, "Darkness.....")

    newest, second, _first = revising.versions_of(chapter)

    assert (second.saved_by, second.word_count, second.more_words, second.is_newest) == ("helper", 6, 2, False)
    assert (newest.word_count, newest.fewer_words, newest.is_newest) == (1, 5, True)


def test_the_same_text_saved_again_makes_no_version(chapter):
    save(chapter, "The lamp is lit.", notes="A note that was added.")
    save(chapter, "The lamp is dark.")
    save(chapter, "The lamp is dark.")

    assert texts_of(chapter) == ["The lamp is lit.", "The lamp is dark."]


def test_a_text_that_comes_back_later_is_a_version_of_its_own(chapter):
    save(chapter, "The lamp is dark.")
    save(chapter, "The lamp is lit.")

    assert texts_of(chapter) == ["The lamp is lit.", "The lamp is dark.", "The lamp is lit."]


def test_a_save_that_is_refused_keeps_no_version(chapter):
    with pytest.raises(writing.ChangedMeanwhile):
        writing.edit_chapter(chapter, chapter_entry(text="From an older tab."), version=9, by=chapter.work.pseuds.first().user)

    assert texts_of(chapter) == ["The lamp is lit."]


def test_a_text_from_before_there_were_versions_is_kept_when_it_is_changed(chapter):
    Revision.objects.all().delete()

    save(chapter, "The lamp is dark.")

    assert texts_of(chapter) == ["The lamp is lit.", "The lamp is dark."]
    assert revising.versions_of(chapter)[1].saved_by == ""


def test_versions_outlive_the_account_that_saved_them(chapter):
    helper = co_author_of(chapter.work)
    save(chapter, "The lamp is dark.", by=helper)

    departing.leave_archive(Wishes(own=OwnWorks.DELETE), by=helper)

    assert texts_of(chapter) == ["The lamp is lit.", "The lamp is dark."]


def rewrite_a_paragraph(text, number):
    paragraphs = text.split("\n\n")
    paragraphs[number % len(paragraphs)] = " ".join(words(100, seed=number + 1))
    return "\n\n".join(paragraphs)


def go_on_writing(text, number):
    return " ".join([*text.split(" "), *words(25, seed=number + 1)])


@pytest.mark.parametrize(("length", "edit"), [(5_000, rewrite_a_paragraph), (25, go_on_writing)])
def test_200_versions_of_5000_words_take_at_most_10_times_their_size(chapter, length, edit):
    paragraphs = [words(100, seed=-number) for number in range(length // 100)] or [words(length)]
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    for number in range(200):
        save(chapter, text := edit(text, number))

    taken = Revision.objects.aggregate(sum=Sum(Length("packed")))["sum"]

    assert len(revising.versions_of(chapter)) == 201
    assert taken <= 10 * len(text)
    assert revising.source_of(chapter, revising.version_now(chapter)) == text


def test_a_version_is_read_from_no_more_than_a_chain(chapter, django_assert_num_queries):
    keep_many(chapter, revising.LONGEST_CHAIN + 3)

    newest = revising.version_now(chapter)

    with django_assert_num_queries(1):
        revising.source_of(chapter, newest)

    assert Revision.objects.of(chapter).needed_for(newest).count() <= revising.LONGEST_CHAIN


def test_what_was_never_saved_is_not_kept(chapter):
    for number in (0, 2, 10_000):
        with pytest.raises(revising.NotKept):
            revising.source_of(chapter, number)


# Restoring


def test_a_restored_text_is_a_new_version_to_the_letter_and_loses_none(author, chapter):
    save(chapter, "The <b>lamp</b>\nis dark.", notes="A note.", title="The Lamp")
    save(chapter, "All gone, all of it.", notes="A note.", title="The Lamp")

    writing.restore_text(chapter, 2, version=3, by=author)

    assert texts_of(chapter)[1:] == ["The <b>lamp</b>\nis dark.", "All gone, all of it.", "The <b>lamp</b>\nis dark."]
    kept = Chapter.objects.get()
    assert (kept.title, kept.notes_source, kept.word_count, Work.objects.get().word_count) == ("The Lamp", "A note.", 4, 4)
    assert ChapterText.objects.get().html == "<p>The <b>lamp</b><br>is dark.</p>"


def test_nothing_is_restored_over_what_was_saved_meanwhile(author, chapter):
    save(chapter, "Saved in the other tab.")

    with pytest.raises(writing.ChangedMeanwhile):
        writing.restore_text(chapter, 1, version=1, by=author)

    assert ChapterText.objects.get().source == "Saved in the other tab."


# Thinning


def aged(chapter, *ages):
    """Save a text for each age, and have it saved so long before noon of a Wednesday; answer that noon."""
    for number in range(len(ages) - 1):
        save(chapter, f"The lamp is lit, and that is the entry with the number {number}.")
    noon = dt.datetime(2026, 3, 4, 12, 0, tzinfo=dt.UTC)
    for revision, age in zip(Revision.objects.of(chapter), ages, strict=True):
        Revision.objects.filter(pk=revision.pk).update(saved_at=noon - dt.timedelta(**age))
    return noon


def kept_of(chapter, noon):
    versions = [(version.number, version.saved_at) for version in reversed(revising.versions_of(chapter))]
    return [number for number, _saved in versions if number not in revising.superfluous_among(versions, now=noon)]


def test_all_of_the_last_day_stay(chapter):
    noon = aged(chapter, {"hours": 23}, {"minutes": 3}, {"minutes": 2}, {"minutes": 1}, {"seconds": 1})

    assert kept_of(chapter, noon) == [1, 2, 3, 4, 5]


def test_of_the_last_week_the_last_of_each_hour_stays(chapter):
    noon = aged(
        chapter, {"days": 3, "minutes": 50}, {"days": 3, "minutes": 40}, {"days": 3, "minutes": 1}, {"days": 2}, {"hours": 1}
    )

    assert kept_of(chapter, noon) == [1, 3, 4, 5]


def test_of_the_last_month_the_last_of_each_day_stays(chapter):
    noon = aged(chapter, {"days": 20}, {"days": 10, "hours": 11}, {"days": 10, "hours": 5}, {"days": 10}, {"days": 9}, {"hours": 1})

    assert kept_of(chapter, noon) == [1, 4, 5, 6]


def test_of_what_is_older_the_last_of_each_week_stays(chapter):
    noon = aged(chapter, {"days": 100}, {"days": 62}, {"days": 61}, {"days": 60}, {"days": 50}, {"hours": 1})

    assert kept_of(chapter, noon) == [1, 4, 5, 6]


def test_the_first_and_the_newest_never_go(chapter):
    noon = aged(chapter, {"days": 400, "seconds": 2}, {"days": 400, "seconds": 1}, {"days": 400})

    assert kept_of(chapter, noon) == [1, 3]


@given(st.lists(st.integers(0, 90 * 24 * 60), min_size=1, max_size=60, unique=True), st.integers(0, 60 * 24 * 60))
def test_what_is_thinned_out_early_would_not_have_been_kept_later(ages, wait):
    now = timezone.now()
    versions = list(enumerate(sorted(now - dt.timedelta(minutes=age) for age in ages)))
    later = now + dt.timedelta(minutes=wait)

    thinned = [version for version in versions if version[0] not in revising.superfluous_among(versions, now=now)]
    at_once = {number for number, _saved in versions} - revising.superfluous_among(versions, now=later)
    in_two_steps = {number for number, _saved in thinned} - revising.superfluous_among(thinned, now=later)

    assert in_two_steps == at_once


def test_the_duty_lets_go_by_the_rule_and_leaves_the_others_to_the_letter(chapter):
    keep_many(chapter, 120)
    other = add_chapter(make_work(), text="Of another work.")
    long_ago = timezone.now() - dt.timedelta(days=90)
    for revision in Revision.objects.of(chapter):
        Revision.objects.filter(pk=revision.pk).update(saved_at=long_ago + dt.timedelta(hours=5 * revision.number))
    before = dict(zip([version.number for version in reversed(revising.versions_of(chapter))], texts_of(chapter), strict=True))

    duties.thin_versions.call()

    left = [version.number for version in reversed(revising.versions_of(chapter))]
    assert 4 < len(left) < 10
    assert (left[0], left[-1]) == (1, 121)
    assert texts_of(chapter) == [before[number] for number in left]
    assert texts_of(other) == ["Of another work."]


def test_a_chain_is_no_longer_than_before_when_its_whole_version_goes(chapter):
    keep_many(chapter, 130)
    whole = Revision.objects.of(chapter).filter(is_whole=True, number__gt=2).first().number
    hours = {whole - 1: 60, whole: 50.2, whole + 1: 50.1}  # the whole one is neither the last of its hour nor of its chapter
    now = timezone.now().replace(minute=59)
    for revision in Revision.objects.of(chapter):
        saved_at = now - dt.timedelta(hours=hours.get(revision.number, 1))
        Revision.objects.filter(pk=revision.pk).update(saved_at=saved_at)
    expected = [text for number, text in enumerate(texts_of(chapter), start=1) if number != whole]

    went = revising.thin()

    kept = Revision.objects.of(chapter)
    chains = [kept.needed_for(number).count() for number in kept.values_list("number", flat=True)]
    assert (went, max(chains)) == (1, revising.LONGEST_CHAIN)
    assert texts_of(chapter) == expected


# Deleting


def test_versions_go_with_their_chapter(author):
    work = make_work(by=author, expected_chapters=None)
    chapter = add_chapter(work)

    deleting.delete_chapter(chapter, by=author)

    assert list(Revision.objects.values_list("chapter__work", flat=True)) == [work.pk]


def test_versions_go_with_their_work_for_good(author):
    old, kept = make_work(by=author), make_draft(by=author)
    save(old.chapters.get(), "The lamp is dark.")
    deleting.delete(old, by=author)
    Work.objects.filter(pk=old.pk).update(deleted_at=old.published_at - deleting.KEPT)

    deleting.purge_expired()

    assert list(Revision.objects.values_list("chapter__work", flat=True)) == [kept.pk]
