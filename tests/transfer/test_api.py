"""The API: what is answered to whom, and what every answer says."""

import base64

import pytest
from django.conf import settings as archive_settings
from django.test import Client

from archive.people.models import Scope, User
from archive.reading import following, marking
from archive.text.cleaning import Profile, clean
from archive.transfer.answering import limits
from archive.transfer.answering.models import Asking
from archive.warnings import avoiding
from archive.warnings.models import WarningPreferences
from archive.works import deleting
from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.series import Series
from tests.community.bookmarked import keep
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_draft, make_work
from tests.people.app_passwords import bearer, secret_of

pytestmark = pytest.mark.django_db

API = "/api/v1"
TEXT = "<p>The lamp was lit before anybody was asked.</p>"
PROBLEM = "application/problem+json"


@pytest.fixture
def asking():
    """A work that asks for consent."""
    return make_work(
        by=UserFactory(username="keeper"), title="The Lamp", rating="Explicit", warnings=("Major Character Death",), text=TEXT,
        content_notes="There is a fire.", expected_chapters=None, series="The Lamps", tags={"character": ["Ines Calder"]},
    )  # fmt: skip


@pytest.fixture
def heron():
    return UserFactory(username="heron")


def chapter_path(work):
    return f"{API}/works/{work.pk}/chapters/{work.chapters.get().pk}"


def names(tags):
    return [tag["name"] for tag in tags]


# The advisory comes first


def test_no_text_before_its_advisory_was_met(client, asking):
    answer = client.get(chapter_path(asking))
    said = answer.json()

    assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)
    assert b"lamp was lit" not in answer.content
    assert (said["advisory"]["rating"]["name"], names(said["advisory"]["warnings"]["tags"])) == (
        "Explicit",
        ["Major Character Death"],
    )
    assert said["consent"].endswith(f"{chapter_path(asking)}?view_adult=true")


def test_the_text_comes_with_a_yes(client, asking):
    said = client.get(chapter_path(asking), {"view_adult": "true"}).json()

    assert "lamp was lit" in said["text"]
    assert said["advisory"]["needs_consent"]


@pytest.mark.parametrize("yes", ["false", "0", ""])
def test_a_no_is_no_yes(client, asking, yes):
    assert b"lamp was lit" not in client.get(chapter_path(asking), {"view_adult": yes}).content


def test_a_text_that_asks_for_nothing_is_answered(client):
    work = make_work(text=TEXT)

    assert "lamp was lit" in client.get(chapter_path(work)).json()["text"]


@pytest.mark.parametrize(("query", "named"), [("", []), ("?show_warnings=true", ["Major Character Death"])])
def test_who_would_rather_not_know_which_is_not_told(client, asking, heron, query, named):
    WarningPreferences.objects.create(user=heron, hides_which=True)
    headers = bearer(secret_of(heron))

    listed = client.get(f"{API}/works{query}", headers=headers).json()["items"][0]["warnings"]
    detail = client.get(f"{API}/works/{asking.pk}{query}", headers=headers).content.decode()

    assert (listed["hidden"], names(listed["tags"])) == (not named, named)
    assert ["Major Character Death" in detail, "There is a fire" in detail] == [bool(named)] * 2


def test_notes_stand_behind_the_advisory(client, asking):
    Work.objects.filter(pk=asking.pk).update(notes=clean("<p>Given away.</p>", profile=Profile.NOTES, site=""))

    answers = [client.get(f"{API}/works/{asking.pk}{query}").json()["notes"] for query in ("", "?view_adult=true")]

    assert answers == [None, "<p>Given away.</p>"]


# The doors


def test_a_work_for_members_asks_guests_who_they_are(client, heron):
    work = make_work(is_restricted=True, text=TEXT)

    guest, member = client.get(f"{API}/works/{work.pk}"), client.get(f"{API}/works/{work.pk}", headers=bearer(secret_of(heron)))

    assert (guest.status_code, guest["WWW-Authenticate"], member.status_code) == (401, 'Bearer realm="App password"', 200)
    assert client.get(f"{API}/works").json()["items"] == []
    assert len(client.get(f"{API}/works", headers=bearer(secret_of(heron, name="2"))).json()["items"]) == 1


