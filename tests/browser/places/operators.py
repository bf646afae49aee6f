"""The rooms of those who run the archive, and the door to it before it is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from archive.charter.models import Charter
from archive.ops import defining, founding
from archive.tags.models import Tag
from tests.browser.places.planting import LONG, LONG_TAG, Archive
from tests.browser.places.ways import Place, at
from tests.factories.people import InvitationFactory, UserFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from archive.people.models import User


def add_no_value(page: Page, _archive: Archive) -> None:
    """Add a value without a name."""
    page.goto("/settings/kinds/mood/values")
    page.get_by_role("button", name="Add this value").click()
    page.locator(".form-errors").wait_for()


OPERATOR = [
    at("settings", "/settings"),
    at("machines", "/settings/machines"),
    at("invitations", "/settings/invitations"),
    at("kinds", "/settings/kinds"),
    at("kind, new", "/settings/new-kind"),
    at("kind, given", "/settings/kinds/rating"),
    at("kind, own", "/settings/kinds/ship-name"),
    at("values", "/settings/kinds/mood/values"),
    at("value", lambda _archive: reverse("value_edit", args=["mood", Tag.objects.get(name=LONG_TAG[:149]).pk])),
    Place("value, refused", add_no_value, status=422),
]


def define_kinds(operator: User) -> None:
    """Add a free kind and a closed one, with a value that is retired."""
    long = LONG[:50]
    free = defining.KindEntry(name="Ship Name", name_plural=long, help=LONG[:300], place=3, is_closed=False)
    closed = defining.KindEntry(name="Mood", name_plural="Moods", place=1, is_closed=True, is_in_blurbs=False)
    defining.add_kind(free, by=operator)
    defining.add_kind(closed, values=[LONG_TAG[:149], "Calm"], by=operator)
    defining.retire(Tag.objects.get(name="Calm"), by=operator)


def as_operator(_archive: Archive) -> User:
    """Answer an administrator with invitations, to be logged in."""
    operator = UserFactory(username="keeper", is_staff=True, is_superuser=True)
    define_kinds(operator)
    InvitationFactory(made_by=operator, note=LONG[:120])
    return operator


FOUNDING = [
    at("set-up", lambda _archive: founding.setup_link().removeprefix(settings.SITE_ADDRESS)),
    at("home before it is set up", "/"),
]


def before_founding(_archive: Archive) -> None:
    """Have the archive not be set up yet."""
    Charter.objects.update(founded_at=None)
