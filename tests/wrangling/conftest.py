"""Who comes to the pages of wranglers."""

import pytest

from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.tags.wrangled import canonical, named
from tests.wrangling.pages import HOOK


@pytest.fixture
def wrangler(client):
    """A tag wrangler, logged in."""
    user = UserFactory(username="nell_wick", is_wrangler=True)
    client.force_login(user)
    return user


@pytest.fixture
def hook(wrangler):
    """A canonical fandom."""
    return canonical(HOOK, "fandom")


@pytest.fixture
def three(hook):
    """The ids of three characters that wait in the fandom."""
    make_work(fandoms=(HOOK,), tags={"character": ["Old Tom", "Tommy", "Thomas"]})
    return [named(name).pk for name in ("Old Tom", "Tommy", "Thomas")]
