"""What a request shows with itself: downloads stand for all that takes it."""

import base64
import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from archive.people import passes, passing
from archive.people.models import AppPassword, Scope
from archive.people.passes import BETWEEN_NOTES
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.works import make_draft, make_work
from tests.people.app_passwords import basic, bearer, secret_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


@pytest.fixture
def heron(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path
    return UserFactory(username="heron", email="heron@example.com", password=PASSWORD)


@pytest.fixture
def book():
    """The address of a file for members alone."""
    return f"/downloads/{make_work(is_restricted=True, text='<p>For members.</p>').pk}/work.html"


def opened(client, book, headers):
    """Answer the status of a file, and whether its words are in it."""
    answer = client.get(book, headers=headers)
    return answer.status_code, b"For members." in b"".join(answer)


@pytest.mark.parametrize("shown", ["name", "address", "token"])
def test_a_members_program_opens_what_members_may_read(client, heron, book, shown):
    secret = secret_of(heron)
    headers = {"name": basic("Heron", secret), "address": basic("heron@example.com", secret), "token": bearer(secret)}

    assert opened(client, book, headers[shown]) == (200, True)


def coded(whole):
    """Answer a header of HTTP Basic with these bytes in it."""
    return f"Basic {base64.b64encode(whole).decode()}"


NO_PASSWORDS = [
    "Basic", "Basic %%%", coded(b"heron"), coded(b"\xff\x00:\xff"), coded(f"heron:{PASSWORD}".encode()),
    "Bearer", "Bearer lamp", "Bearer \0", "Digest username=heron",
]  # fmt: skip


def test_whoever_shows_nothing_is_asked(client, heron, book):
    answer = client.get(book)

    assert (answer.status_code, answer.content.decode()) == (401, f"{passing.NeedsPass.sentence_of}\n")
    assert answer["WWW-Authenticate"] == 'Basic realm="App password", charset="UTF-8"'


@pytest.mark.parametrize("header", NO_PASSWORDS)
def test_what_is_no_app_password_gets_one_and_the_same_answer(client, heron, book, header):
    answer = client.get(book, headers={"Authorization": header})

    assert (answer.status_code, answer.content.decode()) == (401, f"{passing.WrongPass.sentence_of}\n")
    assert answer["WWW-Authenticate"] == 'Basic realm="App password", charset="UTF-8"'


def test_nothing_tells_who_has_an_account(client, heron, book):
    secret = secret_of(heron)
    tried = [basic("heron", "lamp" + "a" * 30), basic("nobody", "lamp" + "a" * 30), basic("nobody", secret)]

    answers = [client.get(book, headers=headers) for headers in tried]

    assert len({(answer.status_code, answer.content, str(sorted(answer.items()))) for answer in answers}) == 1


@pytest.mark.parametrize("ends", ["revoked", "deactivated"])
def test_a_program_is_out_once_its_password_is(client, heron, book, ends):
    made = passes.make(by=heron, name="Kobo", scopes=[Scope.READ])
    if ends == "revoked":
        passes.revoke(made.app_password, by=heron)
    else:
        heron.is_active = False
        heron.save(update_fields=["is_active"])

    assert client.get(book, headers=bearer(made.secret)).status_code == 401


def test_a_password_for_lists_opens_no_work(client, heron, book):
    answer = client.get(book, headers=bearer(secret_of(heron, Scope.MARKS)))

    assert (answer.status_code, "does not open this" in answer.content.decode()) == (403, True)


def test_wrong_ones_are_counted_and_right_ones_pass_all_the_same(client, heron, book):
    secret = secret_of(heron)

    answers = [client.get(book, headers=basic("heron", "wrong")) for _try in range(21)]

    assert [answer.status_code for answer in answers] == [401] * 20 + [429]
    assert answers[-1]["Retry-After"] == "300"
    assert opened(client, book, basic("heron", secret)) == (200, True)


@pytest.mark.parametrize("name", ["password", "user[password]", "access_token"])
def test_a_password_in_an_address_is_refused(client, heron, book, name):
    secret = secret_of(heron)

    answer = client.get(book, {name: secret})

    assert (answer.status_code, secret in answer.content.decode()) == (400, False)


def test_no_program_is_given_a_cookie(client, heron):
    asks = make_work(rating="Explicit", text="<p>Unwarned words of it.</p>")
    headers = {**basic("heron", secret_of(heron)), "Accept": "text/html"}

    answer = client.get(f"/downloads/{asks.pk}/work.html", headers=headers)

    assert (answer.status_code, b"Unwarned" in answer.content) == (200, False)  # the advisory, which has a form
    assert (dict(answer.cookies), dict(client.cookies)) == ({}, {})
    assert "Authorization" in answer["Vary"]
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "address", ["/downloads/{}/work.html", "/downloads/{}/work.nothing", "/downloads/series/0/series.html.zip"]
)
def test_a_program_is_told_in_words_that_there_is_nothing(client, heron, address):
    draft = make_draft()

    answer = client.get(address.format(draft.pk), headers=basic("heron", secret_of(heron)))

    assert (answer.status_code, answer.text) == (404, "There is nothing here.\n")
    assert (dict(answer.cookies), answer["Cache-Control"]) == ({}, "private, no-store")
    assert "<h1" in client.get(address.format(draft.pk)).text


def test_an_app_password_opens_no_other_address(client, heron):
    secret = secret_of(heron)
    work = make_work(is_restricted=True)

    answers = [client.get(path, headers=basic("heron", secret)) for path in (work.get_absolute_url(), "/preferences", "/admin/")]

    assert [answer.status_code for answer in answers] == [302, 302, 302]


def test_people_are_sent_to_log_in_as_ever(client, heron, book):
    answer = client.get(book, headers={"Accept": "text/html,*/*"})

    assert (answer.status_code, answer.url) == (302, f"/users/login?next={book}")


def test_ones_own_drafts_are_not_for_programs(client, heron):
    draft = make_draft(by=heron, text="<p>Not sent to anybody.</p>")

    assert client.get(f"/downloads/{draft.pk}/work.html", headers=bearer(secret_of(heron))).status_code == 404


def test_the_last_use_is_told_to_the_hour(client, heron, book):
    headers = bearer(secret_of(heron))
    uses = []
    for ago in (None, BETWEEN_NOTES - dt.timedelta(minutes=1), BETWEEN_NOTES + dt.timedelta(minutes=1)):
        before = ago and timezone.now() - ago
        AppPassword.objects.update(used_at=before)
        opened(client, book, headers)
        uses.append(AppPassword.objects.get().used_at == before)

    assert uses == [False, True, False]


def test_what_is_shown_counts_more_than_a_session(heron, book):
    client = Client()
    client.force_login(UserFactory())

    assert client.get(book, headers=bearer("wrong")).status_code == 401
