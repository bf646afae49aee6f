"""Nobody who reads the log comes by what opens something."""

import io
import logging

import pytest

from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

SECRET = "QQbvvgCDTGHtMi-Y0YmHT2eyqJ_bJRvD"


@pytest.fixture
def log():
    """What is written to the log meanwhile."""
    [handler] = [one for one in logging.getLogger().handlers if one.filters]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.parametrize(
    "path",
    [
        f"/feeds/{SECRET}/marked.atom",
        f"/feeds/{SECRET}/marked.rss",
        f"/setup/{SECRET}",
        f"/signup/{SECRET}/",
        f"/users/confirm-email/{SECRET}/",
        f"/users/password/reset/key/{SECRET}/",
        f"/settings/invitations/{SECRET}/",
    ],
)
@pytest.mark.parametrize("method", ["get", "options"])
def test_no_secret_of_an_address_is_in_the_log(client, log, path, method):
    UserFactory()

    getattr(client, method)(path)

    assert "/…" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_what_is_no_secret_stands_in_the_log_as_it_was_asked_for(client, log):
    client.get("/feeds/nothing-here")

    assert log.getvalue() == "Not Found: /feeds/nothing-here\n"