def test_drafts_are_in_nothing_not_even_ones_own(client, heron):
    draft = make_draft(by=heron, text=TEXT)
    posted = make_work(by=heron, expected_chapters=None)
    chapter = add_chapter(posted, text=TEXT)
    Chapter.objects.filter(pk=chapter.pk).update(published_at=None)
    headers = bearer(secret_of(heron))
    paths = [f"works/{draft.pk}", f"works/{draft.pk}/chapters", f"works/{posted.pk}/chapters/{chapter.pk}"]

    answers = [client.get(f"{API}/{path}?view_adult=true", headers=headers).status_code for path in paths]

    assert answers == [404, 404, 404]
    assert len(client.get(f"{API}/works/{posted.pk}/chapters", headers=headers).json()["items"]) == 1


def test_a_session_counts_for_nothing(heron):
    work = make_work(is_restricted=True)
    client = Client()
    client.force_login(heron)

    answer = client.get(f"{API}/works/{work.pk}")

    assert (answer.status_code, dict(answer.cookies)) == (401, {})


def test_what_is_left_out_is_left_out(client, heron, asking):
    avoiding.avoid(asking.tags.get(name="Ines Calder"), by=heron)

    found = [client.get(f"{API}/works", headers=headers).json()["count"] for headers in ({}, bearer(secret_of(heron)))]

    assert found == [1, 0]


@pytest.mark.parametrize("path", ["me/marked", "me/history", "me/subscriptions", "me/bookmarks"])
def test_own_lists_need_their_scope(client, heron, path):
    reads, marks = secret_of(heron), secret_of(heron, Scope.MARKS, name="2")

    answers = [client.get(f"{API}/{path}", headers=headers) for headers in ({}, bearer(reads), bearer(marks))]

    assert [answer.status_code for answer in answers] == [401, 403, 200]


def test_own_lists_are_of_their_owner(client, heron, asking):
    marking.mark_for_later(asking, by=heron)
    mine, others = bearer(secret_of(heron, Scope.MARKS)), bearer(secret_of(UserFactory(), Scope.MARKS))

    found = [client.get(f"{API}/me/marked", headers=headers).json()["items"] for headers in (mine, others)]

    assert [[work["title"] for work in works] for works in found] == [["The Lamp"], []]


def test_what_is_followed_is_told(client, heron, asking):
    for what in (asking, Series.objects.get(), asking.pseuds.get().user, asking.tags.get(name="Ines Calder")):
        following.follow(what, by=heron)

    found = client.get(f"{API}/me/subscriptions", headers=bearer(secret_of(heron, Scope.MARKS))).json()["items"]

    assert [(one["kind"], one["name"]) for one in found] == [
        ("tag", "Ines Calder"), ("author", "keeper"), ("series", "The Lamps"), ("work", "The Lamp"),
    ]  # fmt: skip


def test_of_what_is_followed_nothing_is_told_once_it_is_out_of_sight(client, heron, asking):
    author, series = asking.pseuds.get().user, Series.objects.get()
    for what in (asking, series, author, asking.tags.get(name="Ines Calder")):
        following.follow(what, by=heron)
    deleting.delete(asking, by=author)
    Series.objects.update(title="What nobody was told")
    User.objects.filter(pk=author.pk).update(is_active=False)

    found = client.get(f"{API}/me/subscriptions", headers=bearer(secret_of(heron, Scope.MARKS))).json()

    assert (found["count"], found["items"]) == (4, [])


