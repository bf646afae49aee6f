"""Who writes, in the tests of works."""

import pytest

from tests.factories.people import UserFactory


@pytest.fixture
def author(client):
    """A member who is logged in."""
    author = UserFactory()
    client.force_login(author)
    return author
