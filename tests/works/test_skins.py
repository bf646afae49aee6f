"""Skins: who may see, change and wear them; what their stylesheets say; what happens to works when they go."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.works import skinning, skins
from archive.works.models import Work
from archive.works.skinning import SkinEntry
from archive.works.skins import Kind, Skin
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.reading.tools import page
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db
CSS = "p { color: teal }\n.letter { position: absolute; top: -99px }"


@pytest.fixture
def author():
    return UserFactory(username="ines")


@pytest.fixture
def skin(author):
    return skinning.make(Kind.WORK, SkinEntry(title="Teal", source=CSS), by=author)


def wear(work, skin):
    skinning.wear(work, skin, by=work.pseuds.first().user)
    return work


def publish(skin):
    skinning.offer(skin, by=skin.user)
    skinning.publish(skin, by=UserFactory(is_staff=True))
    return skin


def stylesheets_of(response):
    return [link.attributes["href"] for link in page(response).css('link[rel="stylesheet"][href^="/skins/"]')]


def test_a_skin_is_made_and_shown_on_a_sample(client, author):
    client.force_login(author)

    answer = client.post("/skins/new", {"title": "Teal", "source": CSS, "where": "", "about": "As the sea."}, follow=True)

    skin = Skin.objects.get()
    assert (skin.user, skin.kind, skin.source, skin.public_at) == (author, "work", CSS, None)
    assert stylesheets_of(answer) == [skin.stylesheet_url]
    assert page(answer).css_first("#workskin .chapter-advisory") is not None


REFUSED = ["p { background: url(//x.example/a.png) }", "", "p { color }", "@import 'x'", "x" * 60_001, "\x00", "("]


@pytest.mark.parametrize("css", REFUSED, ids=lambda css: css[:8])
def test_what_is_refused_stays_in_the_field_with_a_sentence_beside_it(client, author, css):
    client.force_login(author)

    answer = client.post("/skins/new", {"title": "Teal", "source": css, "where": "moon"})

    assert answer.status_code == 422
    assert page(answer).css_first("textarea[name=source]").text().strip("\n") == css.replace("\x00", "\ufffd")
    assert len(page(answer).css(".field-errors li")) >= 2  # and one for where it holds
    assert not Skin.objects.exists()


@pytest.mark.usefixtures("skin")
def test_a_title_is_taken_once(client, author):
    client.force_login(author)

    again = client.post("/skins/new", {"title": "Teal", "source": CSS})

    assert [error.text() for error in page(again).css(".field-errors li")] == [
        "You have a skin of this title. Please give this one another."
    ]


def test_nobody_makes_skins_without_end(author):
    many = [Skin(user=author, kind=Kind.WORK, title=str(number), source=CSS) for number in range(skinning.MOST_SKINS)]
    Skin.objects.bulk_create(many)

    with pytest.raises(skinning.TooManySkins):
        skinning.make(Kind.WORK, SkinEntry(title="One more", source=CSS), by=author)


def test_the_stylesheet_stays_in_the_work_and_may_be_kept_for_ever(client, skin):
    answer = client.get(skin.stylesheet_url)

    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/css; charset=utf-8", "public, max-age=31536000, immutable")
    assert answer.content.decode().splitlines()[1].startswith("@layer skin {")
    assert answer.content.decode().splitlines()[3] == "#workskin p& { color: teal }"
    assert answer.cookies == {}


def test_a_stylesheet_is_opened_by_its_own_key_alone(client, skin):
    other = skinning.make(Kind.WORK, SkinEntry(title="Red", source="p { color: red }"), by=UserFactory())
    wrong = [f"/skins/{skin.pk}/{other.key}.css", f"/skins/{skin.pk}/x.css", f"/skins/{10**30}/{skin.key}.css"]

    assert [client.get(address).status_code for address in wrong] == [404] * 3


def test_a_change_shows_at_once_under_another_address(client, author, skin):
    before = skin.stylesheet_url

    changed = skinning.change(skin, SkinEntry(title="Teal", source="p { color: red }"), by=author)

    assert client.get(before).status_code == 404
    assert b"color: red" in client.get(changed.stylesheet_url).content


def test_a_work_wears_its_skin_and_a_reader_takes_it_off(client, author, skin):
    work = wear(make_work(by=author), skin)
    address = work.get_absolute_url()
    worn = client.get(address)
    off = [client.get(f"{address}?style={style}") for style in ("disable", "light")]
    client.post("/preferences/reading", {"dress": "plain"}, headers={"Origin": "http://testserver"})

    assert stylesheets_of(worn) == [skin.stylesheet_url]
    assert [stylesheets_of(one) for one in off] == [[], []]
    assert stylesheets_of(client.get(address)) == []
    assert stylesheets_of(client.get(f"{address}?style=creator")) == [skin.stylesheet_url]


def test_tools_see_that_a_work_has_a_skin(client, author, skin):
    plain, dressed = make_work(by=author), wear(make_work(by=author), skin)

    found = [page(client.get(work.get_absolute_url())).css("ul.work.navigation.actions li.style > a") for work in (plain, dressed)]

    assert [[link.text() for link in links] for links in found] == [[], ["Hide Creator's Style"]]


def test_the_posting_form_offers_ones_own_skins_and_everybodys(client, author, skin):
    everybodys = publish(skinning.make(Kind.WORK, SkinEntry(title="Of all", source=CSS), by=UserFactory()))
    skinning.make(Kind.WORK, SkinEntry(title="Of another", source=CSS), by=UserFactory())
    skinning.make(Kind.SITE, SkinEntry(title="Of pages", source=CSS), by=author)
    client.force_login(author)

    options = page(client.get("/works/new")).css("select[name=skin] option")

    assert [option.attributes["value"] for option in options] == ["", str(everybodys.pk), str(skin.pk)]


def test_nobody_dresses_a_work_in_a_skin_of_another(author, skin):
    work = make_work()

    with pytest.raises(skinning.NotYours):
        wear(work, skin)

    assert Work.objects.get(pk=work.pk).skin_id is None


def test_a_skin_of_another_is_not_there(client, skin):
    client.force_login(UserFactory())
    shown = ["skin_show", "skin_edit", "skin_delete"]
    asked = ["skin_offer", "skin_answer", "skin_choice", "skin_delete", "skin_edit"]

    seen = [client.get(reverse(name, args=[skin.pk])).status_code for name in shown]
    here = {"Origin": "http://testserver"}
    done = [client.post(reverse(name, args=[skin.pk]), headers=here).status_code for name in asked]

    assert seen + done == [404] * 8
    assert client.get(f"/users/{skin.user.username}/skins").status_code == 404


def test_a_work_whose_skin_is_deleted_wears_none(client, author, skin):
    work = wear(make_work(by=author), skin)
    client.force_login(author)

    client.post(f"/skins/{skin.pk}/delete")

    answer = client.get(work.get_absolute_url())
    assert (answer.status_code, stylesheets_of(answer)) == (200, [])


def test_an_administrator_makes_a_skin_everybodys_and_then_it_is_not_changed(client, author, skin):
    client.force_login(author)
    client.post(f"/skins/{skin.pk}/offer")
    refused = client.get("/skins/offered").status_code
    client.force_login(UserFactory(is_staff=True))
    listed = page(client.get("/skins/offered")).css(".skin-source")
    client.post(f"/skins/{skin.pk}/answer", {"answer": "yes"})
    client.logout()

    assert (refused, [one.text() for one in listed]) == (404, [CSS])
    assert page(client.get("/skins")).css_first(".skin-list a").text() == "Teal"
    client.force_login(author)
    assert client.get(f"/skins/{skin.pk}/edit").status_code == 404


def test_a_guest_picks_a_public_skin_for_the_pages_and_takes_it_off(client):
    skin = publish(skinning.make(Kind.SITE, SkinEntry(title="Night", source=":root { --ink: teal }"), by=UserFactory()))
    client.post(f"/skins/{skin.pk}/choice", headers={"Origin": "http://testserver"})
    worn = client.get("/works")
    client.post(f"/skins/{skin.pk}/choice", {"off": "1"}, headers={"Origin": "http://testserver"})

    assert stylesheets_of(worn) == [skin.stylesheet_url]
    assert "data-site-skin" in page(worn).css_first("html").attributes
    assert stylesheets_of(client.get("/works")) == []


def test_pages_about_skins_wear_none_but_the_one_that_is_tried(client, author):
    skin = skinning.make(Kind.SITE, SkinEntry(title="Blank", source="* { display: none }"), by=author)
    client.force_login(author)
    client.post(f"/skins/{skin.pk}/choice", headers={"Origin": "http://testserver"})
    own = f"/skins/{skin.pk}"
    about = [own, f"{own}/edit", f"{own}/delete", "/skins", "/skins/new?kind=site", f"/users/{author.username}/skins"]

    worn = {path: stylesheets_of(client.get(path)) for path in [*about, "/works", f"{own}?site_skin={skin.pk}"]}

    dressed = [path for path, sheets in worn.items() if sheets == [skin.stylesheet_url]]
    assert dressed == ["/works", f"{own}?site_skin={skin.pk}"]
    assert [worn[path] for path in about] == [[]] * len(about)


def test_a_private_skin_is_tried_by_its_author_alone(client, author):
    skin = skinning.make(Kind.SITE, SkinEntry(title="Night", source=CSS), by=author)
    of_guest = stylesheets_of(client.get(f"/works?site_skin={skin.pk}"))
    client.force_login(author)

    assert (of_guest, stylesheets_of(client.get(f"/works?site_skin={skin.pk}"))) == ([], [skin.stylesheet_url])


@pytest.mark.parametrize("tried", ["x", "-1", "9" * 30, "\x00", "٣", ""])
def test_what_is_no_number_of_a_skin_is_none(client, tried):
    assert stylesheets_of(client.get("/works", {"site_skin": tried})) == []


def make(title, *, by, parent=None, kind=Kind.WORK, css=CSS):
    return skinning.make(kind, SkinEntry(title=title, source=css, parent=parent), by=by)


def test_a_skin_comes_after_what_it_builds_on(client, author):
    lowest = publish(make("Lowest", by=UserFactory()))
    middle = make("Middle", by=author, parent=lowest)
    client.force_login(author)
    client.post("/skins/new", {"title": "Top", "source": CSS, "parent": middle.pk})
    top = Skin.objects.get(title="Top")
    work = wear(make_work(by=author), top)

    layers = [skin.stylesheet_url for skin in (lowest, middle, top)]
    assert stylesheets_of(client.get(work.get_absolute_url())) == layers
    assert stylesheets_of(client.get(top.get_absolute_url())) == layers
    shown = page(client.get(top.get_absolute_url())).css(".field-help a")
    assert [link.text() for link in shown] == ["Lowest", "Middle"]


def test_a_skin_for_the_pages_comes_after_what_it_builds_on(client, author):
    below = make("Below", by=author, kind=Kind.SITE)
    top = make("Top", by=author, kind=Kind.SITE, parent=below)
    client.force_login(author)

    answer = client.get(f"/works?site_skin={top.pk}")

    assert stylesheets_of(answer) == [below.stylesheet_url, top.stylesheet_url]


def test_a_page_asks_for_a_skin_once_however_much_it_builds_on(client, author):
    work, counts = make_work(by=author), []
    skin = None
    for number in range(4):
        skin = make(str(number), by=author, parent=skin)
        wear(work, skin)
        with CaptureQueriesContext(connection) as asked:
            client.get(work.get_absolute_url())
        counts.append(len(asked))

    assert len(set(counts)) == 1


def refused_parent(client, skin, parent):
    answer = client.post(f"/skins/{skin.pk}/edit", {"title": skin.title, "source": CSS, "parent": parent.pk})
    assert answer.status_code == 422
    return [error.text() for error in page(answer).css("#id_parent_error li")]


def test_no_skin_builds_on_itself_or_round_in_a_ring(client, author):
    lowest = make("Lowest", by=author)
    top = make("Top", by=author, parent=make("Middle", by=author, parent=lowest))
    client.force_login(author)

    assert refused_parent(client, lowest, top) == ["That skin builds on this one already."]
    assert len(refused_parent(client, lowest, lowest)) == 1
    assert Skin.objects.get(pk=lowest.pk).parent is None


def test_no_more_than_four_skins_build_on_one_another_from_either_end(client, author):
    skin = None
    for number in range(4):
        skin = make(str(number), by=author, parent=skin)
    client.force_login(author)
    alone = make("Alone", by=author)
    sentence = "At most 4 skins can build on one another."

    assert refused_parent(client, alone, skin) == [sentence]
    assert refused_parent(client, Skin.objects.get(title="0"), alone) == [sentence]


def test_a_skin_builds_on_ones_own_of_its_kind_and_on_everybodys_alone(client, author, skin):
    publish(make("Of all", by=UserFactory()))
    make("Of another", by=UserFactory())
    make("Of pages", by=author, kind=Kind.SITE)
    client.force_login(author)

    offered = page(client.get("/skins/new")).css("select[name=parent] option")

    assert [one.text() for one in offered] == ["None", "Of all", "Teal"]
    with pytest.raises(skinning.CannotBuildOn):
        make("Mine", by=author, parent=Skin.objects.get(title="Of another"))


def test_what_is_everybodys_rests_on_nothing_that_somebody_can_change(client, author, skin):
    top = make("Top", by=author, parent=skin)
    client.force_login(author)
    answer = client.post(f"/skins/{top.pk}/offer", follow=True)

    assert "has to be everybody" in page(answer).css_first(".flash").text()
    assert not Skin.objects.offered().exists()
    publish(skin)
    publish(Skin.objects.get(pk=top.pk))
    skinning.take_back(skin, by=UserFactory(is_staff=True))
    assert skins.layers_of(top.pk) == [top]


def test_a_skin_whose_parent_is_deleted_stands_by_itself(client, author, skin):
    top = make("Top", by=author, parent=skin)
    client.force_login(author)
    asked = page(client.get(f"/skins/{skin.pk}/delete")).text()

    client.post(f"/skins/{skin.pk}/delete")

    assert "One skin of yours builds on it" in asked
    assert skins.layers_of(top.pk) == [top]


def test_a_skin_is_looked_at_before_it_is_kept(client, author, skin):
    client.force_login(author)
    typed = {"title": "New", "source": "p { color: olive }", "parent": skin.pk, "about": "Mine.", "action": "preview"}

    answer = client.post("/skins/new", typed)

    below, tried = stylesheets_of(answer)
    css = client.get(tried)
    assert (below, b"color: olive" in css.content, css["Cache-Control"]) == (skin.stylesheet_url, True, "private, max-age=600")
    assert page(answer).css_first("#workskin[data-skin] .chapter-advisory") is not None
    assert page(answer).css_first("textarea[name=source]").text().strip() == typed["source"]
    assert not Skin.objects.filter(title="New").exists()


def test_a_skin_for_the_pages_is_looked_at_on_its_own_page(client, author):
    worn = make("Worn", by=author, kind=Kind.SITE)
    client.force_login(author)
    client.post(f"/skins/{worn.pk}/choice")

    answer = client.post("/skins/new?kind=site", {"title": "New", "source": ":root { --ink: olive }", "action": "preview"})

    [tried] = stylesheets_of(answer)
    assert b"--ink: olive" in client.get(tried).content
    assert "data-site-skin" in page(answer).css_first("html").attributes


def test_what_is_refused_is_not_looked_at(client, author):
    client.force_login(author)

    answer = client.post("/skins/new", {"title": "New", "source": "p { background: url(x) }", "action": "preview"})

    assert (answer.status_code, stylesheets_of(answer)) == (422, [])


@pytest.mark.parametrize("key", ["x", "0" * 32, "a" * 400])
def test_a_look_that_is_over_leads_to_nothing(client, key):
    assert client.get(f"/skins/tried/{key}.css").status_code == 404


def test_a_preview_of_a_work_wears_the_skin_that_was_chosen(client, author, skin):
    client.force_login(author)

    answer = client.post("/works/new", form_of(author) | {"skin": skin.pk, "action": "preview"})

    assert stylesheets_of(answer) == [skin.stylesheet_url]
    assert page(answer).css_first("#workskin[data-skin] .userstuff.module") is not None
