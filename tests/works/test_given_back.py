"""Every page that refuses a posting form gives back what was typed: as words to copy, and as the form again."""

import uuid

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.ops import views as ops_views
from archive.works import autosaving
from archive.works.models import Work
from archive.works.texts import Autosave
from tests.factories.works import make_work
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db

TEXT = "Words that took a night: é 灯 \N{FIRE} <b>bold</b> & more.\n\n" * 9
HERE = "http://testserver"


def typed(author):
    return form_of(author) | {"text": TEXT, "tags_freeform": "Fog, Letters", "key": str(uuid.uuid4()), "action": "post"}


def fields_back(response):
    """Answer the form that a refusal gives back, as a browser would send it."""
    form = LexborHTMLParser(response.content.decode()).css_first("form.texts-back")
    sent = {}
    for field in form.css("input, textarea"):
        value = field.attributes.get("value") if field.tag == "input" else field.text().removeprefix("\n")
        sent.setdefault(field.attributes["name"], []).append(value or "")
    return form.attributes["action"], sent


def brought_back(client, response):
    """Press the button of a refusal, and answer the form that it leads to."""
    address, sent = fields_back(response)
    return client.post(address, sent, headers={"Origin": HERE}, follow=True)


def assert_whole(form, sent):
    names = ("title", "language", "text", "tags_rating", "tags_warning", "tags_fandom", "tags_freeform")
    assert {name: form[name].value() for name in names} == {name: sent[name] for name in names}


def test_after_the_session_ended_all_is_there_and_comes_back_into_the_form(client, author):
    sent = typed(author)
    client.logout()
    refused = client.post(reverse("work_new"), sent)
    still_out = brought_back(client, refused)
    client.force_login(author)

    form = brought_back(client, still_out).context["form"]

    assert (refused.status_code, still_out.status_code) == (401, 401)
    assert_whole(form, sent)
    assert not Work.objects.exists()


def test_a_form_whose_token_is_old_comes_back(client, author):
    client.handler.enforce_csrf_checks = True
    sent = typed(author)

    refused = client.post(reverse("work_new"), sent)

    assert refused.status_code == 403
    assert_whole(brought_back(client, refused).context["form"], sent)


def test_a_work_that_is_gone_meanwhile_gives_its_form_back_as_unsaved_writing(client, author):
    work = make_work(by=author)
    sent = typed(author)
    place = reverse("work_edit", args=[work.pk])
    work.delete()

    refused = client.post(place, sent)
    brought_back(client, refused)

    assert refused.status_code == 404
    assert [writing.text for writing in autosaving.unsent(by=author)] == [TEXT.replace("\r\n", "\n")]


@pytest.mark.parametrize(("fault", "status"), [(OperationalError("the server closed"), 503), (RuntimeError("a bug"), 500)])
def test_a_fault_gives_the_text_back(author, fault, status):
    request = RequestFactory().post(reverse("work_new"), typed(author))

    try:
        raise fault
    except type(fault):
        response = ops_views.server_error(request)

    assert response.status_code == status
    assert fields_back(response)[1]["text"] == [TEXT]
    assert response.get("Retry-After") == ("60" if status == 503 else None)


def test_too_many_requests_give_the_text_back(client):
    answers = [client.post(reverse("account_reset_password"), {"email": f"a{n}@example.com", "about": TEXT}) for n in range(21)]

    assert answers[-1].status_code == 429
    assert fields_back(answers[-1])[1] == {"about": [TEXT]}


def test_what_is_longer_than_fits_says_that_the_browser_still_has_it(client, author):
    sent = typed(author) | {"text": "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE}

    refused = client.post(reverse("work_new"), sent)

    assert refused.status_code == 413
    assert "it is still in your browser" in refused.content.decode()


def test_a_text_that_is_too_long_for_a_chapter_comes_back_whole(client, author):
    sent = typed(author) | {"text": "word " * 1_000_000}

    refused = client.post(reverse("work_new"), sent)

    assert refused.status_code == 422
    assert refused.context["form"]["text"].value() == sent["text"]


def test_no_password_is_given_back(client):
    client.handler.enforce_csrf_checks = True

    refused = client.post(reverse("account_login"), {"login": "keeper", "password": "x" * 300})

    assert "xxx" not in refused.content.decode()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_nobody_elsewhere_puts_writing_into_an_account(client, author, origin):
    headers = {"Origin": origin} if origin else {}

    refused = client.post(reverse("unsent_return"), {"place": reverse("work_new"), "text": TEXT}, headers=headers)

    assert refused.status_code == 403
    assert not Autosave.objects.exists()


def test_what_was_kept_while_it_was_typed_is_there_once(client, author):
    sent = typed(author)
    client.post(reverse("unsent"), sent | {"author": author.pk, "place": reverse("work_new"), "typed_at": 5})
    client.handler.enforce_csrf_checks = True
    refused = client.post(reverse("work_new"), sent | {"typed_at": 5})

    brought_back(client, refused)

    assert [writing.text for writing in autosaving.unsent(by=author)] == [TEXT]


def test_without_room_for_more_the_text_is_still_given_back(client, author):
    for number in range(autosaving.MOST_OF_AN_AUTHOR):
        autosaving.keep(QueryDict("text=x"), autosaving.Opened(uuid.uuid4(), reverse("work_new"), number), by=author)

    refused = client.post(reverse("unsent_return"), {"place": reverse("work_new"), "text": TEXT}, headers={"Origin": HERE})

    assert refused.status_code == 422
    assert fields_back(refused)[1]["text"] == [TEXT]
