"""The pages of bookmarks: who sees which, in what words, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.community.models import Bookmark
from archive.tags import wrangling
from archive.tags.models import Tag
from archive.tags.naming import to_path
from archive.warnings import avoiding
from archive.warnings.models import WarningPreferences
from archive.works import deleting
from archive.works.series import Series
from tests.community.bookmarked import keep
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import author_of, make_draft, make_work

pytestmark = pytest.mark.django_db

SECRET = "zqxsecretzqx"


def pages(work, owner):
    """Every page that could show a bookmark of this work by this member."""
    return [
        "/bookmarks",
        reverse("work_bookmarks", args=[work.pk]),
        reverse("user_bookmarks", args=[owner.username]),
        reverse("pseud_bookmarks", args=[owner.username, owner.username]),
        reverse("bookmark_show", args=[Bookmark.objects.by(owner).get().pk]),
        work.get_absolute_url(),
        "/works",
        owner.get_absolute_url(),
        f"/bookmarks?bookmark_search[bookmark_query]={SECRET}",
        f"/users/{owner.username}/bookmarks?bookmark_search[other_bookmark_tag_names]={SECRET}&bookmark_search[rec]=1",
    ]


@pytest.mark.parametrize("who", ["guest", "member", "author"])
def test_a_private_bookmark_is_on_no_page_of_anybody_else(client, who):
    owner, work = UserFactory(), make_work()
    keep(work, by=owner, notes=SECRET, tags=[SECRET], is_private=True, is_rec=True)
    if who != "guest":
        client.force_login(author_of(work) if who == "author" else UserFactory())

    answers = [client.get(page) for page in pages(work, owner)]

    assert [page for page, answer in zip(pages(work, owner), answers, strict=True) if "bookmark_1" in answer.text] == []
    assert all(SECRET not in answer.text.replace(f'value="{SECRET}"', "") for answer in answers)
    assert all("1 Bookmark" not in answer.text and 'class="bookmarks"' not in answer.text for answer in answers)
    assert answers[4].status_code == 404


def test_its_owner_sees_a_private_bookmark_as_such(client):
    owner = UserFactory()
    keep(make_work(), by=owner, notes="For later.", is_private=True)
    client.force_login(owner)

    page = client.get(reverse("user_bookmarks", args=[owner.username])).text

    assert "For later." in page
    assert '<span class="private"' in page


def test_a_bookmark_stands_in_the_markup_that_tools_know(client):
    owner = UserFactory(username="reader_v")
    work = make_work(title="The Lamp", warnings=("Major Character Death",))
    bookmark = keep(work, by=owner, notes="Read it.", tags=["To Read"], is_rec=True)

    page = client.get("/bookmarks").text

    author = author_of(work).pk
    assert (
        f'<li id="bookmark_{bookmark.pk}" class="bookmark blurb group work-{work.pk} user-{author} user-{owner.pk}" role="article">'
        in page
    )
    for markup in (
        '<ol class="bookmark index group"', '<p class="status"><span class="rec"', '<span class="public"',
        '<h5 class="byline heading">', '<ul class="meta tags commas"><li><a class="tag"', "1 Bookmark",
        '<blockquote class="userstuff notes" dir="auto"><p>Read it.</p></blockquote>', "Major Character Death",
        'href="/users/reader_v/bookmarks?bookmark_search[other_bookmark_tag_names]=To+Read"',
    ):  # fmt: skip
        assert markup in page


def test_a_bookmark_of_what_is_gone_says_so_to_its_owner_and_names_nothing(client):
    owner, work = UserFactory(), make_work(title="The Secret Lamp", summary="Of lamps.")
    keep(work, by=owner, notes="Lovely.")
    deleting.delete(work, by=author_of(work))
    client.force_login(owner)
    way = reverse("user_bookmarks", args=[owner.username])

    found = [client.get(way + query).text for query in ("", "?bookmark_search[bookmarkable_query]=Secret")]

    assert "Lovely." in found[0]
    assert "What this is of is gone" in found[0]
    assert "0 Bookmarks" in found[1]
    edit = client.get(reverse("bookmark_edit", args=[Bookmark.objects.get().pk])).text
    assert not any("The Secret Lamp" in page or "Of lamps" in page for page in [*found, edit])


def test_bookmarks_of_restricted_works_are_for_members(client):
    work = make_work(title="Locked Lamp", is_restricted=True)
    keep(work)

    as_guest = client.get("/bookmarks").text
    client.force_login(UserFactory())

    assert "Locked Lamp" not in as_guest
    assert "Locked Lamp" in client.get("/bookmarks").text


def test_what_a_reader_leaves_out_is_left_out_of_bookmarks(client):
    reader = UserFactory()
    kept, left = make_work(title="The Lamp"), make_work(title="The Storm", warnings=("Major Character Death",))
    keep(kept)
    keep(left, notes="So sad.")
    avoiding.avoid(Tag.objects.get(name="Major Character Death"), by=reader)
    client.force_login(reader)

    page = client.get("/bookmarks").text

    assert "The Lamp" in page
    assert "The Storm" not in page
    assert "So sad." not in page


def test_ones_own_bookmarks_stay_and_what_is_left_out_is_folded_in_them(client):
    reader = UserFactory()
    keep(make_work(title="The Storm", warnings=("Major Character Death",)), by=reader, notes="So sad.")
    avoiding.avoid(Tag.objects.get(name="Major Character Death"), by=reader)
    client.force_login(reader)

    page = client.get(reverse("user_bookmarks", args=[reader.username])).text

    assert "So sad." in page
    assert "A work is folded here" in page
    assert "The Storm" not in page


def test_where_what_is_left_out_is_folded_so_is_what_others_say_of_it(client):
    reader = UserFactory()
    keep(make_work(title="The Storm", warnings=("Major Character Death",)), notes="So sad.", tags=("weeping",))
    avoiding.avoid(Tag.objects.get(name="Major Character Death"), by=reader)
    WarningPreferences.objects.update_or_create(user=reader, defaults={"folds_left_out": True})
    client.force_login(reader)

    page = client.get("/bookmarks").text

    assert "A work is folded here" in page
    assert "So sad." not in page
    assert "weeping" not in page


def test_who_is_left_out_is_left_out_as_a_bookmarker(client):
    reader, other = UserFactory(), UserFactory()
    keep(make_work(), by=other, notes="Theirs.")
    avoiding.avoid(other, by=reader)
    client.force_login(reader)

    assert "Theirs." not in client.get("/bookmarks").text


def test_no_tag_of_a_bookmark_tells_which_warnings_there_are(client):
    reader, owner = UserFactory(), UserFactory()
    WarningPreferences.objects.update_or_create(user=reader, defaults={"hides_which": True})
    bookmark = keep(make_work(warnings=("Major Character Death",)), by=owner, tags=["major character death", "Lamps"])
    client.force_login(reader)

    for page in ("/bookmarks", bookmark.get_absolute_url(), reverse("user_bookmarks", args=[owner.username])):
        shown = client.get(page).text
        assert ("major character death" in shown.lower(), "Lamps" in shown) == (False, True)


def test_no_notes_of_a_bookmark_tell_which_warnings_there_are_until_asked(client):
    reader = UserFactory()
    WarningPreferences.objects.update_or_create(user=reader, defaults={"hides_which": True})
    work = make_work(warnings=("Major Character Death",))
    telling, telling_nothing = keep(work, notes="Beware: <b>major character</b> death."), keep(work, notes="Of lamps.")
    client.force_login(reader)

    way = f"{telling.get_absolute_url()}?show_warnings=true"
    shown, asked = client.get("/bookmarks").text, client.get(way).text

    assert ("Beware" in shown, "Of lamps." in shown, way in shown) == (False, True, True)
    assert "Beware" in asked
    assert "Of lamps." in client.get(telling_nothing.get_absolute_url()).text


def test_a_series_is_bookmarked_too(client):
    make_work(series="The Lamps", by=UserFactory(username="marisol_v"))
    bookmark = keep(Series.objects.get(), notes="All of it.")

    page = client.get("/bookmarks").text

    assert f'class="bookmark blurb group series-{bookmark.series_id} ' in page
    assert "The Lamps" in page
    assert "marisol_v" in page


FILTERS = {
    ("bookmark_query", "again"): {"A"},
    ("bookmark_query", "slow"): {"B"},
    ("bookmark_query", "GAI again"): {"A"},
    ("bookmark_query", "wb"): set(),
    ("bookmark_query", "w"): {"B"},
    ("bookmark_query", "A%n"): set(),
    ("bookmark_query", "_"): set(),
    ("other_bookmark_tag_names", "SLOW burn"): {"B"},
    ("rec", "1"): {"A"},
    ("with_notes", "1"): {"A"},
    ("bookmarkable_query", "lamp"): {"A"},
    ("other_tag_names", "Night Bus"): {"B"},
    ("excluded_tag_names", "Night Bus"): {"A"},
    ("other_tag_names", "No Such Tag"): set(),
    ("bookmarkable_type", "Series"): set(),
    ("sort_column", "word_count"): {"A", "B"},
    ("sort_column", "nonsense"): {"A", "B"},
}


@pytest.mark.parametrize("asked", FILTERS)
def test_bookmarks_are_filtered(client, asked):
    owner, (name, value) = UserFactory(), asked
    a = keep(make_work(title="The Lamp"), by=owner, notes="Again and again.", is_rec=True)
    b = keep(make_work(title="Fares", fandoms=("Night Bus",)), by=owner, tags=["Slow Burn"])

    page = client.get(f"/users/{owner.username}/bookmarks", {f"bookmark_search[{name}]": value}).text

    assert {name for name, one in (("A", a), ("B", b)) if f'id="bookmark_{one.pk}"' in page} == FILTERS[asked]


def test_a_drafts_bookmark_is_its_owners(client):
    author = UserFactory()
    keep(make_draft(by=author, title="Not Yet"), by=author, notes="Mine.")
    as_guest = client.get("/bookmarks").text
    client.force_login(author)

    assert "Mine." not in as_guest
    assert "Not Yet" in client.get(reverse("user_bookmarks", args=[author.username])).text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("/bookmarks", 4), ("/users/reader/bookmarks", 6)])
def test_lists_cost_the_same_however_long(client, django_assert_num_queries, page, queries, count):
    owner = UserFactory(username="reader")
    for _ in range(count):
        keep(make_work(), by=owner, tags=["Lamps"])
    client.get(page)

    with django_assert_num_queries(queries):
        client.get(page)


def test_pages_follow_each_other_and_what_is_none_is_a_404(client):
    work = make_work()
    for _ in range(21):
        keep(work)

    assert [client.get(f"/bookmarks?page={page}").status_code for page in ("2", "3", "0", "-1", "x", "9" * 30)] == [200] + [404] * 5
    assert client.get("/bookmarks?page=2").text.count('role="article"') == 1


def test_a_pseuds_page_shows_its_own(client):
    owner = UserFactory(username="reader")
    keep(make_work(title="The Lamp"), by=owner)
    keep(make_work(title="The Boat"), by=owner, pseud=PseudFactory(user=owner, name="heron"))

    page = client.get("/users/reader/pseuds/heron/bookmarks").text

    assert ("The Lamp" in page, "The Boat" in page) == (False, True)


def listed(client, name, **query):
    """The bookmarks on the page of a tag, by their numbers."""
    answer = client.get(reverse("tag_bookmarks", args=[to_path(name)]), query)
    return [entry.bookmark.pk for entry in answer.context["page"]]


def test_a_tag_has_the_public_bookmarks_of_its_works_and_those_that_are_called_so(client):
    work = make_work(tags={"freeform": ["Fog"]})
    of_work, called = keep(work), keep(make_work(), tags=["fóg"])
    keep(work, is_private=True)
    keep(make_draft(tags={"freeform": ["Fog"]}))
    keep(make_work(), tags=["Foghorn"])

    assert listed(client, "Fog") == [called.pk, of_work.pk]


def test_a_merged_tag_leads_to_the_common_one_with_what_is_asked_and_that_has_all(client):
    spelling, common = keep(make_work(tags={"freeform": ["Mist"]})), keep(make_work(tags={"freeform": ["Fog"]}), is_rec=True)
    called = keep(make_work(), tags=["Mist"])
    narrower = keep(make_work(tags={"freeform": ["Sea Fog"]}))
    fog = Tag.objects.get(name="Fog")
    Tag.objects.filter(name="Fog").update(is_canonical=True)
    wrangling.merge(Tag.objects.get(name="Mist"), into=fog, by=UserFactory())
    Tag.objects.filter(name="Sea Fog").update(is_canonical=True)
    wrangling.change_metatags(Tag.objects.get(name="Sea Fog"), add=[Tag.objects.get(name="Fog")], by=UserFactory())

    moved = client.get("/tags/Mist/bookmarks?bookmark_search[rec]=1")

    assert (moved.status_code, moved.url) == (302, "/tags/Fog/bookmarks?bookmark_search[rec]=1")
    assert listed(client, "Fog") == [narrower.pk, called.pk, common.pk, spelling.pk]
    assert listed(client, "Fog", **{"bookmark_search[rec]": "1"}) == [common.pk]


def test_the_pages_of_a_tag_lead_to_its_bookmarks(client):
    make_work(tags={"freeform": ["Fog & Rain"]})
    address = reverse("tag_bookmarks", args=[to_path("Fog & Rain")])

    assert [f'href="{address}"' in client.get(f"/tags/{to_path('Fog & Rain')}{more}").text for more in ("", "/works")] == [True] * 2


@pytest.mark.parametrize("name", ["Nobody", "\x00", "%2500", "a" * 400])
def test_no_tag_has_no_bookmarks(client, name):
    assert client.get(f"/tags/{name}/bookmarks").status_code == 404


def test_the_bookmarks_of_a_tag_cost_the_same_for_one_and_for_three(client):
    counts = []
    for _more in range(3):
        keep(make_work(tags={"freeform": ["Fog"]}))
        with CaptureQueriesContext(connection) as asked:
            client.get("/tags/Fog/bookmarks")
        counts.append(len(asked))

    assert len(set(counts)) == 1
