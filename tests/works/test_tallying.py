"""How much each tag is used: the listed works that bear it under its own name."""

import pytest

from archive.tags import wrangling
from archive.tags.models import Tag
from archive.works import deleting, tallying
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work
from tests.tags.wrangled import canonical, named

pytestmark = pytest.mark.django_db


def test_uses_are_of_listed_works_under_a_tags_own_name():
    author = UserFactory()
    make_work(tags={"freeform": ["Fog", "mist"]})
    make_work(tags={"freeform": ["Fog"]}, is_restricted=True)
    make_draft(tags={"freeform": ["Fog", "Rain"]})
    deleting.delete(make_work(by=author, tags={"freeform": ["Fog"]}), by=author)
    wrangling.merge(named("mist"), into=named("Fog"), by=author)
    Tag.objects.filter(name="Rain").update(uses=7)
    canonical("Snow", "freeform")

    changed = tallying.recount_uses()

    assert dict(Tag.objects.of_kind("freeform").values_list("name", "uses")) == {"Fog": 2, "mist": 1, "Rain": 0, "Snow": 0}
    assert changed > 3
    assert tallying.recount_uses() == 0
