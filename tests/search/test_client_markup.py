"""Listings as download tools, userscripts and skins parse them: the blurb, its four squares, pages, a series."""

import datetime as dt

import pytest

from archive.search.listings import WORKS_ON_A_PAGE
from archive.tags.models import Tag
from archive.warnings.headers import Header
from archive.works.models import Work
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work
from tests.reading.tools import addresses, exact, is_from_the_root, one_string, page, pairs

pytestmark = pytest.mark.django_db

RATINGS = {
    "General Audiences": "rating-general-audience",
    "Teen And Up Audiences": "rating-teen",
    "Mature": "rating-mature",
    "Explicit": "rating-explicit",
    "Not Rated": "rating-notrated",
}
NONE, CHOSE_NOT, DEATH = "No Archive Warnings Apply", "Creator Chose Not To Use Archive Warnings", "Major Character Death"
WARNINGS = {
    (NONE,): "warning-no",
    (CHOSE_NOT,): "warning-choosenotto",
    ("Graphic Depictions Of Violence",): "warning-yes",
    (DEATH,): "warning-yes",
    ("Rape/Non-Con",): "warning-yes",
    ("Underage Sex",): "warning-yes",
    (DEATH, "Underage Sex"): "warning-yes",
    (CHOSE_NOT, DEATH): "warning-yes",
}
CATEGORIES = {
    (): "category-none",
    ("Gen",): "category-gen",
    ("F/M",): "category-het",
    ("M/M",): "category-slash",
    ("F/F",): "category-femslash",
    ("Multi",): "category-multi",
    ("Other",): "category-other",
    ("Gen", "F/F"): "category-multi",
    ("Multi", "M/M"): "category-multi",
}


def blurb_of(client, work, address="/works"):
    return page(client.get(address)).css_first(f"li#work_{work.pk}")


def squares(blurb):
    """The class strings of the four squares, in order."""
    return [square.attributes["class"] for square in blurb.css("ul.required-tags > li > span")]


@pytest.fixture
def work():
    return make_work(
        by=UserFactory(username="marisol_v"), warnings=(DEATH,), summary="Of <i>lamps</i>.", series="The Lamp",
        fandoms=("The Lighthouse Keepers (TV)", "Signal Fires"),
        tags={"relationship": ["Ines & Marisol"], "character": ["Ines"], "freeform": ["Fog", "Letters"], "category": ["Gen"]},
    )  # fmt: skip


@pytest.mark.parametrize("rating", RATINGS)
def test_each_rating_has_its_square(client, rating):
    assert squares(blurb_of(client, make_work(rating=rating)))[0] == f"{RATINGS[rating]} rating"


@pytest.mark.parametrize("warnings", WARNINGS)
def test_each_choice_of_warnings_has_its_square(client, warnings):
    assert squares(blurb_of(client, make_work(warnings=warnings)))[1] == f"{WARNINGS[warnings]} warnings"


@pytest.mark.parametrize(("names", "expected"), [((NONE, CHOSE_NOT), "warning-choosenotto"), ((), "warning-choosenotto")])
def test_choices_that_no_form_takes_have_a_square_as_well(names, expected):
    tags = {"warning": list(Tag.objects.filter(name__in=names))}

    assert Header(Work(), tags, has_unnamed_warnings=False, naming_url="").warning_class == expected


@pytest.mark.parametrize("categories", CATEGORIES)
def test_each_choice_of_categories_has_its_square(client, categories):
    work = make_work(tags={"category": list(categories)})

    assert squares(blurb_of(client, work))[2] == f"{CATEGORIES[categories]} category"


@pytest.mark.parametrize(
    ("expected_chapters", "state", "words"),
    [(1, "yes", "Complete Work"), (2, "no", "Work in Progress"), (None, "no", "Work in Progress")],
)
def test_whether_a_work_is_complete_has_its_square(client, expected_chapters, state, words):
    blurb = blurb_of(client, make_work(expected_chapters=expected_chapters))

    assert squares(blurb)[3] == f"complete-{state} iswip"
    assert blurb.css_first("span.iswip").text() == words


def test_every_square_says_its_words(client, work):
    assert [one_string(words) for words in blurb_of(client, work).css("ul.required-tags > li > span > span.text")] == [
        "General Audiences", DEATH, "Gen", "Complete Work",
    ]  # fmt: skip


def test_who_hides_which_warnings_sees_no_more_than_that_there_are_some(client, work):
    client.force_login(UserFactory())
    client.post("/preferences/warnings", {"hides_which": "on"})

    blurb = blurb_of(client, work)

    assert squares(blurb)[1] == "warning-yes warnings"
    assert not blurb.css("li.warnings")
    assert DEATH not in blurb.html


def test_a_blurb_is_named_by_its_work_and_its_makers(client, work):
    blurb = blurb_of(client, work)
    maker = work.pseuds.get().user_id

    assert blurb.attributes["class"] == f"work blurb group work-{work.pk} user-{maker}"
    assert blurb.attributes["role"] == "article"
    assert blurb.parent.attributes["class"] == "work index group"
    assert f"<!-- updated_at={int(work.revised_at.timestamp())} -->" in exact(blurb, "div", "header module")[0].html


def test_the_heading_is_title_then_author(client, work):
    [heading] = exact(blurb_of(client, work), "h4", "heading")

    assert addresses(heading) == [work.get_absolute_url(), "/users/marisol_v/pseuds/marisol_v"]
    assert one_string(heading.css_first("a:first-child")) == work.title
    assert one_string(heading.css_first("a[rel=author]")) == "marisol_v"


