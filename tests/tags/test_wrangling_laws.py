"""What holds among tags, whatever wranglers do in whatever order: tried with random acts, done and undone."""

from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.people.models import User
from archive.tags import descent, undoing, wrangling
from archive.tags.models import Kind, Tag, WranglingAct
from tests.factories.people import UserFactory
from tests.tags.wrangled import state

pytestmark = pytest.mark.django_db

KINDS = ["fandom", "character", "relationship", "freeform"]
TAGS = [f"{kind} {number}" for kind in KINDS[:2] for number in range(4)] + ["relationship 0", "freeform 0"]

one, other = st.sampled_from(TAGS), st.sampled_from(TAGS)
DEEDS = st.one_of(
    st.tuples(st.sampled_from(["make_canonical", "unmake_canonical", "split", "mark_unwrangleable", "mark_wrangleable"]), one),
    st.tuples(st.just("merge"), one, other),
    st.tuples(st.sampled_from(["change_parents", "change_metatags", "change_subtags"]), one, other, st.booleans()),
    st.tuples(st.just("rename"), one, st.sampled_from(["upper", "lower", "title"])),
    st.tuples(st.just("change_kind"), one, st.sampled_from(KINDS)),
    st.tuples(st.just("undo"), st.integers(0, 5)),
)


def do(deed, tags, by):
    """Do one random deed; whatever is refused leaves everything as it was."""
    verb, *rest = deed
    if verb == "undo":
        acts = WranglingAct.objects.filter(undone_at=None)
        return undoing.undo(acts[rest[0]], by=by) if acts.count() > rest[0] else None
    subject = tags[rest[0]]
    act = partial(getattr(wrangling, verb), subject, by=by)
    if verb == "merge":
        return act(into=tags[rest[1]])
    if verb.startswith("change_") and verb != "change_kind":
        return act(**{"add" if rest[2] else "remove": [tags[rest[1]]]})
    if verb == "rename":
        return act(getattr(Tag.objects.get(pk=subject.pk).name, rest[1])())
    return act(Kind.objects.get(pk=rest[1])) if verb == "change_kind" else act()


def broken():
    """Answer what does not hold."""
    tags = {tag.pk: tag for tag in Tag.objects.select_related("kind", "synonym_of")}
    links = {name: list(getattr(Tag, name).through.objects.values_list("from_tag", "to_tag")) for name in ("parents", "metatags")}
    linked = {pk for pairs in links.values() for pair in pairs for pk in pair}
    for tag in tags.values():
        if tag.synonym_of:
            yield from ["a synonym is canonical"] * tag.is_canonical
            yield from ["a synonym of what is not canonical"] * (not tag.synonym_of.is_canonical)
            yield from ["a synonym of another kind"] * (tag.kind_id != tag.synonym_of.kind_id)
            yield from ["a synonym has links"] * (tag.pk in linked)
    for low, high in links["metatags"]:
        yield from ["a circle"] * (low in descent.above([high]))
        yield from ["meta tags of two kinds"] * (tags[low].kind_id != tags[high].kind_id)
        yield from ["a meta tag of what is not canonical"] * (not (tags[low].is_canonical and tags[high].is_canonical))
    for child, parent in links["parents"]:
        yield from ["a wrong parent"] * (tags[parent].kind_id not in tags[child].kind.parent_kinds)
        yield from ["a parent that is not canonical"] * (not tags[parent].is_canonical)


@pytest.fixture
def by():
    return UserFactory(is_staff=True)


@given(deeds=st.lists(DEEDS, min_size=10, max_size=25))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_done_the_laws_hold_and_all_can_be_undone(by: User, deeds):
    with transaction.atomic():
        tags = {
            name: Tag.objects.create(name=name, kind_id=name.split()[0], is_canonical=name.endswith(("0", "1"))) for name in TAGS
        }
        before = state()

        for deed in deeds:
            kept = state()
            try:
                with transaction.atomic():
                    do(deed, tags, by)
            except ArchiveError:
                assert state() == kept
            assert list(broken()) == []

        for act in WranglingAct.objects.filter(undone_at=None):  # the newest first
            undoing.undo(act, by=by)
        assert state() == before
        transaction.set_rollback(True)
