"""A seeded archive has the shape it should have, and keeps every rule that a written one keeps."""

from datetime import UTC, datetime
from statistics import median

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from archive.models import Pseud, Series, Tag, Tagging, User, Work
from archive.ops.seeding import casting, copying, shapes, sowing, vocabulary
from archive.ops.seeding.outlining import SCRIPTS, Outline, Outliner
from archive.ops.seeding.sowing import Words
from archive.text import cleaning
from archive.text.counting import count_words
from archive.text.fields import folded_key
from archive.works import publishing
from archive.works.chapters import Chapter
from archive.works.texts import ChapterText

WORKS = 60
UNTIL = datetime(2026, 1, 1, tzinfo=UTC)


def sown(works: int = WORKS, *, seed: int = 7, words: Words = Words.SHORT) -> list[Work]:
    return list(Work.objects.filter(pk__in=sowing.sow(works, seed=seed, words=words, until=UNTIL)).order_by("pk"))


def told(works: list[Work]) -> list[tuple[object, ...]]:
    """What a reader can know of these works: everything but ids and names of accounts."""
    return [
        (
            work.title, work.language_id, work.summary, work.notes, work.is_restricted, work.word_count, work.published_at,
            work.revised_at, work.expected_chapters,
            [tagging.tag.name for tagging in work.taggings.select_related("tag").order_by("position")],
            list(ChapterText.objects.filter(chapter__work=work).order_by("chapter__position").values_list("html", flat=True)),
        )
        for work in works
    ]  # fmt: skip


def outlines(count: int, *, seed: int = 1) -> list[Outline]:
    pools = {name: vocabulary.pool(name) for name in {"latin", *SCRIPTS.values()}}
    cast = casting.cast(count, seed=seed, latin=pools["latin"].script)
    outliner = Outliner(count, seed=seed, users=count, cast=cast, pools=pools)
    return [outliner.outline(place) for place in range(count)]


@transaction.atomic
def take_away_fandoms(work: Work) -> None:
    Tagging.objects.filter(content_object=work, tag__kind="fandom").delete()
    connection.check_constraints()


@pytest.mark.django_db
def test_every_seeded_work_could_be_published() -> None:
    works = sown()

    assert [publishing.missing_from(work) for work in works] == [{}] * WORKS
    for work in works:
        publishing.refuse_unaccepted(work)


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_works_next_to_what_is_there() -> None:
    first, second = sown(), sown()

    assert told(first) == told(second)
    assert not {work.pk for work in first} & {work.pk for work in second}


@pytest.mark.django_db
def test_another_seed_gives_other_works() -> None:
    assert told(sown(5, seed=1)) != told(sown(5, seed=2))


@pytest.mark.django_db
def test_how_much_text_is_stored_changes_nothing_else() -> None:
    without, with_text = sown(words=Words.NONE), sown(words=Words.REAL)

    assert [row[:-1] for row in told(without)] == [row[:-1] for row in told(with_text)]


@pytest.mark.django_db
def test_tags_that_exist_are_used_by_their_folded_names() -> None:
    sown()
    before = Tag.objects.count()

    sown()

    assert Tag.objects.count() == before
    assert [tag.folded for tag in Tag.objects.all()] == [folded_key(tag.name) for tag in Tag.objects.all()]


@pytest.mark.django_db
def test_stored_text_is_what_the_cleaner_would_store_and_is_counted() -> None:
    texts = ChapterText.objects.filter(chapter__work__in=sown(words=Words.REAL)).select_related("chapter")

    stored = [text for text in texts if text.chapter.word_count <= Words.REAL.most and text.chapter.position == 1]

    assert len(stored) > WORKS / 2
    for text in stored:
        assert cleaning.clean(text.html, profile=cleaning.Profile.CHAPTER, site="http://x") == text.html
        assert count_words(text.html) == text.chapter.word_count


@pytest.mark.parametrize("name", ["latin", "cyrillic", "arabic", "han", "kana", "hangul"])
def test_each_script_is_cleaned_and_counted_alike(name: str) -> None:
    pool = vocabulary.pool(name)

    text = pool.text(vocabulary.Random("x"), 777)

    assert count_words(text) == 777
    assert cleaning.clean(text, profile=cleaning.Profile.CHAPTER, site="http://x") == text
    assert cleaning.clean(text.replace("<hr>", ""), profile=cleaning.Profile.SUMMARY, site="http://x") == text.replace("<hr>", "")


@pytest.mark.django_db
def test_counts_of_a_work_are_those_of_its_chapters() -> None:
    works = sown()

    for work in works:
        lengths = list(Chapter.objects.filter(work=work, published_at__isnull=False).values_list("word_count", flat=True))
        assert (work.word_count, work.chapter_count) == (sum(lengths), len(lengths))
    assert ChapterText.objects.count() == sum(work.chapter_count for work in works)


@pytest.mark.django_db
def test_guests_find_what_is_not_restricted() -> None:
    works = sown()

    found = set(Work.objects.listed_to(AnonymousUser()).values_list("pk", flat=True))

    assert found == {work.pk for work in works if not work.is_restricted}
    assert 0 < len(found) < WORKS


