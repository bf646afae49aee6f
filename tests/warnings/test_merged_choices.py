"""What members chose about a tag goes along when wranglers merge it, and comes back when that is undone."""

import pytest

from archive.tags import undoing, wrangling
from archive.warnings.models import Choice
from tests.factories.people import UserFactory
from tests.tags.wrangled import canonical

pytestmark = pytest.mark.django_db


def chosen():
    return sorted(Choice.objects.values_list("user__username", "tag__name", "answer"))


def test_choices_go_along_and_come_back():
    drowning, death = canonical("Drowning", "freeform"), canonical("Death by water", "freeform")
    ana, ben = UserFactory(username="ana"), UserFactory(username="ben")
    for user, tag in [(ana, drowning), (ben, drowning), (ben, death)]:
        Choice.objects.create(user=user, tag=tag, answer="out")
    before = chosen()

    act = wrangling.merge(drowning, into=death, by=ana)
    merged = chosen()
    undoing.undo(act, by=ana)

    assert merged == [("ana", "Death by water", "out"), ("ben", "Death by water", "out"), ("ben", "Drowning", "out")]
    assert chosen() == before


def test_a_choice_that_is_withdrawn_meanwhile_does_not_come_back():
    drowning, death = canonical("Drowning", "freeform"), canonical("Death by water", "freeform")
    ana = UserFactory()
    Choice.objects.create(user=ana, tag=drowning, answer="out")
    act = wrangling.merge(drowning, into=death, by=ana)
    Choice.objects.all().delete()

    undoing.undo(act, by=ana)

    assert chosen() == []
