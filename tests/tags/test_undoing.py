"""Taking acts of wrangling back."""

import pytest

from archive.tags import refusals, undoing, wrangling
from archive.tags.models import Kind, Status, Tag, WranglingAct
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.tags.wrangled import canonical, named, names, state, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrangler():
    return UserFactory(is_wrangler=True)


def rich_canonical():
    """A canonical tag with something of everything on it."""
    tom, hook = canonical("Old Tom"), canonical("The Hook", "fandom")
    tag("Tommy", synonym_of=tom)
    tom.parents.add(hook)
    tom.metatags.add(canonical("Bells"))
    canonical("Young Tom").metatags.add(tom)
    canonical("Old Tom/Ines", "relationship").parents.add(tom)
    return tom


DEEDS = {
    "make canonical": lambda by: wrangling.make_canonical(tag("Tom", is_unwrangleable=True), by=by),
    "unmake": lambda by: wrangling.unmake_canonical(canonical("Tom"), by=by),
    "merge": lambda by: wrangling.merge(tag("Tom"), into=canonical("Thomas"), by=by),
    "merge a canonical": lambda by: wrangling.merge(rich_canonical(), into=canonical("Thomas"), by=by),
    "merge into what has the same": lambda by: wrangling.merge(rich_canonical(), into=named("Bells"), by=by),
    "merge again": lambda by: wrangling.merge(tag("Tom", synonym_of=canonical("Bells")), into=canonical("Thomas"), by=by),
    "split": lambda by: wrangling.split(tag("Tom", synonym_of=canonical("Thomas")), by=by),
    "parents": lambda by: wrangling.change_parents(
        rich_canonical(), add=[canonical("A", "fandom")], remove=[named("The Hook")], by=by
    ),
    "metatags": lambda by: wrangling.change_metatags(rich_canonical(), add=[canonical("A")], remove=[named("Bells")], by=by),
    "subtags": lambda by: wrangling.change_subtags(rich_canonical(), add=[canonical("A")], remove=[named("Young Tom")], by=by),
    "unwrangleable": lambda by: wrangling.mark_unwrangleable(tag("Tom"), by=by),
    "wrangleable": lambda by: wrangling.mark_wrangleable(tag("Tom", is_unwrangleable=True), by=by),
    "rename": lambda by: wrangling.rename(tag("Tom"), "TÖM", by=by),
    "kind": lambda by: wrangling.change_kind(tag("Tom"), Kind.objects.get(pk="fandom"), by=by),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_an_act_that_is_undone_leaves_all_as_it_was(wrangler, deed):
    act = DEEDS[deed](wrangler)
    after = state()
    undone = UserFactory(is_wrangler=True)

    undoing.undo(act, by=undone)

    act.refresh_from_db()
    assert state() != after
    assert (act.undone_by, act.undone_at is None) == (undone, False)
    # Done once more it comes to the same: what the act began from is there again.
    again = undoing.Changes.from_kept(act.before, act.after)
    again.carry_out()
    assert state() == after


def test_what_was_before_a_great_merge_is_there_again(wrangler):
    tom, thomas = rich_canonical(), canonical("Thomas")
    before = state()

    undoing.undo(wrangling.merge(tom, into=thomas, by=wrangler), by=wrangler)

    assert state() == before


def test_an_act_is_undone_once(wrangler):
    act = wrangling.make_canonical(tag("Tom"), by=wrangler)
    undoing.undo(act, by=wrangler)

    with pytest.raises(refusals.AlreadyUndone):
        undoing.undo(act, by=wrangler)


def merged_since(act, by):
    wrangling.merge(tag("Tommy"), into=act.tag, by=by)


def hung_since(act, by):
    wrangling.change_metatags(act.tag, add=[canonical("Bells")], by=by)


def belongs_since(act, by):
    pair = tag("Tom/Ines", "relationship")
    wrangling.change_parents(pair, add=[act.tag], by=by)


def unmade_since(act, by):
    wrangling.unmake_canonical(act.tag, by=by)


@pytest.mark.parametrize("since", [merged_since, hung_since, belongs_since, unmade_since])
def test_what_is_rested_on_since_cannot_be_undone(wrangler, since):
    act = wrangling.make_canonical(tag("Tom"), by=wrangler)
    since(act, wrangler)
    before = state()

    with pytest.raises(refusals.NewerInTheWay, match="“Tom”"):
        undoing.undo(act, by=wrangler)

    assert state() == before


def test_a_split_is_not_undone_once_the_canonical_is_none(wrangler):
    thomas = canonical("Thomas")
    act = wrangling.split(tag("Tom", synonym_of=thomas), by=wrangler)
    wrangling.unmake_canonical(thomas, by=wrangler)

    with pytest.raises(refusals.NewerInTheWay):
        undoing.undo(act, by=wrangler)

    assert named("Tom").status == Status.UNWRANGLED


def test_a_split_is_not_undone_once_the_tag_has_links_of_its_own(wrangler):
    act = wrangling.split(tag("Tom", synonym_of=canonical("Thomas")), by=wrangler)
    wrangling.change_parents(act.tag, add=[canonical("The Hook", "fandom")], by=wrangler)

    with pytest.raises(refusals.NewerInTheWay):
        undoing.undo(act, by=wrangler)


def test_a_link_is_not_brought_back_into_a_circle(wrangler):
    low, high = canonical("Low"), canonical("High")
    wrangling.change_metatags(low, add=[high], by=wrangler)
    act = wrangling.change_metatags(low, remove=[high], by=wrangler)
    wrangling.change_metatags(high, add=[low], by=wrangler)

    with pytest.raises(refusals.NewerInTheWay):
        undoing.undo(act, by=wrangler)

    assert (names(low.metatags), names(high.metatags)) == ([], ["Low"])


def test_a_name_that_is_taken_since_does_not_come_back():
    keeper = UserFactory(is_staff=True)
    act = wrangling.rename(tag("Tom"), "Thomas", by=keeper)
    tag("TOM")

    with pytest.raises(refusals.NewerInTheWay):
        undoing.undo(act, by=keeper)


def test_only_administrators_undo_what_only_they_may_do(wrangler):
    act = wrangling.rename(tag("Tom"), "Thomas", by=UserFactory(is_staff=True))

    with pytest.raises(refusals.OnlyCaseAndAccents):
        undoing.undo(act, by=wrangler)

    assert Tag.objects.filter(name="Thomas").exists()


def test_a_kind_does_not_come_back_once_the_tag_is_on_a_work(wrangler):
    act = wrangling.change_kind(tag("Fog"), Kind.objects.get(pk="freeform"), by=wrangler)
    make_work(tags={"freeform": ["Fog"]})

    with pytest.raises(refusals.NewerInTheWay):
        undoing.undo(act, by=wrangler)


def test_nothing_is_undone_of_a_tag_that_is_gone(wrangler):
    act = wrangling.merge(tag("Tom"), into=canonical("Thomas"), by=wrangler)
    Tag.objects.filter(name="Tom").delete()

    with pytest.raises(refusals.NewerInTheWay):
        undoing.undo(WranglingAct.objects.get(pk=act.pk), by=wrangler)


def test_acts_that_do_not_touch_each_other_are_undone_in_any_order(wrangler):
    tom, thomas = tag("Tom"), canonical("Thomas")
    before = state()
    acts = [
        wrangling.merge(tom, into=thomas, by=wrangler),
        wrangling.rename(tom, "TOM", by=wrangler),
        wrangling.change_parents(thomas, add=[canonical("The Hook", "fandom")], by=wrangler),
    ]
    Tag.objects.filter(name="The Hook").exclude(children=thomas).delete()

    for act in acts:
        undoing.undo(act, by=wrangler)

    Tag.objects.filter(name="The Hook").delete()
    assert state() == before
