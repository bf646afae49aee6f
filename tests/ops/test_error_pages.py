import re
from http import HTTPStatus

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.ops import views
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db
LONG = "Once upon a <b>time</b> & a tide.\n" * 20


def without_what_differs_by_itself(response, address):
    """A page without its own address and without the form protection's tokens, which are new each time."""
    return re.sub(r'(?:name="csrfmiddlewaretoken" value|data-token)="\w+"', "", response.text).replace(address, "ADDRESS")


def test_what_is_not_there_for_you_looks_like_what_never_was(client):
    draft, deleted = make_draft(), make_work()
    deleted.deleted_at = deleted.published_at
    deleted.save(update_fields=["deleted_at"])
    client.force_login(UserFactory())
    addresses = ["/works/999999999", f"/works/{draft.pk}", f"/works/{deleted.pk}", "/nowhere/at/all", "/setup/wrong"]

    answers = {address: client.get(address) for address in addresses}

    assert {response.status_code for response in answers.values()} == {HTTPStatus.NOT_FOUND}
    assert len({without_what_differs_by_itself(response, address) for address, response in answers.items()}) == 1


def test_tools_know_a_missing_page_by_its_main(client):
    page = LexborHTMLParser(client.get("/nowhere").text)

    assert "error-404" in page.css_first("div#main").attributes["class"].split()
    assert len(page.css("h1")) == 1


def test_a_wrong_host_is_a_bad_request(client):
    response = client.get("/about", headers={"Host": "elsewhere.example"})

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "error-400" in LexborHTMLParser(response.text).css_first("div#main").attributes["class"].split()


def test_a_broken_page_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = views.server_error(HttpRequest())

    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "error-500" in LexborHTMLParser(response.text).css_first("div#main").attributes["class"].split()


def test_a_mistake_is_told_to_programs_as_a_problem():
    request = HttpRequest()
    request.path_info = "/api/v1/works"

    response = views.server_error(request)

    assert (response.status_code, response["Content-Type"]) == (HTTPStatus.INTERNAL_SERVER_ERROR, "application/problem+json")


def test_a_refused_form_gives_back_what_was_written(client):
    client.force_login(UserFactory())
    client.handler.enforce_csrf_checks = True

    response = client.post(reverse("work_new"), {"text": LONG, "title": "Short", "notes": LONG[1:]})

    page = LexborHTMLParser(response.text)
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert [area.text() for area in page.css("textarea[readonly]")] == [LONG, LONG[1:]]
    assert len(page.css("textarea b")) == 0


def test_a_refused_form_never_shows_a_password(client):
    client.handler.enforce_csrf_checks = True

    response = client.post(reverse("account_login"), {"user[login]": "keeper", "user[password]": "x" * 300})

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "xxx" not in response.text


def test_a_form_that_is_too_long_is_refused_with_a_page(client):
    response = client.post(
        reverse("account_login"), "x" * (settings.ORDINARY_REQUEST + 1), content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "error-413" in LexborHTMLParser(response.text).css_first("div#main").attributes["class"].split()


def test_too_many_tries_get_a_page_of_ours_that_says_when_to_come_back(client):
    answers = [client.post(reverse("account_reset_password"), {"email": f"reader{number}@example.com"}) for number in range(21)]

    assert answers[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert answers[-1]["Retry-After"] == "60"
    assert "error-429" in LexborHTMLParser(answers[-1].text).css_first("div#main").attributes["class"].split()
