"""The editor asks what becomes of words, and nothing is kept by asking."""

import pytest
from django.urls import reverse

from archive.works.models import TEXT_LENGTH

pytestmark = pytest.mark.django_db

ADDRESS = reverse("text_formatted")


@pytest.mark.usefixtures("author")
def test_words_are_answered_as_they_would_be_kept(client):
    response = client.post(ADDRESS, {"text": "One\n\nTwo <script>x</script><b>bold</b>\n***", "profile": "chapter"})

    assert response.content.decode() == "<p>One</p><p>Two <b>bold</b></p><hr>"
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.usefixtures("author")
def test_a_summary_is_cleaned_as_one(client):
    response = client.post(ADDRESS, {"text": '<p class="letter">A</p><img src="https://x.example/a.png">', "profile": "summary"})

    assert response.content.decode() == "<p>A</p>"


@pytest.mark.usefixtures("author")
def test_a_chapter_of_full_length_is_answered(client):
    response = client.post(ADDRESS, {"text": "灯" * TEXT_LENGTH, "profile": "chapter"})

    assert response.status_code == 200


@pytest.mark.usefixtures("author")
def test_what_cannot_be_cleaned_is_answered_with_its_sentence(client):
    response = client.post(ADDRESS, {"text": "<div>" * 300, "profile": "chapter"})

    assert (response.status_code, "256" in response.content.decode()) == (422, True)


@pytest.mark.usefixtures("author")
@pytest.mark.parametrize("sent", [{}, {"text": "A"}, {"text": "A", "profile": "nonsense"}])
def test_a_wrong_question_is_refused(client, sent):
    assert client.post(ADDRESS, sent).status_code == 400


def test_only_members_ask(client):
    response = client.post(ADDRESS, {"text": "A", "profile": "chapter"})

    assert response.status_code == 401
