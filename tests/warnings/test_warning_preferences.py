from random import Random

import pytest
from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.tags.models import Tag
from archive.warnings import memory, seals
from archive.warnings.models import Answer, Choice, WarningPreferences
from archive.warnings.readers import member
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db

PAGE = "warning_preferences"


@pytest.fixture
def reader(client):
    reader = UserFactory()
    client.force_login(reader)
    return reader


def test_a_member_answers_once_for_always(client, reader):
    make_work(tags={"freeform": ["Drowning", "Fog"]})
    mature, death = Tag.objects.get(name="Mature"), Tag.objects.get(name="Major Character Death")

    client.post(
        reverse(PAGE),
        {f"tag_{mature.pk}": "header", f"tag_{death.pk}": "out", "left_out": "drowning", "folds_left_out": "on"},
    )

    drowning = Tag.objects.get(name="Drowning")
    assert dict(Choice.objects.values_list("tag", "answer")) == {
        mature.pk: Answer.HEADER, death.pk: Answer.OUT, drowning.pk: Answer.OUT,
    }  # fmt: skip
    assert WarningPreferences.objects.get().folds_left_out
    assert member(reader).left_out == {death.pk, drowning.pk}


def test_the_page_shows_what_was_answered(client, reader):
    make_work(tags={"freeform": ["Drowning"]})
    client.post(reverse(PAGE), {"left_out": "Drowning", "hides_which": "on"})

    form = client.get(reverse(PAGE)).context["form"]

    assert (form["left_out"].value(), form["hides_which"].value()) == ("Drowning", True)


def test_an_unknown_tag_is_said_and_kept(client, reader):
    response = client.post(reverse(PAGE), {"left_out": "Nobody wrote this"})

    assert response.status_code == 422
    assert "no tag of this name: Nobody wrote this" in response.content.decode()


def test_the_page_does_not_tell_which_tags_stand_on_drafts(client, reader):
    make_draft(tags={"freeform": ["A secret plot"]})

    assert client.post(reverse(PAGE), {"left_out": "A secret plot"}).status_code == 422


@pytest.mark.parametrize("cookie", ["choices", "consent"])
@pytest.mark.parametrize("value", ["", "x", "eyJoIjpbMV19:1abc:forged", "é" * 3000])
def test_a_cookie_that_was_tampered_with_counts_as_none(client, cookie, value):
    work = make_work(rating="Explicit", text="<p>The canary sings.</p>")
    client.cookies[cookie] = value

    response = client.get(work.get_absolute_url())

    assert response.status_code == 200
    assert b"canary" not in response.content


@pytest.mark.parametrize("cookie", ["choices", "consent", "sessionid"])
def test_a_cookie_with_a_nul_is_a_bad_request(client, cookie):
    client.cookies[cookie] = "aaaaaaaaa\x00"

    assert client.get(reverse("works_index")).status_code == 400


def test_the_advisory_tells_nobody_which_warnings_through_what_its_form_sends(client, reader):
    client.post(reverse(PAGE), {"hides_which": "on"})
    work = make_work(warnings=("Major Character Death",))
    death = Tag.objects.get(name="Major Character Death").pk

    advisory = client.get(work.get_absolute_url()).content.decode()

    sent = LexborHTMLParser(advisory).css_first("input[name=shown]").attributes["value"]
    assert str(death) not in sent.split(",")
    assert seals.unsealed(work.pk, sent, [death]) == {death}


def test_a_left_out_warning_is_not_named_to_who_hides_which(client, reader):
    death = Tag.objects.get(name="Major Character Death")
    client.post(reverse(PAGE), {"hides_which": "on", "folds_left_out": "on", f"tag_{death.pk}": "out"})
    work = make_work(warnings=("Major Character Death",))

    for address in (work.get_absolute_url(), reverse("works_index")):
        assert "Major Character Death" not in client.get(address).content.decode()


def test_a_tag_whose_last_work_is_gone_can_stay_left_out(client, reader):
    work = make_work(tags={"freeform": ["Drowning"]})
    client.post(reverse(PAGE), {"left_out": "Drowning"})
    work.delete()

    assert client.post(reverse(PAGE), {"left_out": "Drowning"}).status_code == 302


def test_a_guests_answers_are_kept_in_the_browser(client):
    work = make_work(rating="Mature", text="<p>The canary sings.</p>")
    mature = Tag.objects.get(name="Mature")

    client.post(reverse(PAGE), {f"tag_{mature.pk}": "header"})

    assert b"canary" in client.get(work.get_absolute_url()).content


def test_do_not_ask_again_holds_for_other_works_too(client):
    work, other = (make_work(rating="Mature", text="<p>The canary sings.</p>") for _ in range(2))
    shown = Tag.objects.get(name="Mature").pk

    client.post(reverse("work_consent", args=[work.pk]), {"shown": seals.sealed(work.pk, [shown]), "remember": "1"})

    assert b"canary" in client.get(other.get_absolute_url()).content


@pytest.mark.parametrize("next_url", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\elsewhere"])
def test_consent_never_leads_off_the_archive(client, next_url):
    work = make_work()

    response = client.post(reverse("work_consent", args=[work.pk]), {"next": next_url})

    assert response.url == work.get_absolute_url()


@pytest.mark.parametrize("shown", ["x", "9" * 400, "-1", "1,,2", "٣", ",".join(["1"] * 5000)])
def test_consent_takes_no_nonsense(client, shown):
    assert client.post(reverse("work_consent", args=[make_work().pk]), {"shown": shown}).status_code == 302


def test_of_many_works_the_latest_stay_in_a_guests_cookie():
    random, consents, response = Random(1), memory.Consents(), HttpResponse()
    for work in range(400):
        consents = consents.with_work(work, frozenset(random.sample(range(10**9), 6)))

    consents.remember(response)

    kept = signing.loads(response.cookies["consent"].value, salt="consent")
    assert len(response.cookies["consent"].value) < 3_900
    assert list(kept)[-1] == "399"
    assert len(kept) > 20
