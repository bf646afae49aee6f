"""What was cleaned by older rules is cleaned again, by itself, and nothing else of it changes."""

import pytest
from django.apps import apps

from archive.charter.models import Charter
from archive.community.models import Bookmark
from archive.ops import duties
from archive.people import writing_names
from archive.people.models import Pseud
from archive.text import cleaning
from archive.text.cleaning import CLEANER_VERSION, CleanHTML, Profile
from archive.text.fields import CleanHTMLField
from archive.works import cleaning_again
from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.series import Series
from archive.works.texts import ChapterText
from tests.community.bookmarked import keep
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.works.test_marking import MARKED, VIOLENCE

pytestmark = pytest.mark.django_db
OLD = CleanHTML("<p onclick='x'>As it was cleaned once.</p>")
TANGLED = "&" * 60_000  # grows too long


def as_of_old(model, name, **columns):
    """Have all rows of a model hold what older rules had let through."""
    model.objects.update(**{name: OLD, "cleaner_version": CLEANER_VERSION - 1, **columns})


def clean_all():
    assert cleaning_again.clean_some(duties.CLEAN_WORDS) is False


def test_a_text_is_cleaned_from_what_was_typed_and_nothing_else_of_it_changes():
    make_work(text="<p>The lamp was lit.</p><script>x</script>")
    as_of_old(ChapterText, "html")
    before = ChapterText.objects.get()

    clean_all()

    text = ChapterText.objects.get()
    assert (text.html, text.cleaner_version) == ("<p>The lamp was lit.</p>", CLEANER_VERSION)
    assert (text.source, text.version, text.changed_at) == (before.source, before.version, before.changed_at)


FIELDS = [
    *((Work, name) for name in ("summary", "notes", "endnotes", "content_notes")),
    *((Chapter, name) for name in ("summary", "notes", "endnotes", "content_notes")),
    *((Series, name) for name in ("summary", "notes")),
    *((Bookmark, "notes"), (Pseud, "about"), (Charter, "policy")),
]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda one: getattr(one, "__name__", one))
def test_so_is_whatever_else_people_write(model, name):
    keep(make_work(series="The Lamps"))
    as_of_old(model, name, **{f"{name}_source": "<em>As it was typed.</em><script>x</script>"})

    clean_all()

    assert set(model.objects.values_list(name, "cleaner_version")) == {("<p><em>As it was typed.</em></p>", CLEANER_VERSION)}


def test_every_column_of_clean_words_is_cleaned_again():
    there = {(model, one.name) for model in apps.get_models() for one in model._meta.fields if isinstance(one, CleanHTMLField)}

    assert there == {(stored.model, name) for stored in duties.CLEAN_WORDS for name in stored.profiles}


def test_what_is_of_today_is_left_alone():
    make_work()
    ChapterText.objects.update(html=OLD)

    clean_all()

    assert ChapterText.objects.get().html == OLD


def test_what_is_kept_now_is_of_today():
    user = UserFactory()
    about = cleaning.clean("Hello.", profile=Profile.PROFILE, site="")
    writing_names.change(user.pseuds.get(), writing_names.Portrait(user.username, "Hello.", about, is_default=True), by=user)

    assert Pseud.objects.get(user=user).cleaner_version == CLEANER_VERSION


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [(OLD, "<p>As it was cleaned once.</p>"), (CleanHTML("<b>&lt;</b>" + "&" * 60_000), "")],
    ids=["what came of it", "its words alone"],
)
def test_what_todays_rules_refuse_stands_as_it_was_or_without_its_markup(html, cleaned):
    with pytest.raises(cleaning.GrewTooLong):
        cleaning.clean(TANGLED, profile=Profile.CHAPTER, site="")
    make_work()
    ChapterText.objects.update(html=html, source=TANGLED, cleaner_version=1)

    clean_all()

    text = ChapterText.objects.get()
    assert text.cleaner_version == CLEANER_VERSION
    assert text.html == cleaned if cleaned else text.html.startswith("<p>&lt;&amp;")


def test_a_marked_passage_means_what_it_meant():
    work = make_work(text=MARKED.format(VIOLENCE), warnings=(VIOLENCE,))
    html = ChapterText.objects.get().html
    as_of_old(ChapterText, "html")

    clean_all()

    assert ChapterText.objects.get().html == html
    assert [one.tag.name for one in work.chapters.get().passage_warnings.all()] == [VIOLENCE]


def test_it_stops_after_its_time_and_leaves_the_rest():
    make_work()
    as_of_old(ChapterText, "html")

    assert cleaning_again.clean_some(duties.CLEAN_WORDS, seconds=0) is True
    assert ChapterText.objects.get().html == OLD


def test_the_worker_does_it_as_a_duty():
    make_work()
    as_of_old(ChapterText, "html")
    assert duties.clean_words_again.name in duties.enqueue_due()

    duties.clean_words_again.call()

    assert ChapterText.objects.get().cleaner_version == CLEANER_VERSION
