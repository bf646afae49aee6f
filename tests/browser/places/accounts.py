"""The ways into an account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core import mail
from django.urls import reverse

from tests.browser.places.ways import Place, at

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.places.planting import Archive


def ask_twice(page: Page, _archive: Archive) -> None:
    """Sign up with answers that cannot be."""
    page.goto(reverse("account_signup"))
    page.get_by_label("User name").fill("a b")
    page.locator("form#signup").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_load_state()


def follow_reset(page: Page, archive: Archive) -> None:
    """Ask for a new password and follow the mail."""
    page.goto(reverse("account_reset_password"))
    page.get_by_label("E-mail address of the account").fill(archive.author.email)
    page.get_by_role("button", name="Send the link").click()
    page.wait_for_url("**/done")
    link = re.search(r"http://\S+", mail.outbox[-1].body)
    page.goto(urlsplit(link[0]).path)


ACCOUNT = [
    at("log in", "/users/login"),
    at("log in to read", "/users/login?next=/works/1"),
    at("sign up", "/users/signup"),
    Place("sign up, refused", ask_twice),
    at("confirm, sent", "/users/confirm-email"),
    at("confirm, wrong link", "/users/confirm-email/wrong"),
    at("account closed", "/users/login/inactive"),
    at("password forgotten", "/users/password/reset"),
    at("password forgotten, sent", "/users/password/reset/done"),
    at("password, wrong link", "/users/password/reset/key/1-wrong"),
    Place("password, new", follow_reset),
    at("password, new one kept", "/users/password/reset/key/done"),
]