def test_fandoms_and_tags_stand_each_in_its_list(client, work):
    blurb = blurb_of(client, work)
    listed = [(item.attributes["class"], one_string(item.css_first("a.tag"))) for item in blurb.css("ul.tags.commas > li")]

    assert [one_string(tag) for tag in blurb.css("h5.fandoms.heading a.tag")] == ["The Lighthouse Keepers (TV)", "Signal Fires"]
    assert listed == [
        ("warnings", DEATH), ("relationships", "Ines & Marisol"), ("characters", "Ines"),
        ("freeforms", "Fog"), ("freeforms", "Letters"),
    ]  # fmt: skip
    assert len(blurb.css("li.warnings > strong > a.tag")) == 1


def test_the_day_is_written_as_tools_read_it(client, work):
    Work.objects.update(revised_at=dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC))

    assert one_string(blurb_of(client, work).css_first("div.header p.datetime")) == "02 Nov 2026"


def test_summary_series_and_numbers_stand_under_their_classes(client, work):
    blurb = blurb_of(client, work)

    assert exact(blurb, "blockquote", "userstuff summary")[0].text().strip() == "Of lamps."
    assert " ".join(blurb.css_first("ul.series > li").text().split()) == "Part 1 of The Lamp"
    assert one_string(blurb.css_first("ul.series > li > strong")) == "1"
    assert pairs(blurb.css_first("dl.stats")) == {"Language:": "English", "Words:": "9", "Chapters:": "1/1"}
    assert [one.attributes["class"] for one in blurb.css("dl.stats dd")] == ["language", "words", "chapters"]


def test_a_locked_work_shows_its_lock(client, work):
    client.force_login(UserFactory())
    locked = make_work(is_restricted=True)

    locks = blurb_of(client, locked).css('h4.heading img[alt="(Restricted)"]')

    assert [lock.attributes["title"] for lock in locks] == ["Restricted"]
    assert not blurb_of(client, work).css("img")


def listing_addresses(work):
    person = work.pseuds.get().user
    return [
        "/works", "/tags/Fog/works", "/languages/en/works", f"{person.get_absolute_url()}/works",
        work.pseuds.get().get_absolute_url(), Series.objects.get().get_absolute_url(),
    ]  # fmt: skip


def test_pages_lead_on_from_the_root_by_their_number(client, work):
    for _ in range(WORKS_ON_A_PAGE):
        make_work(by=work.pseuds.get().user, series="The Lamp", tags={"freeform": ["Fog"]})

    for address in listing_addresses(work):
        first, second = (page(client.get(f"{address}?page={number}")).css_first("ol.pagination.actions") for number in (1, 2))

        assert first.attributes["title"] == "pagination"
        assert addresses(first.css_first("li.next")) == [f"{address}?page=2"]
        assert addresses(second.css_first("li.previous")) == [f"{address}?page=1"]


def test_headings_count_as_tools_read_it(client, work):
    for _ in range(WORKS_ON_A_PAGE):
        make_work(by=work.pseuds.get().user)

    assert page(client.get("/works")).css_first("h2.heading").text(strip=True) == "1 - 20 of 21 Works"
    assert page(client.get("/tags/Fog/works")).css_first("h2.heading").text(strip=True) == "1 Work in Fog"


def test_every_link_of_a_listing_begins_at_the_root(client, work):
    for address in ["/", "/media", *listing_addresses(work)]:
        assert [link for link in addresses(page(client.get(address))) if not is_from_the_root(link)] == []


def test_a_series_has_its_heading_its_facts_and_its_works_in_order(client, work):
    second = make_work(by=work.pseuds.get().user, series="The Lamp")

    shown = page(client.get(Series.objects.get().get_absolute_url()))

    assert shown.css_first("div.series-show h2.heading").text(strip=True) == "The Lamp"
    [works] = exact(shown, "ul", "series work index group")
    assert [item.id for item in works.css("li[role=article]")] == [f"work_{one.pk}" for one in (work, second)]
    assert [addresses(heading)[0] for heading in works.css("h4.heading")] == [one.get_absolute_url() for one in (work, second)]
    assert len(exact(shown, "dl", "series meta group")) == 1


@pytest.mark.parametrize(("is_complete", "word"), [(True, "Yes"), (False, "No")])
def test_a_series_says_whether_it_is_complete(client, is_complete, word):
    make_work(series="The Lamp")
    Series.objects.update(is_complete=is_complete)

    shown = page(client.get(Series.objects.get().get_absolute_url()))

    assert f"Complete:{word}" in shown.css_first("dl.series dl.stats").text()


@pytest.mark.usefixtures("work")
def test_media_and_fandoms_stand_under_their_classes(client):
    shown = page(client.get("/media"))
    medium = addresses(shown.css_first("ul.media.fandom.index.group > li.medium h2.heading"))[0]

    fandoms = page(client.get(medium)).css("ol.alphabet.fandom.index.group ul.tags.index.group > li")

    assert [" ".join(item.text().split()) for item in fandoms] == ["The Lighthouse Keepers (TV) (1)", "Signal Fires (1)"]
    assert [len(item.css("a.tag")) for item in fandoms] == [1, 1]


def test_the_home_page_and_an_authors_pages_show_the_same_blurb(client, work):
    add_chapter(work)
    shown = {blurb_of(client, work, address).html for address in ("/", "/works", "/users/marisol_v", "/users/marisol_v/works")}

    assert len(shown) == 1
