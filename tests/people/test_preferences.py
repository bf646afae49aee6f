"""The page that leads to everything a member can set."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.factories.people import UserFactory


@pytest.mark.django_db
def test_it_leads_to_all_that_can_be_set(client: Client) -> None:
    client.force_login(UserFactory(username="heron"))

    page = LexborHTMLParser(client.get("/users/heron/preferences").content).css_first("#main")
    links = {link.attributes["href"] for link in page.css("a")}
    themes = [button.attributes["value"] for button in page.css("#theme button[name=theme]")]

    assert links >= {"/users/password/change", "/users/email", "/users/heron/pseuds", "/users/heron/app-passwords", "/users/logout"}
    assert themes == ["", "light", "dark", "sepia", "contrast"]


@pytest.mark.django_db
def test_the_short_address_leads_to_ones_own(client: Client) -> None:
    client.force_login(UserFactory(username="heron"))

    assert client.get("/preferences").url == "/users/heron/preferences"
