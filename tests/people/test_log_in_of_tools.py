"""Logging in as download tools do: a token from one address, name and password to another, and no page in between."""

import pytest
from django.test import Client

from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

DISPENSER, LOG_IN = "/token_dispenser.json", "/users/login"


@pytest.fixture
def tool():
    UserFactory(username="heron", password=PASSWORD)
    return Client(enforce_csrf_checks=True)


def sent(token, password=PASSWORD):
    return {
        "user[login]": "heron", "user[password]": password, "user[remember_me]": "1", "commit": "Log in", "utf8": "✓",
        "authenticity_token": token,
    }  # fmt: skip


def is_in(tool):
    return b'href="/users/logout' in tool.get("/").content


def test_a_tool_is_in_with_the_token_it_was_given(tool):
    token = tool.get(DISPENSER).json()["token"]

    answer = tool.post(LOG_IN, sent(token))

    assert answer.status_code == 302
    assert is_in(tool)


def test_over_https_no_referer_is_needed(tool, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    token = tool.get(DISPENSER, secure=True).json()["token"]

    assert tool.post(LOG_IN, sent(token), secure=True).status_code == 302


@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_token_that_was_not_given_is_refused(tool, token):
    tool.get(DISPENSER)

    assert tool.post(LOG_IN, sent(token)).status_code == 403
    assert not is_in(tool)


def test_a_token_without_its_cookie_is_refused(tool):
    token = Client().get(DISPENSER).json()["token"]

    assert tool.post(LOG_IN, sent(token)).status_code == 403


def test_a_wrong_password_is_told_as_on_the_page(tool):
    token = tool.get(DISPENSER).json()["token"]

    assert b"do not belong together" in tool.post(LOG_IN, sent(token, "wrong")).content


def test_a_token_is_kept_by_nobody_and_its_cookie_by_the_log_in_alone(tool):
    answer = tool.get(DISPENSER)
    cookie = answer.cookies["tool"]

    assert "no-store" in answer.headers["Cache-Control"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (LOG_IN, True, "Strict")
