"""The reading pages as download tools parse them. Class strings and their order are the field's public interface."""

import re

import pytest
from django.urls import reverse

from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work
from tests.reading.tools import addresses, exact, is_from_the_root, one_string, page, pairs, text_before

pytestmark = pytest.mark.django_db

ALL_KINDS = {
    "category": ["F/F", "Gen"],
    "relationship": ["Ines Calder/Marisol Vane", "Tobias Vane & Ines Calder"],
    "character": ["Ines Calder", "Marisol Vane"],
    "freeform": ["Fog & Letters", "Post-War", '"Quoted"'],
}
CHAPTER = re.compile(r"/works/(\d+)/chapters/\d+$")
WITH_IDS = """<div id="chapter-9"><p id="work" class="chapter">A lamp.</p><a name="notes" id="summary">Burns</a></div>
<h2 id="main">all night</h2>"""
YES = {"view_adult": "true"}
FULL = YES | {"view_full_work": "true"}


@pytest.fixture
def one_shot():
    author = UserFactory(username="ines_c")
    return make_work(by=author, summary="A bird.", notes="For <i>M.</i>", endnotes="The end.", tags=ALL_KINDS)


@pytest.fixture
def long_work():
    work = make_work(
        by=UserFactory(username="marisol_v"), rating="Explicit", warnings=("Major Character Death", "Underage Sex"),
        summary="Of lamps.", notes="Before.", endnotes="Behind.", content_notes="<blockquote>Fire.</blockquote>",
        expected_chapters=None, series="The Lamp", tags=ALL_KINDS, text=WITH_IDS,
    )  # fmt: skip
    add_chapter(work, title="The Commissioner’s Boat", summary="Second.", notes="Note.", endnotes="End note.", text=WITH_IDS)
    add_chapter(work, text=WITH_IDS)
    return work


def read(client, work, query=FULL):
    return page(client.get(work.get_absolute_url(), query, follow=True))


# The chapter index, which is asked for first


@pytest.mark.parametrize("who", ["guest", "member", "author"])
def test_the_index_names_title_author_and_chapters_and_nothing_else_of_their_shape(client, long_work, who):
    if who != "guest":
        client.force_login(long_work.pseuds.get().user if who == "author" else UserFactory())
    shown = page(client.get(reverse("work_navigate", args=[long_work.pk]), YES))

    links = addresses(shown)
    chapters = [chapter.get_absolute_url() for chapter in long_work.chapters.in_order()]

    assert next(link for link in links if re.search(r"/works/\d+$", link)) == long_work.get_absolute_url()
    assert [link for link in links if re.search(r"/users/\w+/pseuds/.+", link)] == ["/users/marisol_v/pseuds/marisol_v"]
    assert [link for link in links if CHAPTER.search(link)] == chapters


def test_the_index_numbers_and_dates_each_chapter(client, long_work):
    items = page(client.get(reverse("work_navigate", args=[long_work.pk]))).css("ol.chapter.index.group > li")
    days = [f"({chapter.published_at:%Y-%m-%d})" for chapter in long_work.chapters.in_order()]

    assert [one_string(item.css_first("a")) for item in items] == ["1. Chapter 1", "2. The Commissioner’s Boat", "3. Chapter 3"]
    assert [one_string(item.css_first("a ~ span.datetime")) for item in items] == days


def test_the_index_of_a_one_shot_has_its_one_chapter(client, one_shot):
    shown = page(client.get(reverse("work_navigate", args=[one_shot.pk])))

    assert [link for link in addresses(shown) if CHAPTER.search(link)] == [one_shot.chapters.get().get_absolute_url()]
    assert shown.css_first("h2 a").text() == one_shot.title


# The header of a work


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("rating", ["Explicit"]),
        ("warning", ["Major Character Death", "Underage Sex"]),
        ("fandom", ["The Lighthouse Keepers (TV)"]),
        *ALL_KINDS.items(),
    ],
)
def test_the_tags_of_each_kind_stand_under_an_exact_class(client, long_work, kind, names):
    shown = read(client, long_work)

    [description] = exact(shown, "dd", f"{kind} tags")

    assert len(exact(shown, "dt", f"{kind} tags")) == 1
    assert [one_string(tag) for tag in description.css("ul.commas > li > a.tag[href]")] == names


def test_the_kinds_stand_in_their_order_with_their_labels(client, long_work):
    terms = read(client, long_work).css("dl.work.meta.group > dt")

    assert [term.text() for term in terms] == [
        "Rating:", "Archive Warnings:", "Categories:", "Fandom:", "Relationships:", "Characters:", "Additional Tags:",
        "Language:", "Series:", "Stats:",
    ]  # fmt: skip
    assert [term.attributes["class"] for term in terms[-3:]] == ["language", "series", "stats"]


