"""What signing up takes, for tests that need somebody half way through it."""

import re

from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

ANSWERS = {
    "username": "Heron_Marsh",
    "email": "heron@example.com",
    "password1": "nine lamps in a row",
    "password2": "nine lamps in a row",
    "agrees": "on",
}


def sign_up(client: Client, *, path: str = "", **changed: str) -> HttpResponse:
    """Send the sign-up form with these answers changed; "" leaves one out."""
    answers = {name: value for name, value in {**ANSWERS, **changed}.items() if value}
    return client.post(path or reverse("account_signup"), answers)


def link_in(mail: EmailMessage) -> str:
    """Answer the path of the first link of a mail, which must lead to the archive's own address."""
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.body)
    assert found, mail.body
    return found[1]