@pytest.mark.django_db
def test_nobody_can_log_in_to_a_seeded_account() -> None:
    sown()

    users = User.objects.filter(username__startswith="seed_")

    assert users.count() == WORKS // 2
    assert not any(user.has_usable_password() for user in users)
    assert Pseud.objects.filter(is_default=True).count() == WORKS // 2


@pytest.mark.django_db
def test_series_are_those_of_their_works_creators() -> None:
    sown()

    for series in Series.objects.all():
        entries = list(series.entries.order_by("position"))
        assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
        makers = [set(entry.work.pseuds.values_list("user", flat=True)) for entry in entries]
        assert set(series.pseuds.values_list("user", flat=True)) == makers[0]
    assert Series.objects.exists()


@pytest.mark.django_db
def test_warned_chapters_bring_no_warning_that_the_work_lacks() -> None:
    for chapter in Chapter.objects.filter(work__in=sown(200, words=Words.NONE), warnings__isnull=False):
        assert set(chapter.warnings.all()) <= set(chapter.work.tags.all())


@pytest.mark.django_db
def test_what_is_accepted_already_stays_as_the_operator_said() -> None:
    Tag.objects.filter(kind__in=["rating", "warning"]).exclude(code="rating-teen").update(is_accepted=False)

    sown(3)

    assert list(Tag.objects.filter(kind="rating", is_accepted=True).values_list("code", flat=True)) == ["rating-teen"]
    assert not Tag.objects.filter(kind="warning", is_accepted=False).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["rating", "warning", "fandom"])
def test_a_batch_without_a_warning_choice_is_refused(kind: str) -> None:
    works = [work.pk for work in sown(5)]
    with connection.cursor() as cursor:
        cursor.execute(copying.SESSION_OFF)
        Tagging.objects.filter(content_object=works[2], tag__kind=kind).delete()
        cursor.execute(copying.SESSION_ON)
    with connection.cursor() as cursor, pytest.raises(copying.Unwarned, match=r"^1 "):
        copying.refuse_unwarned(cursor, works)


@pytest.mark.django_db
def test_a_role_that_may_not_switch_triggers_off_for_its_session_seeds_too() -> None:
    with connection.cursor() as cursor:
        # A member of the owner's role is an owner, but no superuser: as on most servers that DATABASE_URL names.
        cursor.execute("CREATE ROLE seeding_member NOSUPERUSER")
        cursor.execute("DO $$ BEGIN EXECUTE format('GRANT %I TO seeding_member', current_user); END $$")
        cursor.execute("SET ROLE seeding_member")
        assert not copying.one(cursor, "SELECT has_parameter_privilege('session_replication_role', 'SET')", [])

        works = sown(5)

        cursor.execute("RESET ROLE")
        assert [publishing.missing_from(work) for work in works] == [{}] * 5
        assert copying.one(cursor, "SELECT tgenabled FROM pg_trigger WHERE tgname = 'tagging_keeps_work_warned'", []) in {"O", b"O"}


@pytest.mark.django_db
def test_a_batch_on_a_tag_that_is_gone_is_refused() -> None:
    batch = copying.Batch(taggings=[(1, 10**12, 0, True)])

    with connection.cursor() as cursor, pytest.raises(copying.Dangling):
        copying.refuse_dangling(cursor, batch)


@pytest.mark.django_db
def test_the_databases_own_rules_hold_again_after_seeding() -> None:
    work = sown(5)[0]

    with pytest.raises(IntegrityError, match="needs one rating"):
        take_away_fandoms(work)


def test_lengths_and_tags_have_their_shape() -> None:
    drawn = outlines(4_000)

    assert 1_650 < median(outline.words for outline in drawn) < 1_980
    assert 13 <= median(len(outline.values) + len(outline.tags) for outline in drawn) <= 16
    assert 0.925 < sum(outline.words < shapes.SHORT for outline in drawn) / len(drawn) < 0.96
    assert all(len(set(outline.tags)) == len(outline.tags) <= shapes.MOST_FREE_TAGS for outline in drawn)


def test_shares_have_their_shape() -> None:
    drawn = outlines(4_000)

    share = {code: sum(code in outline.values for outline in drawn) / len(drawn) for code in ("rating-teen", "warning-no")}
    languages = sum(outline.language == "en" for outline in drawn) / len(drawn)
    largest = sum(0 in outline.tags for outline in drawn) / len(drawn)  # the first place of a cast is its first fandom

    assert share == pytest.approx({"rating-teen": 0.31, "warning-no": 0.667}, abs=0.03)
    assert (languages, largest) == pytest.approx((0.85, 0.12), abs=0.02)
    assert sum(outline.is_restricted for outline in drawn) / len(drawn) == pytest.approx(0.13, abs=0.02)


def test_tags_in_use_are_nearly_as_many_as_works() -> None:
    drawn = outlines(4_000)

    in_use = {place for outline in drawn for place in outline.tags}

    assert 0.78 < len(in_use) / len(drawn) < 0.9


@pytest.mark.parametrize("wrong", [["--works", "0"], ["--works", "many"], ["--works", "5", "--until", "soon"], []])
def test_a_wrong_number_or_day_is_refused(wrong: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("seed", *wrong)