def test_own_bookmarks_are_told_with_what_was_said_and_no_others(client, heron, asking):
    gone = make_work(title="Gone")
    keep(asking, by=heron, notes="Read <em>again</em>.", tags=["To Read"], is_private=True)
    keep(Series.objects.get(), by=heron, is_rec=True)
    keep(gone, by=heron)
    keep(make_work(), notes="Another's.")
    deleting.delete(gone, by=gone.pseuds.get().user)

    answer = client.get(f"{API}/me/bookmarks", headers=bearer(secret_of(heron, Scope.MARKS)))
    found = answer.json()["items"]

    told = [(one["kind"], one["work"] and one["work"]["title"], one["series"] and one["series"]["title"]) for one in found]
    assert told == [("gone", None, None), ("series", None, "The Lamps"), ("work", "The Lamp", None)]
    assert (found[2]["notes"], found[2]["tags"], found[2]["is_private"]) == ("<p>Read <em>again</em>.</p>", ["To Read"], True)
    assert names(found[2]["work"]["warnings"]["tags"]) == ["Major Character Death"]
    assert "Gone" not in answer.text


def test_of_own_bookmarks_what_is_left_out_is_not_named(client, heron, asking):
    keep(asking, by=heron)
    avoiding.avoid(asking.tags.get(name="Ines Calder"), by=heron)

    [found] = client.get(f"{API}/me/bookmarks", headers=bearer(secret_of(heron, Scope.MARKS))).json()["items"]

    assert (found["kind"], found["work"]) == ("work", None)


# Lists


def test_a_list_takes_the_sites_own_filters(client, asking):
    make_work(title="The Boat")
    said = {"work_search[other_tag_names]": "ines calder", "work_search[sort_column]": "title_to_sort_on"}

    found = client.get(f"{API}/works", said).json()

    assert (found["count"], [work["title"] for work in found["items"]]) == (1, ["The Lamp"])


def test_what_cannot_be_read_is_told_by_its_parameter(client):
    answer = client.get(f"{API}/works", {"work_search[words_from]": "many"})

    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)
    assert list(answer.json()["errors"]) == ["work_search[words_from]"]