def test_numbers_and_dates_are_paired_with_english_labels(client, long_work):
    [stats] = read(client, long_work).css("dl.stats")
    day = f"{long_work.published_at:%Y-%m-%d}"

    assert pairs(stats) == {"Published:": day, "Updated:": day, "Words:": "15", "Chapters:": "3/?"}
    assert [one.attributes["class"] for one in stats.css("dd")] == ["published", "status", "words", "chapters"]


def test_a_finished_work_says_completed_and_a_one_shot_neither(client, one_shot):
    whole = make_work(expected_chapters=2)
    add_chapter(whole)

    assert "Completed:" in pairs(read(client, whole).css_first("dl.stats"))
    assert list(pairs(read(client, one_shot).css_first("dl.stats"))) == ["Published:", "Words:", "Chapters:"]


def test_a_thousand_words_have_a_comma(client):
    work = make_work(text="word " * 1_234)

    assert pairs(read(client, work).css_first("dl.stats"))["Words:"] == "1,234"


def test_a_series_is_told_by_the_text_immediately_before_its_link(client, long_work):
    [link] = [one for one in read(client, long_work).css("dd.series a") if re.search(r"/series/\d+$", one.attributes["href"])]

    assert text_before(link) == "Part 1 of "
    assert (one_string(link), link.parent.attributes["class"]) == ("The Lamp", "position")


def test_language_stands_in_the_header_and_in_a_meta_element(client):
    shown = read(client, make_work(language="pt-BR"))

    assert shown.css_first("meta[name=language]").attributes["content"] == "pt-BR"
    assert one_string(shown.css_first("dd.language")) == "português brasileiro"


# Title, summary, notes, text


def test_the_preface_holds_title_byline_and_summary_in_that_order(client, long_work):
    shown = read(client, long_work)
    [preface] = exact(shown, "div", "preface group")

    assert [node.attributes["class"] for node in preface.iter()][:3] == ["title heading", "byline heading", "summary module"]
    assert exact(shown, "h2", "title heading")[0].text(strip=True) == long_work.title
    assert one_string(exact(shown, "h3", "byline heading")[0].css_first("a[rel=author]")) == "marisol_v"


def test_the_first_quotation_of_a_page_is_the_summary(client, long_work):
    assert read(client, long_work).css_first("blockquote.userstuff").text(strip=True) == "Of lamps."


def test_notes_stand_under_exact_classes(client, long_work):
    shown = read(client, long_work)
    [preface] = exact(shown, "div", "preface group")
    second = shown.css_first("div#chapter-2")

    assert exact(preface, "div", "notes module")[0].css_first("blockquote.userstuff").text(strip=True) == "Before."
    assert shown.css_first("div#work_endnotes blockquote").text(strip=True) == "Behind."
    assert [second.css_first(f"div#{name} .userstuff").text(strip=True) for name in ("summary", "notes")] == ["Second.", "Note."]
    assert exact(second, "div", "end notes module")[0].css_first("blockquote").text(strip=True) == "End note."


@pytest.mark.parametrize("query", [YES, FULL])
def test_every_text_stands_under_an_exact_class_with_its_landmark(client, one_shot, long_work, query):
    for work, texts in ((one_shot, 1), (long_work, 3 if query is FULL else 1)):
        found = exact(read(client, work, query), "div", "userstuff module")

        assert len(found) == texts
        assert [text.attributes["role"] for text in found] == ["article"] * texts
        assert [len(exact(text, "h3", "landmark heading")) for text in found] == [1] * texts


def test_the_whole_work_has_one_div_for_each_chapter_and_no_other_of_that_name(client, long_work):
    shown = read(client, long_work)

    found = [node.id for node in shown.css("div[id]") if re.search(r"chapter-\d+", node.id)]

    assert found == ["chapter-1", "chapter-2", "chapter-3"]
    assert [node.attributes["class"] for node in shown.css("#chapters > div")] == ["chapter"] * 3


def test_a_chapter_is_headed_by_a_link_and_its_title_behind_it(client, long_work):
    [heading] = exact(read(client, long_work).css_first("#chapter-2"), "h3", "title")

    assert one_string(heading.css_first("a")) == "Chapter 2"
    assert heading.text() == "Chapter 2: The Commissioner’s Boat"


def test_no_text_keeps_ids_or_names(client, long_work):
    texts = exact(read(client, long_work), "div", "userstuff module")

    assert [node.html for text in texts for node in text.css("[id], [name]") if node.tag != "h3"] == []
    assert len([text for text in texts if "A lamp." in text.text()]) == 3


