"""Sessions that began with an app password read, and change nothing."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from archive.people import passes, preferring
from archive.people.models import AppPassword, GiftsFrom, Scope, User
from archive.reading import marking
from archive.reading.models import Reading, Subscription
from archive.search import keeping
from archive.tags.models import Tag
from archive.works import giving, skinning
from archive.works.chapters import Chapter
from archive.works.gifts import Gift
from archive.works.skinning import SkinEntry
from archive.works.skins import Kind
from tests.community.bookmarked import keep
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.reading import follow
from tests.factories.works import add_chapter, make_draft, make_work
from tests.house.test_no_text_before_its_warnings import every_address
from tests.people.app_passwords import secret_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def heron():
    return UserFactory(username="heron", password=PASSWORD)


def logged_in(secret, login="heron"):
    """Answer a tool after its log-in."""
    tool = Client(enforce_csrf_checks=True)
    token = tool.get("/token_dispenser.json").json()["token"]
    sent = {"user[login]": login, "user[password]": secret, "user[remember_me]": "1", "authenticity_token": token}
    tool.post("/users/login", sent)
    return tool


def asks_to_log_in(answer):
    """Whether an answer leads to the log-in; one that is a file is closed."""
    b"".join(answer)
    return "/login?next=" in answer.headers.get("Location", "")


def is_in(tool):
    return 'href="/users/logout' in tool.get("/").content.decode()


def test_a_tool_is_in_and_reads_what_members_may_read(heron):
    work = make_work(is_restricted=True, text="<p>For members.</p>")

    tool = logged_in(secret_of(heron))

    assert is_in(tool)
    assert "For members." in tool.get(work.get_absolute_url()).content.decode()


def test_what_a_tool_takes_is_not_what_its_member_read(heron, client):
    work = make_work(text="<p>For everybody who reads.</p>")
    tool = logged_in(secret_of(heron))
    client.force_login(heron)

    found = []
    for reader in (tool, client):
        reader.get(work.get_absolute_url())
        found.append(Reading.objects.of(heron).count())

    assert found == [0, 1]


def test_without_the_scope_for_reading_nobody_is_in(heron):
    assert not is_in(logged_in(secret_of(heron, Scope.MARKS)))


def test_the_name_has_to_be_that_of_its_owner(heron):
    UserFactory(username="marsh")

    assert not is_in(logged_in(secret_of(heron), login="marsh"))


def test_an_account_without_a_confirmed_address_is_not_in(heron):
    secret = secret_of(heron)
    heron.emailaddress_set.update(verified=False)

    assert not is_in(logged_in(secret))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", ["people_preferences", "work_new", "theme", "account_email", "home"])
def test_nothing_can_be_changed(heron, method, name):
    tool = logged_in(secret_of(heron))
    tool.handler.enforce_csrf_checks = False

    answer = getattr(tool, method)(reverse(name), {"theme": "dark"} if method == "post" else "")

    assert answer.status_code == 403
    assert "An app password only reads" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/preferences", "/users/heron/preferences", "/users/heron/app-passwords", "/users/email", "/users/password/change",
        "/works/new",
        "/users/heron/works/drafts", "/users/login/again", "/preferences/people", "/preferences/warnings", "/admin/", "/unsent",
        "/users/heron/requests",
    ],
)  # fmt: skip
def test_no_page_about_the_member_can_be_opened(heron, path):
    assert logged_in(secret_of(heron)).get(path).status_code == 403


def test_what_sends_guests_to_log_in_is_closed_to_tools(heron, client):
    User.objects.filter(pk=heron.pk).update(is_staff=True, is_superuser=True)
    tool = logged_in(secret_of(heron))
    paths = [pattern for pattern, _view in every_address(get_resolver().url_patterns, "/")]
    filled = [path.replace("<slug:username>", "heron").replace("<str:username>", "heron") for path in paths]
    asked = [path for path in filled if not re.search(r"[<(^]", path)]
    for_members = [path for path in asked if asks_to_log_in(client.get(path))]

    answers = {path: tool.get(path).status_code for path in for_members}

    assert len(answers) > 20
    assert {path: status for path, status in answers.items() if status != 403} == {}


def test_ones_own_drafts_are_not_for_tools(heron, client):
    draft = make_draft(by=heron, text="<p>Not sent to anybody.</p>")
    client.force_login(heron)
    tool = logged_in(secret_of(heron))

    pages = [client.get(draft.get_absolute_url()), tool.get(draft.get_absolute_url())]

    assert [page.status_code for page in pages] == [200, 404]


def test_ones_own_unposted_chapters_are_not_for_tools(heron, client):
    work = make_work(by=heron, expected_chapters=None)
    chapter = add_chapter(work, text="<p>Not sent to anybody.</p>")
    Chapter.objects.filter(pk=chapter.pk).update(published_at=None)
    client.force_login(heron)
    tool = logged_in(secret_of(heron))

    pages = [reader.get(f"{work.get_absolute_url()}/navigate").content.decode() for reader in (client, tool)]

    assert [f"/chapters/{chapter.pk}" in page for page in pages] == [True, False]


def test_ones_own_skins_are_not_for_tools(heron, client):
    skin = skinning.make(Kind.SITE, SkinEntry(title="Teal", source="p { color: teal }"), by=heron)
    client.force_login(heron)
    tool = logged_in(secret_of(heron))

    pages = [reader.get(skin.get_absolute_url()) for reader in (client, tool)]

    assert [page.status_code for page in pages] == [200, 404]


def test_the_filters_that_one_keeps_are_not_for_tools(heron, client):
    works = [make_work(), make_work(expected_chapters=None)]
    tag = Tag.objects.get(name="The Lighthouse Keepers (TV)")
    keeping.keep("My own", "work_search[complete]=T", tag=tag, is_default=True, by=heron)
    client.force_login(heron)
    tool = logged_in(secret_of(heron))

    pages = [reader.get(reverse("tag_works", args=[tag.name])).content.decode() for reader in (client, tool)]

    assert ["My own" in page for page in pages] == [True, False]
    assert [[f'id="work_{work.pk}"' in page for work in works] for page in pages] == [[True, False], [True, True]]


def test_a_tool_can_log_out(heron):
    tool = logged_in(secret_of(heron))
    tool.handler.enforce_csrf_checks = False

    tool.post("/users/logout")

    assert not is_in(tool)


@pytest.mark.parametrize("ends", ["revoked", "deactivated", "password changed"])
def test_the_session_ends(heron, ends):
    tool = logged_in(secret_of(heron))
    before = is_in(tool)
    if ends == "revoked":
        passes.revoke(AppPassword.objects.get(), by=heron)
    elif ends == "deactivated":
        heron.is_active = False
        heron.save(update_fields=["is_active"])
    else:
        heron.set_password("another lamp in the row")
        heron.save(update_fields=["password"])

    assert (before, is_in(tool)) == (True, False)


def test_people_with_their_own_password_are_not_held_to_reading(heron):
    preferring.be_open(preferring.Openness(), by=heron)

    assert logged_in(PASSWORD).get("/preferences/people").status_code == 200


def test_what_is_marked_is_in_a_file_for_tools_of_its_scope(heron):
    marking.mark_for_later(make_work(), by=heron)
    reads, marks = logged_in(secret_of(heron)), logged_in(secret_of(heron, *Scope, name="2"))

    answers = [tool.get("/downloads/marked/mine.txt.zip") for tool in (reads, marks)]
    for answer in answers:
        b"".join(answer)

    assert [answer.status_code for answer in answers] == [403, 200]


def test_a_tool_gets_through_by_all_addresses_that_tools_have(heron):
    work = make_work()
    tool = logged_in(secret_of(heron))

    paths = (f"//downloads/{work.pk}/any.html", "/api/v1/works", "/api/v1/openapi.json")
    answers = [tool.get("/", PATH_INFO=path).status_code for path in paths]

    assert answers == [302, 200, 200]


def test_what_one_said_to_gifts_is_not_for_tools(heron, client):
    preferring.be_open(preferring.Openness(takes_gifts_from=GiftsFrom.EVERYBODY), by=heron)
    work = make_work(title="Refused")
    giving.give(work, [heron.pseuds.get()], by=work.pseuds.get().user)
    giving.refuse(Gift.objects.get(), by=heron)
    client.force_login(heron)

    told = ["Refused" in one.get("/users/heron/gifts").content.decode() for one in (client, logged_in(secret_of(heron, *Scope)))]

    assert told == [True, False]


def test_private_bookmarks_are_for_tools_of_their_scope(heron):
    work = make_work()
    kept = keep(work, by=heron, notes="For nobody else.", is_private=True)
    reads, marks = logged_in(secret_of(heron)), logged_in(secret_of(heron, *Scope, name="2"))
    paths = ["/users/heron/bookmarks", "/users/heron/pseuds/heron/bookmarks", kept.get_absolute_url(), work.get_absolute_url()]

    told = [["For nobody else." in tool.get(path).content.decode() for path in paths] for tool in (reads, marks)]

    assert told == [[False] * 4, [True] * 4]


@pytest.mark.parametrize("scopes", [[Scope.READ], [*Scope]])
def test_what_a_tool_looks_through_stays_new(heron, scopes):
    work = make_work()
    author, fandom = work.pseuds.get(), work.tags.filter(kind="fandom").get()
    for followed in (author.user, fandom):
        follow(followed, by=heron)
    seen = Subscription.objects.of(heron).order_by("pk").values_list("seen_at", flat=True)
    before = list(seen)
    tool = logged_in(secret_of(heron, *scopes))

    answers = [tool.get(one.get_absolute_url()).status_code for one in (author, fandom)]

    assert (answers, list(seen.all())) == ([200, 200], before)


@pytest.mark.parametrize("path", ["readings", "readings/marked", "subscriptions"])
def test_ones_lists_are_for_tools_of_their_scope(heron, path):
    reads, marks = logged_in(secret_of(heron)), logged_in(secret_of(heron, *Scope, name="2"))

    assert [tool.get(f"/users/heron/{path}").status_code for tool in (reads, marks)] == [403, 200]


def test_a_password_in_the_address_of_the_log_in_is_refused(client):
    answer = client.post("/users/login?user[login]=heron&user[password]=secret")

    assert (answer.status_code, b"secret" in answer.content) == (400, False)
