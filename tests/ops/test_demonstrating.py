import datetime as dt
import tomllib
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from archive.charter.models import Charter
from archive.community.models import Bookmark
from archive.ops import demonstrating
from archive.people.models import Pseud, User
from archive.tags import descent
from archive.tags.models import Tag
from archive.works import tagging
from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.series import Series
from archive.works.skins import Skin, stylesheet_of
from archive.works.taggings import Tagging
from tests.factories.works import make_draft
from tests.wrangling.pages import words

pytestmark = pytest.mark.django_db
FILES = [tomllib.loads(path.read_text()) for path in sorted(Path(demonstrating.__file__).with_name("demo").glob("[0-9]*.toml"))]


@pytest.fixture
def unfounded(founded):  # to come after it
    Charter.objects.update(founded_at=None, name="Lamplight")
    Tag.objects.filter(kind__in=["rating", "warning"]).update(is_accepted=False)


def day(said):
    return dt.date.fromisoformat(said)


def as_said(said):
    """What a file says of a work: posted when and updated when, by whom, in which series, warned of what, in which chapters."""
    posted = [chapter for chapter in said["chapters"] if not chapter["draft"]]
    return (
        said["title"],
        (day(said["published"]), max(day(chapter["published"]) for chapter in posted)) if posted else (None, None),
        said["pseuds"],
        [(place["title"], place["part"]) for place in said.get("series", ())],
        {name for part in (said, *posted) for name in part["warnings"]},
        [(chapter["title"], chapter["draft"], day(chapter["published"])) for chapter in said["chapters"]],
    )


def as_kept(work):
    """The same of a work in the archive."""
    days = (work.published_at, work.revised_at)
    return (
        work.title,
        tuple(moment and moment.date() for moment in days),
        [maker.byline for maker in work.makers],
        [(place.title, place.position) for place in work.places],
        set(Tagging.objects.filter(content_object=work, tag__kind="warning").values_list("tag__name", flat=True)),
        [(chapter.title, chapter.is_draft, chapter.created_at.date()) for chapter in work.chapters.in_order()],
    )


@pytest.mark.usefixtures("unfounded")
def test_every_work_is_as_its_file_says():
    assert demonstrating.fill() == len(FILES)

    assert [as_kept(work) for work in Work.objects.for_pages().order_by("pk")] == [as_said(said) for said in FILES]


@pytest.mark.usefixtures("unfounded")
def test_series_are_described_and_works_name_what_they_came_from(client):
    demonstrating.fill()

    log, translated = Series.objects.get(title="The Skarra Log"), Work.objects.get(title="ساعةٌ لا تُسلَّم")
    page = client.get(f"{translated.get_absolute_url()}?view_adult=true").content.decode()
    assert (log.is_complete, "last keepers" in log.summary) == (True, True)
    assert [part in page for part in ("Translation into English available:", "[Translation] A Watch")] == [True, True]


@pytest.mark.usefixtures("unfounded")
def test_tags_are_wrangled():
    demonstrating.fill()

    ferrous = Tag.objects.get(name="Doctor Ferrous")
    assert ferrous.is_canonical
    assert set(ferrous.synonyms.values_list("name", flat=True)) == {"Ferrous", "Ada Ferrous"}
    assert [media.name for media in Tag.objects.get(name="Kittiwake Light (TV)").parents.all()] == ["TV Shows"]
    assert [meta.name for meta in Tag.objects.get(name="Goat").metatags.all()] == ["Animals"]


@pytest.mark.usefixtures("unfounded")
def test_wranglers_have_done_something_and_have_something_to_do(client):
    demonstrating.fill()
    client.force_login(User.objects.get(username="lanternfish"))

    home, log = client.get(reverse("wrangling_home")), client.get(reverse("wrangling_log"))

    waiting = words(home, ".rows .tag-bin-counts li")
    assert [line for line in waiting if line.startswith("0 ")] == []
    assert words(log, ".tag-act")[0] == "“the goat rides free” is another spelling of “Goat”."
    assert set(descent.fandoms_of(Tag.objects.get(name="Doctor Ferrous/Verity Swan"))) == {
        Tag.objects.get(name="Swan & Ferrous (Comics)")
    }


@pytest.mark.usefixtures("unfounded")
def test_only_what_the_works_need_is_accepted_and_the_archive_can_still_be_founded():
    demonstrating.fill()

    shown = {work["rating"] for work in FILES}.union(*(part["warnings"] for work in FILES for part in (work, *work["chapters"])))
    accepted = Tag.objects.filter(kind__in=["rating", "warning"], is_accepted=True)
    charter = Charter.objects.current()
    assert set(accepted.values_list("name", flat=True)) == shown
    assert (charter.name, charter.is_founded) == ("The Harbour Archive", False)


@pytest.mark.usefixtures("founded")
def test_a_founded_archive_keeps_its_name_and_nobody_can_log_in_as_its_people():
    Charter.objects.update(name="The Boathouse")

    demonstrating.fill()

    users = User.objects.all()
    assert Charter.objects.current().name == "The Boathouse"
    assert {user.has_usable_password() for user in users} == {False}
    assert set(Pseud.objects.filter(is_default=True).values_list("user", flat=True)) == {user.pk for user in users}


@pytest.mark.usefixtures("founded")
def test_an_archive_with_a_work_is_left_alone():
    draft = make_draft()

    with pytest.raises(demonstrating.NotEmpty):
        demonstrating.fill()

    assert list(Work.objects.all()) == [draft]


@pytest.mark.usefixtures("unfounded")
def test_it_is_put_in_wholly_or_not_at_all():
    last_word = FILES[-1]["freeforms"][-1]
    Tag.objects.create(kind_id="character", name=last_word)

    with pytest.raises(tagging.OtherKind), transaction.atomic():
        demonstrating.fill()

    assert (Work.objects.count(), Chapter.objects.count(), User.objects.count()) == (0, 0, 0)


@pytest.mark.usefixtures("unfounded")
def test_its_people_have_lists_of_their_own_and_something_new_among_them(client):
    demonstrating.fill()
    client.force_login(User.objects.get(username="quietkettle"))
    expected = {
        "readings": "One Blast Every Forty Seconds",
        "readings/marked": "The Deposition of the Eel-Catcher",
        "subscriptions": "The Skarra Log",
        "subscriptions/new": "The Deposition of the Eel-Catcher",
        "skins": "Harbour Fog, late",
    }

    assert [page for page, words in expected.items() if words not in client.get(f"/users/quietkettle/{page}").text] == []


@pytest.mark.usefixtures("unfounded")
def test_guests_find_skins_and_a_work_that_wears_one(client):
    demonstrating.fill()
    work = Work.objects.get(title__contains="Minutes of the Extraordinary")
    skins = client.get("/skins").text

    assert ("Harbour Fog" in skins, "Harbour Fog, late" in skins) == (True, False)
    assert "Hide Creator" in client.get(work.get_absolute_url()).text
    assert [str(refusal) for skin in Skin.objects.all() for refusal in stylesheet_of(skin.kind, skin.source).refusals] == []


@pytest.mark.usefixtures("unfounded")
def test_its_people_bookmark_works_and_a_series():
    demonstrating.fill()

    kept = Bookmark.objects.order_by("pk")
    said = tomllib.loads((Path(demonstrating.__file__).with_name("demo") / "bookmarks.toml").read_text())["bookmarks"]
    assert [(one.pseud.user.username, str(one.work or one.series), one.tag_names, one.is_private) for one in kept] == [
        (one["by"], one.get("work") or one["series"], one["tags"], one["private"]) for one in said
    ]
