"""Series: their words, their order, their authors, and what leaves them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.works import deleting, serializing
from archive.works.models import Work
from archive.works.series import Series, SeriesEntry
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import make_draft, make_work
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(author):
    """Three works, the second of which is a draft."""
    make_work(by=author, title="First", series="The Lamp")
    make_draft(by=author, title="Second", series="The Lamp")
    make_work(by=author, title="Third", series="The Lamp")
    return Series.objects.get()


def titles(series):
    return list(series.entries.in_order().values_list("work__title", "position"))


def form(series, author, **fields):
    """What the page for editing would send, with some of it changed."""
    kept = {"title": series.title, "summary": "", "notes": "", "pseuds": [author.pseuds.get(is_default=True).pk]}
    return kept | fields


def edit(client, series, author, **fields):
    return client.post(reverse("series_edit", args=[series.pk]), form(series, author, **fields))


def test_a_series_says_what_its_author_says_of_it(client, author, series):
    edit(
        client,
        series,
        author,
        title="The Lamps",
        summary="Of <em>lamps</em>.",
        notes="With thanks.<script>x</script>",
        is_complete="on",
    )
    client.logout()

    page = client.get(series.get_absolute_url()).content.decode()

    shown = ("The Lamps", "Of <em>lamps</em>.", "With thanks.", '<dd class="complete">Yes')
    assert [part for part in (*shown, "<script>x") if part in page] == list(shown)


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"title": ""}, "title"), ({"title": "t" * 256}, "title"), ({"summary": "s" * 1251}, "summary"), ({"pseuds": []}, "pseuds")],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(client, author, series, sent, field):
    answer = edit(client, series, author, **({"notes": "Long thought over."} | sent))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Long thought over." in answer.content.decode()


def test_no_two_series_of_an_author_bear_the_same_title(client, author, series):
    make_work(by=author, series="The Buoy")

    answer = edit(client, series, author, title="the buoy")

    assert answer.context["form"].errors["title"] == ["You have another series of this title."]


def test_works_are_ordered_by_numbers_and_numbered_from_one(client, author, series):
    SeriesEntry.objects.filter(work__title="Third").update(position=40)
    third = series.entries.get(work__title="Third")

    client.post(reverse("series_manage", args=[series.pk]), {f"position_{third.pk}": "1"})

    assert titles(series) == [("Third", 1), ("First", 2), ("Second", 3)]


def test_another_authors_draft_is_not_seen_and_keeps_its_place(client, author, series):
    other = UserFactory()
    series.pseuds.add(other.pseuds.get())
    client.force_login(other)
    shown = client.get(reverse("series_manage", args=[series.pk]))
    third = series.entries.get(work__title="Third")

    client.post(reverse("series_manage", args=[series.pk]), {f"position_{third.pk}": "1"})

    assert [row.work.title for row, _field in shown.context["form"].rows()] == ["First", "Third"]
    assert titles(series) == [("Third", 1), ("Second", 2), ("First", 3)]


def test_a_work_is_taken_out_and_the_last_one_takes_the_series_along(client, author, series):
    for work in Work.objects.order_by("pk"):
        answer = client.post(reverse("series_removal", args=[series.pk, work.pk]))

    assert answer.url == work.get_absolute_url()
    assert (Series.objects.count(), Work.objects.count()) == (0, 3)


def test_a_series_goes_and_its_works_stay(client, author, series):
    client.post(reverse("series_delete", args=[series.pk]))

    assert (Series.objects.count(), Work.objects.kept().count()) == (0, 3)


def test_the_name_of_another_account_cannot_be_taken(client, author, series):
    answer = edit(client, series, author, pseuds=[UserFactory().pseuds.get().pk])

    assert answer.status_code == 422
    assert {pseud.user for pseud in series.pseuds.all()} == {author}


def test_an_author_leaves_a_series_that_has_others(client, author, series):
    other = UserFactory()
    series.pseuds.add(other.pseuds.get())

    edit(client, series, author, pseuds=[])

    assert [pseud.user for pseud in series.pseuds.all()] == [other]


def test_an_author_changes_the_name_that_they_wrote_a_series_under(client, author, series):
    second = PseudFactory(user=author)

    edit(client, series, author, pseuds=[second.pk])

    assert list(series.pseuds.all()) == [second]


def test_editing_a_work_leaves_it_in_its_other_series(client, author, series):
    work = Work.objects.get(title="First")
    Series.objects.create(title="The Buoy").pseuds.add(author.pseuds.get())
    Series.objects.get(title="The Buoy").entries.create(work=work, position=7)

    client.post(
        reverse("work_edit", args=[work.pk]),
        form_of(author) | {"action": "save", "version": "1", "text_version": "1", "series": "The Lamp", "series_position": "1"},
    )

    assert sorted(work.series_entries.values_list("series__title", "position")) == [("The Buoy", 7), ("The Lamp", 1)]


@pytest.mark.parametrize(("who", "ways"), [("guest", ["First", "Fifth"]), ("member", ["First", "Fourth"])])
def test_the_ways_to_the_works_beside_skip_those_that_a_reader_cannot_open(client, author, series, who, ways):
    make_work(by=author, title="Fourth", series="The Lamp", is_restricted=True)
    make_work(by=author, title="Fifth", series="The Lamp")
    client.logout()
    if who == "member":
        client.force_login(UserFactory())

    page = LexborHTMLParser(client.get(Work.objects.get(title="Third").get_absolute_url()).content.decode())

    for place in ("dd.series > span.series", "div#series > p"):
        found = [page.css_first(f"{place} > a.{way}").attributes["href"] for way in ("previous", "next")]
        assert found == [Work.objects.get(title=title).get_absolute_url() for title in ways]


# The doors

SEES = {
    ("public", "guest"): True, ("public", "member"): True, ("public", "author"): True, ("public", "staff"): True,
    ("restricted", "guest"): False, ("restricted", "member"): True, ("restricted", "author"): True, ("restricted", "staff"): True,
    ("draft", "guest"): False, ("draft", "member"): False, ("draft", "author"): True, ("draft", "staff"): False,
    ("deleted", "guest"): False, ("deleted", "member"): False, ("deleted", "author"): True, ("deleted", "staff"): False,
}  # fmt: skip


@pytest.mark.parametrize(("state", "who"), SEES)
def test_a_series_is_reached_by_whom_its_works_are_for(client, author, state, who):
    make = make_draft if state == "draft" else make_work
    work = make(by=author, series="The Lamp", is_restricted=state == "restricted")
    if state == "deleted":
        deleting.delete(work, by=author)
    viewer = {"guest": AnonymousUser(), "member": UserFactory(), "author": author, "staff": UserFactory(is_staff=True)}[who]

    series = Series.objects.get()

    assert Series.objects.visible_to(viewer).filter(pk=series.pk).exists() == SEES[state, who]
    assert Series.objects.editable_by(viewer).exists() == (who == "author")
    sees_place = SEES[state, who] and state != "deleted"
    assert SeriesEntry.objects.visible_to(viewer).exists() == sees_place


@pytest.mark.parametrize("name", ["series_edit", "series_manage", "series_delete"])
@pytest.mark.parametrize(("who", "status"), [("guest", 302), ("member", 404), ("staff", 404)])
def test_others_do_not_keep_a_series(client, series, name, who, status):
    client.logout()
    if who != "guest":
        client.force_login(UserFactory(is_staff=who == "staff"))

    assert [client.get(reverse(name, args=[series.pk])).status_code, client.post(reverse(name, args=[series.pk])).status_code] == [
        status, status,
    ]  # fmt: skip
    assert client.post(reverse("series_removal", args=[series.pk, Work.objects.first().pk])).status_code == status
    assert titles(series) == [("First", 1), ("Second", 2), ("Third", 3)]


def test_an_order_that_does_not_fit_is_refused(author, series):
    with pytest.raises(serializing.OtherWorks):
        serializing.arrange(series, [series.entries.first().pk], by=author)


def test_a_work_gets_into_a_series_that_several_write(author, series):
    other = UserFactory()
    series.pseuds.add(other.pseuds.get())

    make_work(by=other, title="Fourth", series="The Lamp")

    assert titles(series)[-1] == ("Fourth", 4)


@pytest.mark.parametrize("more", [0, 2])
def test_the_order_of_many_works_asks_as_much_as_that_of_few(client, author, series, more, django_assert_num_queries):
    for _ in range(more):
        make_work(by=author, series="The Lamp")

    with django_assert_num_queries(6):
        client.get(reverse("series_manage", args=[series.pk]))
