import io

import pytest
from django.http import FileResponse, HttpResponse, JsonResponse
from django.test import RequestFactory
from django.urls import reverse

from archive.ops.answers import HeadersAlone, PrivateAnswers
from tests.factories.people import UserFactory


def answer(response, *, cookies=None):
    """Send a response through the middleware, as if it came from all that lies within."""
    request = RequestFactory().get("/")
    request.COOKIES = cookies or {}
    return PrivateAnswers(lambda _request: response)(request)


def test_a_guests_page_is_private():
    assert answer(HttpResponse("page"))["Cache-Control"] == "private"


def test_a_members_page_is_stored_nowhere():
    response = answer(HttpResponse("page"), cookies={"sessionid": "of somebody"})

    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_what_is_no_page_is_left_as_it_is():
    assert "Cache-Control" not in answer(JsonResponse({}))


def test_a_view_may_say_otherwise():
    response = answer(HttpResponse("page", headers={"Cache-Control": "public, max-age=60"}), cookies={"sessionid": "of somebody"})

    assert response["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("public, max-age=60", {"max-age=60", "private"}),
        ("max-age=60, s-maxage=600", {"max-age=60", "private"}),
        ("no-store", {"no-store"}),
        ("", {"private"}),
    ],
)
def test_a_cookie_never_stands_on_what_a_shared_cache_may_keep(said, becomes):
    response = JsonResponse({}, headers={"Cache-Control": said} if said else {})
    response.set_cookie("consent", "given")

    assert set(answer(response)["Cache-Control"].split(", ")) == becomes


def test_every_answer_stays_with_this_archive_and_out_of_training():
    response = answer(JsonResponse({}))

    assert (response["Cross-Origin-Resource-Policy"], response["Content-Usage"]) == ("same-origin", "train-ai=n")


def test_too_many_requests_are_told_when_to_come_back():
    assert answer(HttpResponse("slower", status=429))["Retry-After"] == "60"


@pytest.mark.django_db
def test_a_guest_at_a_page_gets_no_session(client):
    response = client.get(reverse("about"))

    assert response["Cache-Control"] == "private"
    assert "sessionid" not in response.cookies
    assert "Set-Cookie" not in response


@pytest.mark.django_db
def test_a_member_at_a_page_leaves_nothing_in_caches(client):
    client.force_login(UserFactory())

    assert set(client.get(reverse("about"))["Cache-Control"].split(", ")) == {"private", "no-store"}


@pytest.mark.parametrize("make", [lambda: HttpResponse(b"words"), lambda: FileResponse(io.BytesIO(b"words"), filename="a.txt")])
def test_whoever_asks_for_the_head_of_an_answer_gets_no_body(make):
    asked = {method: HeadersAlone(lambda _request: make())(RequestFactory().generic(method, "/")) for method in ("GET", "HEAD")}

    bodies = {method: b"".join(response) for method, response in asked.items()}
    assert bodies == {"GET": b"words", "HEAD": b""}
    assert asked["HEAD"].headers == asked["GET"].headers
