from http import HTTPStatus

import pytest
from django.contrib import admin
from django.urls import reverse

from archive.models import Chapter, ChapterText, Tag, Work
from tests.factories.people import UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def tag(name, *, kind="fandom", **fields):
    return Tag.objects.create(kind_id=kind, name=name, **fields)


def answers(kept, **changes):
    fields = {
        "name": kept.name,
        "kind": kept.kind_id,
        "explanation": "",
        "position": 0,
        "synonym_of": "",
        "is_canonical": kept.is_canonical,
    }
    return {name: value for name, value in (fields | changes).items() if value is not False}


def test_guests_log_in_on_our_own_page(client):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(f"{reverse('account_login')}?next=")


@pytest.mark.parametrize("name", ["admin:index", "admin:login"])
def test_members_may_not_enter(client, name):
    client.force_login(UserFactory())

    assert client.get(reverse(name), follow=True).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("model", ["tag", "kind", "language", "user", "invitation"])
def test_each_list_can_be_opened(client, model):
    tag("Kittiwake Light (TV)")

    assert client.get(reverse(f"admin:archive_{model}_changelist")).status_code == HTTPStatus.OK


def test_it_holds_only_what_is_used_here(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    [archive] = [shown for shown in client.get(reverse("admin:index")).context["app_list"] if shown["app_label"] == "archive"]
    others = {shown["app_label"] for shown in client.get(reverse("admin:index")).context["app_list"]} - {"archive"}

    assert {model["object_name"] for model in archive["models"]} == {"Invitation", "Kind", "Language", "Tag", "User"}
    assert others == {"account", "django_tasks_database"}


def test_texts_are_not_in_it():
    assert [model for model in (Work, Chapter, ChapterText) if admin.site.is_registered(model)] == []


def test_an_account_is_shown_without_its_password(client, administrator):
    response = client.get(reverse("admin:archive_user_change", args=[administrator.pk]))

    assert response.status_code == HTTPStatus.OK
    assert administrator.password not in response.text


@pytest.mark.usefixtures("administrator")
def test_a_fandom_can_be_put_under_a_media_type(client):
    make_work(fandoms=("Kittiwake Light (TV)",))
    fandom, media = Tag.objects.get(name="Kittiwake Light (TV)"), Tag.objects.get(name="TV Shows")

    client.post(reverse("admin:archive_tag_change", args=[fandom.pk]), answers(fandom, parents=[media.pk], is_canonical="on"))

    fandom.refresh_from_db()
    assert (fandom.is_canonical, list(fandom.parents.all())) == (True, [media])


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "kittiwake"}, "name"),
        ({"name": "A, B"}, "name"),
        ({"synonym_of": "itself"}, "synonym_of"),
        ({"synonym_of": "other"}, "synonym_of"),
        ({"synonym_of": "canonical", "is_canonical": "on"}, "__all__"),
    ],
)
def test_a_tag_that_cannot_be_is_refused(client, changes, field):
    tag("Kittiwake")
    tags = {"itself": tag("The Light"), "other": tag("Skarra"), "canonical": tag("Kittiwake Light (TV)", is_canonical=True)}
    sent = changes | ({"synonym_of": tags[changes["synonym_of"]].pk} if "synonym_of" in changes else {})

    response = client.post(reverse("admin:archive_tag_change", args=[tags["itself"].pk]), answers(tags["itself"], **sent))

    assert response.status_code == HTTPStatus.OK
    assert list(response.context["adminform"].form.errors) == [field]


@pytest.mark.usefixtures("administrator")
def test_tags_are_found_whatever_the_accents(client):
    tag("Cinéma Bellerive (2011)")

    response = client.get(reverse("admin:archive_tag_changelist"), {"q": "CINEMA"})

    assert [found.name for found in response.context["cl"].result_list] == ["Cinéma Bellerive (2011)"]