@pytest.mark.parametrize("column", ["", "word_count", "title_to_sort_on", "kudos_count", "created_at"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_pages_bring_every_work_once_and_in_order(client, column, direction):
    for number in range(7):
        make_work(title=f"Work {number}", text=f"<p>{'words and ' * (5 + number // 3)}</p>")
    said = {"work_search[sort_column]": column, "work_search[sort_direction]": direction}
    whole = [work["id"] for work in client.get(f"{API}/works", said).json()["items"]]

    assert walked(client, f"{API}/works", said | {"limit": 2}) == whole


def walked(client, path, said, between=lambda: None):
    """Answer the ids of all works of a list, page by page."""
    found, page = [], client.get(path, said).json()
    while True:
        found += [work["id"] for work in page["items"]]
        if not page["next"]:
            return found
        between()
        page = client.get(page["next"].removeprefix(archive_settings.SITE_ADDRESS)).json()


def test_what_is_posted_meanwhile_pushes_nothing_onto_another_page(client):
    before = [make_work(title=f"Work {number}").pk for number in range(6)]

    found = walked(client, f"{API}/works", {"limit": 2}, between=make_work)

    assert found == before[::-1]


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_what_is_deleted_meanwhile_hides_nothing_that_is_like_it(client, direction):
    alike = [make_work(title=f"Work {number}") for number in range(6)]
    in_order = alike if direction == "asc" else alike[::-1]
    goes = iter([in_order[1], in_order[0]])  # the last one of the first page; then one that nothing hangs on
    said = {"work_search[sort_column]": "word_count", "work_search[sort_direction]": direction, "limit": 2}

    def delete():
        work = next(goes)
        deleting.delete(work, by=work.pseuds.get().user)

    assert walked(client, f"{API}/works", said, between=delete) == [work.pk for work in in_order]


@pytest.mark.parametrize("cursor", ["x", "eyJza2lwIjoxfQ:wrong", "A" * 400])
def test_a_cursor_that_was_not_given_leads_nowhere(client, cursor):
    assert client.get(f"{API}/works", {"cursor": cursor}).status_code == 404


def test_a_cursor_is_of_one_list(client):
    for _one in range(3):
        make_work()
    cursor = client.get(f"{API}/works", {"limit": 1}).json()["next"].partition("cursor=")[2].replace("%3A", ":")

    assert client.get(f"{API}/works", {"cursor": cursor, "work_search[complete]": "T"}).status_code == 404


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1e3", "x", "9" * 30])
def test_a_limit_has_its_limits(client, limit):
    assert client.get(f"{API}/works", {"limit": limit}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_however_long(client, heron, django_assert_num_queries, count):
    for _one in range(count):
        make_work(by=heron)
    headers = bearer(secret_of(heron))
    client.get(f"{API}/works", headers=headers)

    with django_assert_num_queries(7):
        client.get(f"{API}/works", headers=headers)


@pytest.mark.parametrize("count", [1, 3])
def test_chapters_cost_the_same_however_many(client, django_assert_num_queries, count):
    work = make_work(expected_chapters=None)
    for _one in range(count):
        add_chapter(work)

    with django_assert_num_queries(3):
        client.get(f"{API}/works/{work.pk}/chapters")


# What else there is


def test_every_address_that_is_answered_is_there(client, asking):
    series, tag = Series.objects.get(), asking.tags.get(name="Ines Calder")
    paths = [
        f"works/{asking.pk}", f"works/{asking.pk}/chapters", "tags?term=ines", f"tags/{tag.pk}", "tags/Ines Calder",
        f"tags/{tag.pk}/works",
        "fandoms", "languages", f"series/{series.pk}", f"series/{series.pk}/works", "authors/KEEPER", "authors/keeper/works",
        "authors/keeper/pseuds/keeper/works", "openapi.json",
    ]  # fmt: skip

    answers = {path: client.get(f"{API}/{path}") for path in paths}

    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    assert [work["title"] for work in answers[f"series/{series.pk}/works"].json()["items"]] == ["The Lamp"]
    assert answers["tags?term=ines"].json()["items"][0]["name"] == "Ines Calder"


@pytest.mark.parametrize(
    "path",
    [
        "works/0",
        "works/99999999999999999999999",
        "tags/nothing",
        "tags/9223372036854775808",
        pytest.param(f"tags/{'0' * 5_000}", id="more digits than Python reads"),
        "series/1",
        "authors/nobody",
        "tags?term=a&kind=no",
        "",
        "no",
        "works/x",
    ],
)
def test_what_is_not_there_is_a_problem(client, path):
    answer = client.get(f"{API}/{path}")

    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize("path", ["works?work_search[query]=%00", "tags/%00", "tags?term=%ff%fe", "works?cursor=%ed%a0%80"])
def test_what_nothing_can_be_called_is_no_error(client, path):
    assert client.get(f"{API}/{path}").status_code in {200, 400, 404, 422}


# What every answer says


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_it_only_reads(client, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(f"{API}/works")

    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "GET, HEAD, OPTIONS", PROBLEM)


def test_what_is_known_already_is_not_sent_again(client, asking):
    first = client.get(f"{API}/works")
    again = client.get(f"{API}/works", headers={"If-None-Match": first["ETag"]})
    make_work()
    changed = client.get(f"{API}/works", headers={"If-None-Match": first["ETag"]})

    assert [answer.status_code for answer in (first, again, changed)] == [200, 304, 200]
    assert (again.content, again["ETag"]) == (b"", first["ETag"])
    assert again["RateLimit"].startswith('"default";r=298')


def test_a_head_has_the_headers_of_a_get(client, asking):
    whole, head = client.get(f"{API}/works"), client.head(f"{API}/works")

    assert (head.status_code, head["ETag"], head.content) == (200, whole["ETag"], b"")


def test_scripts_of_any_site_may_read(client):
    before = client.options(f"{API}/works", headers={"Origin": "https://elsewhere.example"})
    answer = client.get(f"{API}/works", headers={"Origin": "https://elsewhere.example"})

    assert (before.status_code, answer["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Authorization" in before["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in {**before.headers, **answer.headers}
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["works", "v2", "works?query=%00", "works?password=x", "works?limit=0", "me/marked"])
def test_scripts_may_read_what_went_wrong_and_that_nothing_changed(client, path):
    known = client.get(f"{API}/works")["ETag"]

    answer = client.get(f"/api/{path}" if path == "v2" else f"{API}/{path}", headers={"If-None-Match": known})

    assert answer.status_code in {304, 400, 401, 404, 422}
    assert (answer["Access-Control-Allow-Origin"], answer["Cross-Origin-Resource-Policy"]) == ("*", "cross-origin")
    assert "ETag" in answer["Access-Control-Expose-Headers"]


def test_every_answer_is_for_whoever_asked(client):
    answer = client.get(f"{API}/works")

    assert (answer["Vary"].split(", ")[0], answer["Cache-Control"], dict(answer.cookies)) == (
        "Authorization",
        "private, no-cache",
        {},
    )


def test_too_much_at_once_is_told_when_to_come_back(client, heron, monkeypatch):
    monkeypatch.setattr(limits, "GUESTS", 2)

    answers = [client.get(f"{API}/works") for _one in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit"].partition(";t")[0] for answer in answers] == ['"default";r=1', '"default";r=0', '"default";r=0']
    assert 1 <= int(answers[2]["Retry-After"]) <= 300
    assert client.get(f"{API}/works", headers=bearer(secret_of(heron))).status_code == 200


@pytest.mark.parametrize("query", ["?password=x", ""])
def test_what_is_refused_was_asked_too(client, monkeypatch, query):
    monkeypatch.setattr(limits, "GUESTS", 2)

    answers = [client.get(f"{API}/works{query}", headers={"Authorization": "Bearer wrong"}) for _one in range(3)]

    assert [answer.status_code for answer in answers] == [400 if query else 401] * 2 + [429]
    assert [answer["RateLimit"].partition(";t")[0] for answer in answers] == ['"default";r=1', '"default";r=0', '"default";r=0']


def test_nobodys_address_is_kept_and_what_is_over_is_forgotten(client):
    client.get(f"{API}/works", REMOTE_ADDR="203.0.113.7")
    row = Asking.objects.get()
    Asking.objects.update(window=0)

    limits.forget()

    assert ("203" in row.asker[:3], len(row.asker), Asking.objects.count()) == (False, 64, 0)


def test_a_password_in_an_address_is_refused(client):
    answer = client.get(f"{API}/works", {"access_token": "lamp-secret"})

    assert (answer.status_code, b"lamp-secret" in answer.content) == (400, False)


def test_basic_is_taken_too(client, heron):
    code = base64.b64encode(f"heron:{secret_of(heron)}".encode()).decode()

    assert client.get(f"{API}/works", headers={"Authorization": f"Basic {code}"}).status_code == 200
    assert client.get(f"{API}/works", headers={"Authorization": "Bearer wrong"}).status_code == 401


@pytest.mark.parametrize("site", ["https://one.example", "https://two.example"])
def test_the_document_says_where_the_archive_is(client, settings, site):
    settings.SITE_ADDRESS = site

    assert client.get(f"{API}/openapi.json", headers={"Host": "localhost"}).json()["servers"] == [{"url": site}]


def test_the_document_has_every_address_and_its_problems(client):
    said = client.get(f"{API}/openapi.json").json()
    operations = [operation for path in said["paths"].values() for operation in path.values()]

    assert len(said["paths"]) == 18
    assert all(operation["summary"] and operation["description"] for operation in operations)
    assert all({"200", "304", "401", "404", "429"} <= operation["responses"].keys() for operation in operations)
