"""Who may enter the pages of wranglers: wranglers and administrators."""

import pytest
from django.urls import reverse

from archive.tags import wrangling
from archive.tags.models import WranglingAct
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work
from tests.tags.wrangled import named
from tests.wrangling.pages import at

pytestmark = pytest.mark.django_db

FANDOM = "The Lighthouse Keepers (TV)"
PAGES = {
    "home": lambda: reverse("wrangling_home"),
    "bins": lambda: reverse("bins_index"),
    "log": lambda: reverse("wrangling_log"),
    "wranglers": lambda: reverse("wranglers_index"),
    "bin of a fandom": lambda: at("tag_wrangle", FANDOM),
    "tag": lambda: at("tag_edit", FANDOM),
}
DEEDS = {
    "take": lambda: at("fandom_take", FANDOM),
    "leave": lambda: at("fandom_leave", FANDOM),
    "merge": lambda: at("tag_merge", FANDOM),
    "undo": lambda: reverse("act_undo", args=[WranglingAct.objects.get().pk]),
}
ROLES = {
    "member": (UserFactory, 403),
    "author": (lambda: named(FANDOM).taggings.get().content_object.pseuds.get().user, 403),
    "wrangler": (lambda: UserFactory(is_wrangler=True), 200),
    "administrator": (lambda: UserFactory(is_staff=True), 200),
}


@pytest.fixture(autouse=True)
def fandom():
    make_work(fandoms=(FANDOM,))
    wrangling.make_canonical(named(FANDOM), by=UserFactory(is_wrangler=True))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_pages_are_for_wranglers_alone(client, page, role):
    who, status = ROLES[role]
    client.force_login(who())

    assert client.get(PAGES[page]()).status_code == status


@pytest.mark.parametrize("deed", [*PAGES, *DEEDS])
@pytest.mark.parametrize("role", [None, "member"])
def test_nobody_else_changes_anything(client, deed, role):
    if role:
        client.force_login(ROLES[role][0]())
    before = list(WranglingAct.objects.values_list("pk", "undone_at"))

    response = client.post((PAGES | DEEDS)[deed](), {"act": "canonical", "into": "X", "name": "X", "fandoms": FANDOM})

    assert response.status_code == (403 if role else 302)
    assert list(WranglingAct.objects.values_list("pk", "undone_at")) == before


@pytest.mark.parametrize("page", PAGES)
def test_guests_are_asked_to_log_in(client, page):
    response = client.get(PAGES[page]())

    assert response.url.split("?next=/")[0] == reverse("account_login")


@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_are_posted(client, wrangler, deed):
    assert client.get(DEEDS[deed]()).status_code == 405


def test_a_tag_of_drafts_alone_is_nobodys_business(client, wrangler):
    make_draft(tags={"freeform": ["A secret plot"]})

    assert client.get(at("tag_edit", "A secret plot")).status_code == 404


@pytest.mark.parametrize("name", ["Explicit", "Nothing of this name"])
def test_what_is_not_wrangled_is_not_there(client, wrangler, name):
    assert client.get(at("tag_edit", name)).status_code == 404


@pytest.mark.parametrize(("role", "is_there"), [("member", False), ("wrangler", True), ("administrator", True)])
def test_the_ways_in_are_shown_to_those_who_may_take_them(client, role, is_there):
    client.force_login(ROLES[role][0]())

    page = client.get(at("tag_show", FANDOM)).content.decode()

    assert ((f'href="{reverse("wrangling_home")}"' in page), (f'href="{at("tag_edit", FANDOM)}"' in page)) == (is_there, is_there)


def test_a_wrangler_is_made_by_whoever_may_do_everything(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    member = UserFactory()

    client.post(reverse("admin:archive_user_change", args=[member.pk]), {"is_active": "on", "is_wrangler": "on"})

    member.refresh_from_db()
    assert member.can_wrangle
