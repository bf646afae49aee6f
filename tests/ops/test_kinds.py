"""Kinds of tags that an operator adds, and the values of closed ones: defined on pages, and at work everywhere."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.ops import defining, founding
from archive.tags.models import FANDOM, FREEFORM, RATING, WARNING, Kind, Tag
from archive.works import publishing, writing
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    operator = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(operator)
    return operator


@pytest.fixture
def author(operator):
    return UserFactory()


def answers(**changes):
    """What the form of a kind sends: a free kind, unless told otherwise."""
    sent = {
        "name": "Ship Name", "name_plural": "Ship Names", "help": "What the pairing is called.", "is_closed": "False",
        "is_single": "False", "is_in_blurbs": "on", "is_in_filters": "on", "is_on_works": "on", "place": "8",
    }  # fmt: skip
    return {name: value for name, value in (sent | changes).items() if value is not None}


POINT_OF_VIEW = {
    "name": "Point of View", "name_plural": "Points of View", "is_closed": "True",
    "values": "First Person\nThird Person\n", "place": "9",
}  # fmt: skip


def add(client, **changes):
    response = client.post(reverse("kind_new"), answers(**changes))
    assert response.status_code == HTTPStatus.FOUND, response.context["form"].errors
    return Kind.objects.get(name=changes.get("name", "Ship Name"))


def page(response):
    return LexborHTMLParser(response.content.decode())


def mistakes(response):
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    return dict(response.context["form"].errors)


# At work


def test_a_free_and_a_closed_kind_work_wherever_the_given_ones_do(client, operator, author):
    add(client)
    add(client, **POINT_OF_VIEW)
    client.force_login(author)
    sent = form_of(author) | {"tags_ship-name": "Lampshipping, Inesol", "tags_point-of-view": ["First Person"]}

    preview = client.post(reverse("work_new"), sent | {"action": "preview"})
    client.post(reverse("work_new"), sent | {"action": "post"})

    work = Work.objects.get()
    header = page(client.get(work.get_absolute_url(), {"view_adult": "true"})).css_first("dl.work.meta")
    blurb = page(client.get(reverse("works_index"))).css_first("li.blurb ul.tags")
    assert [" ".join(row.text().split()) for row in page(preview).css(".preview .tag-facts > div")[-2:]] == [
        "Ship Names Lampshipping, Inesol", "Point of View First Person",
    ]  # fmt: skip
    assert [tag.text() for tag in header.css("dd[class='ship-name tags'] a.tag")] == ["Lampshipping", "Inesol"]
    assert [tag.text() for tag in header.css("dd[class='point-of-view tags'] a.tag")] == ["First Person"]
    assert [tag.text() for tag in blurb.css("li.freeforms a.tag")] == ["Lampshipping", "Inesol", "First Person"]
    for name in ("Lampshipping", "First Person"):
        about = client.get(reverse("tag_show", args=[name]))
        works = client.get(Tag.objects.get(name=name).get_absolute_url())
        assert (about.status_code, len(page(works).css("li.blurb"))) == (HTTPStatus.OK, 1)


@pytest.mark.parametrize(
    ("method", "term", "found"), [("ship-name", "lamp", "Lampshipping"), ("point-of-view", "pers", "First Person")]
)
def test_autocomplete_knows_a_new_kind(client, operator, method, term, found):
    add(client)
    add(client, **POINT_OF_VIEW)
    make_work(tags={"ship-name": ["Lampshipping"], "point-of-view": ["First Person"]})

    offered = client.get(reverse("autocomplete", args=[method]), {"term": term}).json()

    assert offered[0] == {"id": found, "name": found}


def test_a_kind_that_is_not_in_blurbs_stands_in_the_header_alone(client, operator):
    add(client, is_in_blurbs=None)
    work = make_work(tags={"ship-name": ["Lampshipping"], "freeform": ["Fog"]})

    blurb, shown = client.get(reverse("works_index")).text, client.get(work.get_absolute_url()).text

    assert ("Fog" in blurb, "Lampshipping" in blurb, "Lampshipping" in shown) == (True, False, True)


def test_a_blurb_follows_when_a_kind_leaves_blurbs(client, operator):
    kind = add(client)
    make_work(tags={"ship-name": ["Lampshipping"]})
    before = client.get(reverse("works_index")).text

    client.post(reverse("kind_edit", args=[kind.code]), answers(is_in_blurbs=None))

    assert ("Lampshipping" in before, "Lampshipping" in client.get(reverse("works_index")).text) == (True, False)


@pytest.mark.parametrize(("kind", "typed"), [({}, {"tags_ship-name": ""}), (POINT_OF_VIEW, {})])
def test_a_required_kind_is_asked_for_when_a_work_is_posted(client, operator, author, kind, typed):
    code = add(client, is_required="on", **kind).code
    client.force_login(author)

    refused = client.post(reverse("work_new"), form_of(author) | typed | {"action": "post"})
    kept = client.post(reverse("work_new"), form_of(author) | typed | {"action": "save"})

    assert list(mistakes(refused)) == [f"tags_{code}"]
    assert kept.status_code == HTTPStatus.FOUND


def test_a_kind_required_later_is_asked_for_at_the_next_edit_and_takes_nothing_down(client, operator, author):
    work = make_work(by=author, expected_chapters=None)
    chapter = add_chapter(work)
    add(client, is_required="on", **POINT_OF_VIEW)
    client.force_login(author)

    writing.edit_chapter(chapter, chapter_entry("<p>A typo less in the lamp room.</p>"), version=1, by=author)
    add_chapter(work)
    sent = {name: value for name, value in form_of(author).items() if name not in {"text", "expected_chapters"}}
    refused = client.post(reverse("work_edit", args=[work.pk]), sent | {"version": work.version})

    assert list(Work.objects.published()) == [work]
    assert mistakes(refused) == {"tags_point-of-view": ["Please choose one (Point of View)."]}


def test_one_at_most_is_one_at_most(client, operator, author):
    add(client, is_single="True")
    client.force_login(author)

    refused = client.post(reverse("work_new"), form_of(author) | {"tags_ship-name": "Lampshipping, Inesol", "action": "save"})

    assert list(mistakes(refused)) == ["tags_ship-name"]


@pytest.mark.parametrize("is_required", [None, "on"])
def test_a_list_of_one_can_be_left_alone_where_works_can_do_without(client, operator, author, is_required):
    add(client, is_single="True", is_required=is_required, **POINT_OF_VIEW)
    client.force_login(author)

    offered = [choice.attributes["value"] for choice in page(client.get(reverse("work_new"))).css("[name=tags_point-of-view]")]

    assert offered == ["First Person", "Third Person"] if is_required else ["", "First Person", "Third Person"]


def test_a_work_with_several_of_what_is_now_one_shows_them_all_and_loses_none_unasked(client, operator, author):
    kind = add(client, **POINT_OF_VIEW)
    work = make_work(by=author, tags={kind.code: ["First Person", "Third Person"]})
    client.post(reverse("kind_edit", args=[kind.code]), answers(**POINT_OF_VIEW | {"values": None}, is_single="True"))
    client.force_login(author)

    ticked = page(client.get(reverse("work_edit", args=[work.pk]))).css("[name=tags_point-of-view][checked]")
    sent = form_of(author) | {"version": 1, "text_version": 1, "tags_point-of-view": ["First Person", "Third Person"]}
    refused = client.post(reverse("work_edit", args=[work.pk]), sent)

    assert [box.attributes["value"] for box in ticked] == ["First Person", "Third Person"]
    assert list(mistakes(refused)) == ["tags_point-of-view"]


def test_what_nobody_is_asked_for_any_more_stays_on_works(client, operator, author):
    kind = add(client)
    work = make_work(by=author, tags={kind.code: ["Lampshipping"]})
    client.post(reverse("kind_edit", args=[kind.code]), answers(is_on_works=None, is_required="on"))
    client.force_login(author)

    response = client.post(reverse("work_edit", args=[work.pk]), form_of(author) | {"version": 1, "text_version": 1})

    assert response.status_code == HTTPStatus.FOUND
    assert work.tags.filter(name="Lampshipping").exists()
    assert "Lampshipping" in client.get(work.get_absolute_url()).text


# Kinds


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ship Name", "ship-name"),
        ("Language", "language-2"),
        ("Tag", "tag-2"),
        ("Série", "serie"),
        ("Points_of View", "points-of-view"),
        ("視点", "kind-2"),
        ("2nd Season", "kind-2nd-season"),
        ("A very long name for a kind of tag", "a-very-long-name-for-a-k"),
    ],
)
def test_a_code_is_made_of_the_name_and_means_nothing_else(client, operator, name, code):
    assert add(client, name=name).code == code


def test_two_names_that_would_have_one_code_have_two(client, operator):
    assert [add(client, name=name).code for name in ("Era", "Éra!", "era?")] == ["era", "era-2", "era-3"]


@pytest.mark.parametrize(("place", "expected"), [("1", 0), ("4", 3), ("8", 7), ("1000", 7)])
def test_a_kind_stands_where_it_is_put(client, operator, place, expected):
    add(client, place=place)

    codes = [kind.code for kind in defining.kinds()]
    given = ["rating", "warning", "category", "fandom", "relationship", "character", "freeform"]
    assert codes == [*given[:expected], "ship-name", *given[expected:]]
    assert Kind.objects.last().code == "media"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "fandom"}, "name"),
        ({"name": "Media"}, "name"),
        ({"name": "n" * 51}, "name"),
        ({"name": "a\u202eb"}, "name"),
        ({"name_plural": ""}, "name_plural"),
        ({"help": "h" * 301}, "help"),
        ({"is_closed": "perhaps"}, "is_closed"),
        ({"is_single": None}, "is_single"),
        ({"place": "0"}, "place"),
        ({"place": "x"}, "place"),
        ({"values": "First Person"}, "values"),
        ({"is_closed": "True", "values": "First*"}, "values"),
        ({"is_closed": "True", "values": "Gen"}, "values"),
        ({"is_closed": "True", "values": "\n".join(f"Value {number}" for number in range(201))}, "values"),
        ({"is_closed": "True", "is_required": "on"}, "values"),
    ],
)
def test_a_kind_that_cannot_be_is_refused_with_all_that_was_typed(client, operator, changes, field):
    response = client.post(reverse("kind_new"), answers(**changes))

    assert list(mistakes(response)) == [field]
    assert Kind.objects.count() == 8
    assert response.context["form"]["help"].value() == changes.get("help", "What the pairing is called.")


@pytest.mark.parametrize("code", [RATING, WARNING, FANDOM, FREEFORM])
def test_the_given_kinds_keep_what_the_archive_rests_on(client, operator, code):
    before = Kind.objects.values().get(pk=code)
    turned = {flag: None if before[flag] else "on" for flag in ("is_required", "is_in_blurbs", "is_on_works")}
    turned |= {flag: str(not before[flag]) for flag in ("is_closed", "is_single")}

    client.post(reverse("kind_edit", args=[code]), answers(name="Another Name", is_in_filters=None, place="1", **turned))

    after = Kind.objects.values().get(pk=code)
    assert {flag: after[flag] for flag in defining.FIXED[code]} == {flag: before[flag] for flag in defining.FIXED[code]}
    assert (after["name"], after["is_in_filters"]) == ("Another Name", False)


def test_a_kind_with_tags_stays_free(client, operator):
    kind = add(client)
    make_work(tags={kind.code: ["Lampshipping"]})
    entry = defining.KindEntry(name="Ship Name", name_plural="Ship Names", place=8, is_closed=True)

    client.post(reverse("kind_edit", args=[kind.code]), answers(is_closed="True"))

    assert not Kind.objects.get(pk=kind.pk).is_closed
    with pytest.raises(defining.HasTags):
        defining.change_kind(kind, entry, by=operator)


def test_the_same_form_sent_twice_makes_one_kind(client, operator):
    key = page(client.get(reverse("kind_new"))).css_first("input[name=key]").attributes["value"]

    responses = [client.post(reverse("kind_new"), answers(key=key)) for _ in range(2)]

    assert {response.status_code for response in responses} == {HTTPStatus.FOUND}
    assert Kind.objects.filter(name="Ship Name").count() == 1


# Values


def value_answers(**changes):
    sent = {"name": "Second Person", "explanation": "You do it.", "is_accepted": "on", "place": "2"} | changes
    return {name: value for name, value in sent.items() if value is not None}


@pytest.fixture
def pov(client, operator):
    return add(client, **POINT_OF_VIEW)


def named(kind):
    return [value.name for value in defining.values_of(kind)]


def test_a_value_is_added_in_its_place(client, pov):
    client.post(reverse("values_index", args=[pov.code]), value_answers())

    assert named(pov) == ["First Person", "Second Person", "Third Person"]
    assert Tag.objects.choosable().get(name="Second Person").explanation == "You do it."


def test_a_value_is_renamed_everywhere_and_stays_on_its_works(client, pov):
    work = make_work(tags={pov.code: ["First Person"]})
    value = Tag.objects.get(name="First Person")

    client.post(reverse("value_edit", args=[pov.code, value.pk]), value_answers(name="I", place="2"))

    assert (named(pov), list(work.tags.filter(kind=pov).values_list("name", flat=True))) == (["Third Person", "I"], ["I"])
    assert "First Person" not in client.get(reverse("works_index")).text


@pytest.mark.parametrize("way", ["retired", "not accepted"])
def test_what_is_retired_or_not_accepted_is_offered_to_nobody_and_stays_where_it_is(client, pov, author, way):
    work = make_work(by=author, tags={pov.code: ["First Person"]})
    value = Tag.objects.get(name="First Person")
    if way == "retired":
        client.post(reverse("value_retire", args=[pov.code, value.pk]))
    else:
        client.post(reverse("value_edit", args=[pov.code, value.pk]), value_answers(name=value.name, is_accepted=None))
    client.force_login(author)

    offered = page(client.get(reverse("work_new"))).css("[name=tags_point-of-view]")
    edited = form_of(author) | {"version": 1, "text_version": 1, "tags_point-of-view": ["First Person"]}
    kept = client.post(reverse("work_edit", args=[work.pk]), edited)
    refused = client.post(reverse("work_new"), form_of(author) | {"tags_point-of-view": ["First Person"], "action": "post"})

    assert [box.attributes["value"] for box in offered] == ["Third Person"]
    assert (kept.status_code, work.tags.filter(pk=value.pk).exists()) == (HTTPStatus.FOUND, True)
    assert list(mistakes(refused)) == ["tags_point-of-view"]


def test_a_retired_value_comes_back(client, pov):
    value = Tag.objects.get(name="First Person")
    client.post(reverse("value_retire", args=[pov.code, value.pk]))

    client.post(reverse("value_bring_back", args=[pov.code, value.pk]))

    assert list(Tag.objects.choosable().of_kind(pov.code).values_list("name", flat=True)) == ["First Person", "Third Person"]


def test_a_retired_rating_cannot_be_posted_by_hand(operator):
    explicit = Tag.objects.get(name="Explicit")
    defining.retire(explicit, by=operator)
    draft = make_draft(by=operator, rating="Explicit")

    with pytest.raises(publishing.NotAccepted, match="no longer chosen here"):
        publishing.publish(draft, by=operator)


@pytest.mark.parametrize("way", ["retire", "do not accept"])
def test_the_last_value_of_what_every_work_needs_stays(client, operator, way):
    Tag.objects.of_kind(RATING).exclude(name="Mature").update(is_accepted=False)
    mature = Tag.objects.get(name="Mature")

    if way == "retire":
        response = client.post(reverse("value_retire", args=[RATING, mature.pk]), follow=True)
        assert "there has to be one at least" in response.text
    else:
        response = client.post(reverse("value_edit", args=[RATING, mature.pk]), value_answers(name="Mature", is_accepted=None))
        assert list(mistakes(response)) == ["is_accepted"]

    assert list(Tag.objects.choosable().of_kind(RATING)) == [mature]


def test_a_new_warning_always_asks_first(client, operator):
    client.post(reverse("values_index", args=[WARNING]), value_answers(name="Spiders", place="7"))
    work = make_work(warnings=("Spiders",), text="<p>The canary sings.</p>")

    client.logout()
    advisory = client.get(work.get_absolute_url())

    assert ("Spiders" in advisory.text, "canary" in advisory.text) == (True, False)


@pytest.mark.parametrize(("asks", "is_shown"), [("on", False), (None, True)])
def test_an_operator_says_whether_a_new_rating_asks_first(client, operator, asks, is_shown):
    client.post(reverse("values_index", args=[RATING]), value_answers(name="Older Teens", asks_consent=asks))
    work = make_work(rating="Older Teens", text="<p>The canary sings.</p>")

    client.logout()

    assert ("canary" in client.get(work.get_absolute_url()).text) is is_shown
    assert page(client.get(reverse("works_index"))).css_first("span[class='rating-other rating']").text(strip=True) == "Older Teens"


def test_no_form_takes_the_question_from_a_given_rating(client, operator):
    explicit = Tag.objects.get(name="Explicit")

    client.post(reverse("value_edit", args=[RATING, explicit.pk]), value_answers(name="Explicit", asks_consent=None))

    assert Tag.objects.get(pk=explicit.pk).asks_consent


@pytest.mark.parametrize("name", ["", "Gen", "gen", "third person", "Fog", "a, b", "n" * 151])
def test_a_value_that_cannot_be_is_refused(client, pov, name):
    make_work(tags={"freeform": ["Fog"]})

    response = client.post(reverse("values_index", args=[pov.code]), value_answers(name=name))

    assert list(mistakes(response)) == ["name"]
    assert response.context["form"]["explanation"].value() == "You do it."


# Who may


PAGES = [
    lambda kind, value: reverse("kinds_index"),
    lambda kind, value: reverse("kind_new"),
    lambda kind, value: reverse("kind_edit", args=[kind.code]),
    lambda kind, value: reverse("values_index", args=[kind.code]),
    lambda kind, value: reverse("value_edit", args=[kind.code, value.pk]),
]
DEEDS = [
    lambda kind, value: reverse("value_retire", args=[kind.code, value.pk]),
    lambda kind, value: reverse("value_bring_back", args=[kind.code, value.pk]),
]


@pytest.mark.parametrize("address", PAGES + DEEDS)
@pytest.mark.parametrize("rank", [None, {}, {"is_staff": True}])
def test_nobody_else_may_enter(client, pov, rank, address):
    address = address(pov, pov.tags.first())
    client.logout()
    if rank is not None:
        client.force_login(UserFactory(**rank))

    responses = [client.get(address), client.post(address, answers())]

    allowed = (
        {HTTPStatus.FOUND, HTTPStatus.METHOD_NOT_ALLOWED} if rank is None else {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED}
    )
    assert {response.status_code for response in responses} <= allowed
    assert (Kind.objects.count(), pov.tags.filter(retired_at=None).count()) == (9, 2)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens(client, pov, address):
    assert client.get(address(pov, pov.tags.first())).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("kind_edit", ["nothing"]), ("kind_edit", ["media"]), ("values_index", ["fandom"]), ("values_index", ["media"]),
        ("value_edit", ["rating", 999_999]), ("value_edit", ["fandom", 1]),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_not_there(client, operator, name, arguments):
    assert client.get(reverse(name, args=arguments)).status_code == HTTPStatus.NOT_FOUND


def test_the_deeds_refuse_members_too(pov):
    stranger, value = UserFactory(is_staff=True), pov.tags.first()
    kind_entry = defining.KindEntry(name="X", name_plural="Xs", place=1, is_closed=False)
    value_entry = defining.ValueEntry(name="X", place=1)

    for deed in (
        lambda: defining.add_kind(kind_entry, by=stranger),
        lambda: defining.change_kind(pov, kind_entry, by=stranger),
        lambda: defining.add_value(pov, value_entry, by=stranger),
        lambda: defining.change_value(value, value_entry, by=stranger),
        lambda: defining.retire(value, by=stranger),
        lambda: defining.bring_back(value, by=stranger),
    ):
        with pytest.raises(founding.NotAnAdministrator):
            deed()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_kinds_takes_the_same_queries_whatever_its_length(client, operator, django_assert_num_queries, count):
    for number in range(count):
        add(client, name=f"Kind {number}", is_closed="True", values=f"Value {number}")

    with django_assert_num_queries(6):
        client.get(reverse("kinds_index"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_values_takes_the_same_queries_whatever_its_length(client, operator, django_assert_num_queries, count):
    kind = add(client, is_closed="True", values="\n".join(f"Value {number}" for number in range(count)))

    with django_assert_num_queries(6):
        client.get(reverse("values_index", args=[kind.code]))
