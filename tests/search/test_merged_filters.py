"""The filters that members keep for a tag go along when wranglers merge it, and come back when that is undone."""

import pytest

from archive.search.models import SavedFilter
from archive.tags import undoing, wrangling
from tests.factories.people import UserFactory
from tests.tags.wrangled import canonical

pytestmark = pytest.mark.django_db


def kept():
    return sorted(SavedFilter.objects.values_list("user__username", "tag__name", "name", "is_default"))


def test_saved_filters_go_along_and_come_back():
    hook, lamp = canonical("The Hook", "fandom"), canonical("The Lamp", "fandom")
    ana, ben = UserFactory(username="ana"), UserFactory(username="ben")
    for user, tag, name, is_default in [
        (ana, hook, "Long", True), (ana, hook, "Short", False), (ana, lamp, "Long", True), (ben, hook, "Long", True),
    ]:  # fmt: skip
        SavedFilter.objects.create(user=user, tag=tag, name=name, query="", is_default=is_default)
    before = kept()

    act = wrangling.merge(hook, into=lamp, by=ana)
    merged = kept()
    undoing.undo(act, by=ana)

    assert merged == [
        ("ana", "The Lamp", "Long", True), ("ana", "The Lamp", "Long (2)", False), ("ana", "The Lamp", "Short", False),
        ("ben", "The Lamp", "Long", True),
    ]  # fmt: skip
    assert kept() == before


def test_a_name_that_is_as_long_as_can_be_gets_its_number():
    hook, lamp = canonical("The Hook", "fandom"), canonical("The Lamp", "fandom")
    ana = UserFactory()
    for tag in (hook, lamp):
        SavedFilter.objects.create(user=ana, tag=tag, name="n" * 60, query="")

    wrangling.merge(hook, into=lamp, by=ana)

    assert [name for *_, name, _ in kept()] == ["n" * 56 + " (2)", "n" * 60]