def test_only_the_whole_work_offers_to_go_chapter_by_chapter(client, one_shot, long_work):
    assert len(read(client, long_work).css("li.bychapter")) == 1
    assert not read(client, long_work, YES).css("li.bychapter")
    assert not read(client, one_shot).css("li.bychapter")


def test_the_ways_through_a_work_are_where_tools_look(client, long_work):
    shown = page(client.get(long_work.chapters.get(position=2).get_absolute_url(), YES))
    chapters = [chapter.get_absolute_url() for chapter in long_work.chapters.in_order()]

    assert addresses(shown.css_first("li.chapter.previous")) == chapters[:1]
    assert addresses(shown.css_first("li.chapter.next")) == chapters[2:]
    assert addresses(shown.css_first("ul#chapter_index"))[:3] == chapters
    assert addresses(shown.css_first("li.chapter.entire")) == [f"{long_work.get_absolute_url()}?view_full_work=true"]


@pytest.mark.parametrize(("query", "name"), [(YES, "chapters-show"), (FULL, "works-show")])
def test_the_page_says_what_it_is(client, long_work, query, name):
    assert read(client, long_work, query).css_first("div#main").attributes["class"] == f"{name} region"


# The advisory, locked works, and who is signed in


@pytest.mark.parametrize("query", [{}, {"view_full_work": "true"}])
def test_the_advisory_says_the_sentence_and_the_way_on_that_tools_know(client, long_work, query):
    shown = read(client, long_work, query)

    [onward] = [link for link in shown.css("div.works-show.region ul.actions li a") if link.text() == "Yes, Continue"]

    assert one_string(shown.css_first("p.caution")) == (
        "This work could have adult content. If you continue, you have agreed that you are willing to see such content."
    )
    assert exact(page(client.get(onward.attributes["href"])), "div", "userstuff module")


def test_no_phrase_that_makes_tools_give_up_is_on_a_page(client, long_work):
    pages = [client.get(long_work.get_absolute_url(), query, follow=True).content.decode() for query in ({}, YES, FULL)]
    feared = ("Error 503 - Service unavailable", "This site is in beta.", "part of an ongoing challenge and will be revealed soon!")

    assert [phrase for phrase in feared for shown in pages if phrase in shown] == []


def test_a_locked_work_shows_its_lock_to_members(client):
    client.force_login(UserFactory())
    locked, open_to_all = make_work(is_restricted=True), make_work()

    [lock] = read(client, locked).css('img[alt="(Restricted)"]')

    assert (lock.attributes["title"], lock.parent.attributes["class"]) == ("Restricted", "title heading")
    assert not read(client, open_to_all).css('img[alt="(Restricted)"]')


def test_a_guest_at_a_locked_work_is_told_in_the_words_that_tools_know(client):
    answer = client.get(make_work(is_restricted=True).get_absolute_url(), FULL, follow=True)

    assert page(answer).css_first("div#main").attributes["class"] == "sessions-new region"
    assert "This work is only available to registered users of the Archive." in answer.content.decode()


def test_a_work_that_is_not_there_is_told_by_class(client):
    answer = client.get("/works/999999")

    assert answer.status_code == 404
    assert page(answer).css_first("div#main").attributes["class"] == "error-404 region"


@pytest.mark.parametrize("name", ["home", "works_index", "account_login", "warning_preferences"])
def test_members_alone_find_the_way_out_and_bodies_say_who_is_in(client, name):
    guest = client.get(reverse(name))
    client.force_login(UserFactory())
    member = client.get(reverse(name), follow=True)

    assert [page(answer).body.attributes["class"] for answer in (guest, member)] == ["logged-out", "logged-in"]
    assert [b'href="/users/logout' in answer.content for answer in (guest, member)] == [False, True]


# What holds for all of them


@pytest.mark.parametrize("who", ["guest", "author"])
def test_every_link_of_the_archive_begins_at_the_root(client, long_work, who):
    if who == "author":
        client.force_login(long_work.pseuds.get().user)
    asked = [("", {}), ("", YES), ("", FULL), ("/navigate", {})]
    answers = [client.get(f"{long_work.get_absolute_url()}{rest}", query, follow=True) for rest, query in asked]

    assert [link for answer in answers for link in addresses(page(answer)) if not is_from_the_root(link)] == []


def test_no_link_to_a_pseud_or_a_chapter_comes_before_the_content(client, long_work):
    client.force_login(long_work.pseuds.get().user)
    chrome = read(client, long_work, FULL).css(".masthead, .skip-link, .colophon")

    links = [link for part in chrome for link in addresses(part)]

    assert len(links) > 5
    assert [link for link in links if "/pseuds/" in link or re.search(r"/works/\d+", link) or "/series/" in link] == []
