from http import HTTPStatus

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.charter.models import Charter
from archive.ops import founding
from archive.tags.models import Tag
from archive.works import publishing
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def answers(*, without=(), **changes):
    kept = Tag.objects.exclude(code__in=without)
    return {
        "name": "The Boathouse",
        "sign_up": "invited",
        "contact": "",
        "policy": "<p>Be kind.</p>",
        "ratings": list(kept.filter(kind="rating").values_list("pk", flat=True)),
        "warnings": list(kept.filter(kind="warning").values_list("pk", flat=True)),
        "refusal": "Not here, please.",
    } | changes


@pytest.mark.usefixtures("administrator")
def test_the_settings_are_shown_as_they_are(client):
    Tag.objects.filter(code="warning-violence").update(is_accepted=False)

    page = LexborHTMLParser(client.get(reverse("settings_edit")).text)

    assert page.css_first("input[name=name]").attributes["value"] == "The Harbour Archive"
    assert page.css_first("input[name=sign_up][checked]").attributes["value"] == "open"
    assert len(page.css("input[name=ratings][checked]")) == 5
    assert len(page.css("input[name=warnings][checked]")) == 5


@pytest.mark.usefixtures("administrator")
def test_the_settings_can_be_changed(client):
    response = client.post(reverse("settings_edit"), answers(without=["rating-explicit", "warning-noncon"]))

    charter = Charter.objects.current()
    assert response["Location"] == reverse("settings_edit")
    assert (charter.name, charter.sign_up, charter.policy, charter.refusal) == (
        "The Boathouse", "invited", "<p>Be kind.</p>", "Not here, please.",
    )  # fmt: skip
    refused = Tag.objects.filter(kind__in=["rating", "warning"], is_accepted=False)
    assert set(refused.values_list("code", flat=True)) == {"rating-explicit", "warning-noncon"}
    assert charter.is_founded


@pytest.mark.usefixtures("administrator")
def test_what_is_no_longer_accepted_stays_on_the_works_that_have_it(client):
    work = make_work(warnings=("Rape/Non-Con",))

    client.post(reverse("settings_edit"), answers(without=["warning-noncon"]))

    assert work.tags.filter(code="warning-noncon").exists()
    assert list(Work.objects.published()) == [work]


def test_new_works_with_it_are_refused_in_the_archives_own_words(client, administrator):
    draft = make_draft(by=administrator, warnings=("Rape/Non-Con",))

    client.post(reverse("settings_edit"), answers(without=["warning-noncon"]))

    with pytest.raises(publishing.NotAccepted, match=r"^Not here, please\.$"):
        publishing.publish(draft, by=administrator)


@pytest.mark.usefixtures("administrator")
def test_a_retired_warning_is_not_asked_about_and_stays_as_it_is(client):
    retired = Tag.objects.create(kind_id="warning", name="Spiders", is_accepted=True, retired_at="2026-01-01T00:00Z")

    client.post(reverse("settings_edit"), answers(warnings=[Tag.objects.get(code="warning-no").pk]))

    retired.refresh_from_db()
    assert retired.is_accepted


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("field", ["ratings", "warnings"])
def test_at_least_one_has_to_be_accepted(client, field):
    response = client.post(reverse("settings_edit"), answers(**{field: []}))

    assert (response.status_code, list(response.context["form"].errors)) == (HTTPStatus.UNPROCESSABLE_ENTITY, [field])
    assert Charter.objects.current().name == "The Harbour Archive"


@pytest.mark.parametrize("rank", [{}, {"is_staff": True}])
@pytest.mark.parametrize("method", ["get", "post"])
def test_members_may_not_enter(client, rank, method):
    client.force_login(UserFactory(**rank))

    response = getattr(client, method)(reverse("settings_edit"), answers() if method == "post" else None)

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert LexborHTMLParser(response.text).css_first("div#main").attributes["class"].split() == ["error-403", "region"]
    assert Charter.objects.current().name == "The Harbour Archive"


def test_guests_are_asked_to_log_in(client):
    response = client.get(reverse("settings_edit"))

    assert response["Location"] == f"{reverse('account_login')}?next={reverse('settings_edit')}"


def test_the_deed_refuses_members_too():
    terms = founding.Terms(name="Mine", sign_up="open", accepted=Tag.objects.filter(kind__in=["rating", "warning"]))

    with pytest.raises(founding.NotAnAdministrator):
        founding.amend(terms, by=UserFactory(is_staff=True))


@pytest.mark.usefixtures("administrator")
def test_the_settings_lead_to_invitations_and_tags(client):
    page = LexborHTMLParser(client.get(reverse("settings_edit")).text)

    links = {link.attributes["href"] for link in page.css(".page-head a")}

    assert links == {reverse(name) for name in ("kinds_index", "wranglers_index", "machines_edit", "invitations", "admin:index")}
