"""The deeds of wranglers, and what they are refused."""

from functools import partial
from itertools import pairwise

import pytest

from archive.errors import ArchiveError
from archive.tags import descent, naming, refusals, wrangling
from archive.tags.models import Kind, Status, Tag, Verb, WranglingAct
from archive.text.lines import Invisible
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work
from tests.tags.wrangled import canonical, named, names, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrangler():
    return UserFactory(is_wrangler=True)


def test_a_tag_is_made_canonical_and_logged(wrangler):
    tom = tag("Old Tom", is_unwrangleable=True)

    act = wrangling.make_canonical(tom, by=wrangler)

    tom.refresh_from_db()
    assert (tom.status, tom.is_unwrangleable) == (Status.CANONICAL, False)
    assert (act.verb, act.tag, act.name, act.by) == (Verb.CANONICAL, tom, "Old Tom", wrangler)


def test_what_is_so_already_is_no_act(wrangler):
    tom, hook = canonical("Old Tom"), canonical("The Hook", "fandom")
    tom.parents.add(hook)
    merged = tag("Tommy", synonym_of=tom)

    acts = [
        wrangling.make_canonical(tom, by=wrangler),
        wrangling.merge(merged, into=tom, by=wrangler),
        wrangling.change_parents(tom, add=[hook], by=wrangler),
        wrangling.change_parents(tom, remove=[canonical("Elsewhere", "fandom")], by=wrangler),
        wrangling.mark_wrangleable(tom, by=wrangler),
        wrangling.rename(tom, "Old Tom", by=wrangler),
        wrangling.change_kind(tom, tom.kind, by=wrangler),
    ]

    assert acts == [None] * 7
    assert not WranglingAct.objects.exists()


def test_an_authors_wording_stays_on_the_work(wrangler):
    work = make_work(tags={"character": ["Tommy"]})

    wrangling.merge(named("Tommy"), into=canonical("Old Tom"), by=wrangler)

    assert names(work.tags.filter(kind="character")) == ["Tommy"]
    assert named("Tommy").synonym_of == named("Old Tom")


def test_a_merge_makes_its_target_canonical_where_it_is_not(wrangler):
    tommy, tom = tag("Tommy"), tag("Old Tom", is_unwrangleable=True)

    wrangling.merge(tommy, into=tom, by=wrangler)

    assert named("Old Tom").status == Status.CANONICAL
    assert [act.verb for act in WranglingAct.objects.all()] == [Verb.MERGED, Verb.CANONICAL]


def test_a_canonical_is_made_by_its_name_where_it_is_missing(wrangler):
    kind = Kind.objects.get(pk="character")

    made, again = (wrangling.canonical_named(name, kind, by=wrangler) for name in ("Old  Tom", "old tom"))

    assert made == again
    assert (made.name, made.kind, made.status) == ("Old Tom", kind, Status.CANONICAL)


def test_a_canonical_that_becomes_a_synonym_hands_over_all_that_hung_on_it(wrangler):
    tom, thomas = canonical("Old Tom"), canonical("Thomas Bell")
    tag("Tommy", synonym_of=tom)
    hook, bells, young = canonical("The Hook", "fandom"), canonical("Bells"), canonical("Young Tom")
    pair = canonical("Old Tom/Ines", "relationship")
    tom.parents.add(hook)
    tom.metatags.add(bells)
    young.metatags.add(tom)
    pair.parents.add(tom)

    wrangling.merge(tom, into=thomas, by=wrangler)

    assert names(thomas.synonyms) == ["Old Tom", "Tommy"]
    assert [names(related) for related in (thomas.parents, thomas.metatags, thomas.subtags, thomas.children)] == [
        ["The Hook"], ["Bells"], ["Young Tom"], ["Old Tom/Ines"],
    ]  # fmt: skip
    assert not any(related.exists() for related in (tom.parents, tom.metatags, tom.subtags, tom.children, tom.synonyms))


def test_an_unwrangled_tag_brings_no_fandom_along(wrangler):
    fluff, ours = canonical("Fluff", "freeform"), tag("so much fluff", "freeform")
    ours.parents.add(canonical("The Hook", "fandom"))

    wrangling.merge(ours, into=fluff, by=wrangler)

    assert (names(fluff.parents), names(ours.parents)) == ([], [])


def test_a_direct_link_between_merged_tags_goes(wrangler):
    tom, bells = canonical("Old Tom"), canonical("Bells")
    tom.metatags.add(bells)

    wrangling.merge(tom, into=bells, by=wrangler)

    assert not bells.metatags.exists()
    assert not bells.subtags.exists()


@pytest.mark.parametrize("is_upwards", [True, False])
def test_a_merge_that_would_go_round_in_a_circle_is_refused(wrangler, is_upwards):
    low, middle, high = canonical("Low"), canonical("Middle"), canonical("High")
    low.metatags.add(middle)
    middle.metatags.add(high)

    with pytest.raises(refusals.BetweenThem):
        wrangling.merge(low if is_upwards else high, into=high if is_upwards else low, by=wrangler)

    assert not WranglingAct.objects.exists()


def test_a_synonym_can_be_merged_into_another(wrangler):
    tom, thomas = canonical("Old Tom"), canonical("Thomas Bell")
    tommy = tag("Tommy", synonym_of=tom)

    wrangling.merge(tommy, into=thomas, by=wrangler)

    assert named("Tommy").synonym_of == thomas


def test_a_synonym_is_split_off_and_waits(wrangler):
    tommy = tag("Tommy", synonym_of=canonical("Old Tom"))

    act = wrangling.split(tommy, by=wrangler)

    assert (named("Tommy").status, act.detail) == (Status.UNWRANGLED, "Old Tom")


def test_a_canonical_that_nothing_rests_on_waits_again(wrangler):
    tom = canonical("Old Tom")

    wrangling.unmake_canonical(tom, by=wrangler)

    assert named("Old Tom").status == Status.UNWRANGLED


@pytest.mark.parametrize("rests", ["synonym", "child", "metatag", "subtag"])
def test_a_canonical_that_others_rest_on_stays(wrangler, rests):
    tom, other = canonical("Old Tom"), canonical("Another")
    if rests == "synonym":
        tag("Tommy", synonym_of=tom)
    else:
        {"child": tom.children, "metatag": tom.metatags, "subtag": tom.subtags}[rests].add(other)

    with pytest.raises(refusals.StillNeeded):
        wrangling.unmake_canonical(tom, by=wrangler)


PARENTS = {
    ("fandom", "media"): True,
    ("character", "fandom"): True,
    ("relationship", "fandom"): True,
    ("relationship", "character"): True,
    ("freeform", "fandom"): True,
    ("fandom", "character"): False,
    ("fandom", "fandom"): False,
    ("character", "media"): False,
    ("character", "relationship"): False,
    ("freeform", "character"): False,
    ("freeform", "media"): False,
}


@pytest.mark.parametrize(("kind", "parent_kind"), PARENTS)
def test_what_a_tag_may_belong_to(wrangler, kind, parent_kind):
    child = tag("Child", kind)
    parent = Tag.objects.of_kind("media").first() if parent_kind == "media" else canonical("Parent", parent_kind)

    if PARENTS[kind, parent_kind]:
        wrangling.change_parents(child, add=[parent], by=wrangler)
    else:
        with pytest.raises(refusals.WrongParent):
            wrangling.change_parents(child, add=[parent], by=wrangler)

    assert child.parents.exists() == PARENTS[kind, parent_kind]


def test_parents_come_and_go_in_one_act(wrangler):
    tom, hook, lamp = canonical("Old Tom"), canonical("The Hook", "fandom"), canonical("The Lamp", "fandom")
    tom.parents.add(hook)

    act = wrangling.change_parents(tom, add=[lamp], remove=[hook], by=wrangler)

    assert (names(tom.parents), act.detail) == (["The Lamp"], "+ The Lamp, − The Hook")


def test_a_relationship_belongs_to_the_fandoms_of_its_characters(wrangler):
    hook, lamp = canonical("The Hook", "fandom"), canonical("The Lamp", "fandom")
    tom, pair = canonical("Old Tom"), canonical("Old Tom/Ines", "relationship")
    wrangling.change_parents(tom, add=[hook], by=wrangler)
    wrangling.change_parents(pair, add=[tom, lamp], by=wrangler)

    assert [fandom.name for fandom in descent.fandoms_of(pair)] == ["The Hook", "The Lamp"]


def test_meta_and_sub_tags_are_hung_from_either_end(wrangler):
    low, middle, high = canonical("Low"), canonical("Middle"), canonical("High")

    wrangling.change_metatags(middle, add=[high], by=wrangler)
    wrangling.change_subtags(middle, add=[low], by=wrangler)
    wrangling.change_metatags(middle, remove=[high], by=wrangler)

    assert (names(middle.metatags), names(middle.subtags)) == ([], ["Low"])


@pytest.mark.parametrize("deed", [wrangling.change_metatags, wrangling.change_subtags])
@pytest.mark.parametrize("levels", [1, 3])
def test_a_circle_is_refused(wrangler, deed, levels):
    tags = [canonical(f"Tag {level}") for level in range(levels + 1)]
    for lower, upper in pairwise(tags):
        lower.metatags.add(upper)
    low, high = tags[0], tags[-1]
    one, other = (high, low) if deed is wrangling.change_metatags else (low, high)

    with pytest.raises(refusals.Circle):
        deed(one, add=[other], by=wrangler)


def test_a_tag_is_marked_as_unwrangleable_and_back(wrangler):
    fog = tag("fog??", "freeform")

    wrangling.mark_unwrangleable(fog, by=wrangler)
    marked = named("fog??").status
    wrangling.mark_wrangleable(fog, by=wrangler)

    assert (marked, named("fog??").status) == (Status.UNWRANGLEABLE, Status.UNWRANGLED)


def test_wranglers_change_case_and_accents_of_a_name(wrangler):
    ines = tag("ines calder")

    wrangling.rename(ines, "Inés  Calder", by=wrangler)

    assert Tag.objects.named("INES CALDER").get().name == "Inés Calder"


def test_administrators_rename_to_anything(wrangler):
    ines = tag("ines")

    wrangling.rename(ines, "Inés Calder", by=UserFactory(is_staff=True))

    ines.refresh_from_db()
    assert (ines.name, ines.folded) == ("Inés Calder", "ines calder")


def test_the_kind_of_an_unused_tag_can_be_changed(wrangler):
    hook = tag("The Hook")
    hook.parents.add(canonical("The Lamp", "fandom"))

    wrangling.change_kind(hook, Kind.objects.get(pk="fandom"), by=wrangler)

    assert (named("The Hook").kind_id, names(hook.parents)) == ("fandom", [])


@pytest.mark.parametrize("use", ["work", "draft", "canonical", "synonym"])
def test_the_kind_of_a_tag_that_is_used_or_wrangled_stays(wrangler, use):
    if use == "work":
        make_work(tags={"freeform": ["Fog"]})
    elif use == "draft":
        make_draft(tags={"freeform": ["Fog"]})
    else:
        tag(
            "Fog",
            "freeform",
            is_canonical=use == "canonical",
            synonym_of=canonical("Mist", "freeform") if use == "synonym" else None,
        )

    with pytest.raises(refusals.InUse):
        wrangling.change_kind(named("Fog"), Kind.objects.get(pk="character"), by=wrangler)


def closed():
    return Tag.objects.get(name="Explicit")


REFUSED = {
    "making a synonym canonical": (wrangling.make_canonical, lambda: tag("Tommy", synonym_of=canonical("Tom")), refusals.IsSynonym),
    "marking a synonym": (wrangling.mark_unwrangleable, lambda: tag("Tommy", synonym_of=canonical("Tom")), refusals.IsSynonym),
    "marking a canonical": (wrangling.mark_unwrangleable, lambda: canonical("Tom"), refusals.IsCanonical),
    "splitting off nothing": (wrangling.split, lambda: tag("Tom"), refusals.NotSynonym),
    "a closed value": (wrangling.make_canonical, closed, refusals.NotWrangled),
    "renaming a closed value": (partial(wrangling.rename, name="explicit"), closed, refusals.NotWrangled),
    "renaming by more than case": (partial(wrangling.rename, name="Thomas"), lambda: tag("Tom"), refusals.OnlyCaseAndAccents),
    "a name with a comma": (partial(wrangling.rename, name="To,m"), lambda: tag("Tom"), naming.ForbiddenCharacter),
    "no name": (partial(wrangling.rename, name=" "), lambda: tag("Tom"), Invisible),
    "a closed kind": (
        lambda one, by: wrangling.change_kind(one, Kind.objects.get(pk="rating"), by=by), lambda: tag("Tom"), refusals.ClosedKind,
    ),
    "merging into itself": (lambda one, by: wrangling.merge(one, into=one, by=by), lambda: tag("Tom"), refusals.Itself),
    "merging into another kind": (
        lambda one, by: wrangling.merge(one, into=canonical("Fog", "freeform"), by=by), lambda: tag("Tom"), refusals.OtherKind,
    ),
    "merging into a synonym": (
        lambda one, by: wrangling.merge(one, into=tag("Tommy", synonym_of=canonical("Old Tom")), by=by),
        lambda: tag("Tom"), refusals.IsSynonym,
    ),
    "merging into a closed value": (
        lambda one, by: wrangling.merge(one, into=closed(), by=by), lambda: tag("Tom"), refusals.NotWrangled,
    ),
    "a parent of a synonym": (
        lambda one, by: wrangling.change_parents(one, add=[canonical("The Hook", "fandom")], by=by),
        lambda: tag("Tommy", synonym_of=canonical("Tom")), refusals.IsSynonym,
    ),
    "a parent that waits": (
        lambda one, by: wrangling.change_parents(one, add=[tag("The Hook", "fandom")], by=by),
        lambda: tag("Tom"), refusals.NotCanonical,
    ),
    "a meta tag that waits": (
        lambda one, by: wrangling.change_metatags(one, add=[tag("Bells")], by=by), lambda: canonical("Tom"), refusals.NotCanonical,
    ),
    "a meta tag of what waits": (
        lambda one, by: wrangling.change_metatags(one, add=[canonical("Bells")], by=by), lambda: tag("Tom"), refusals.NotCanonical,
    ),
    "a meta tag of another kind": (
        lambda one, by: wrangling.change_metatags(one, add=[canonical("Fog", "freeform")], by=by),
        lambda: canonical("Tom"), refusals.OtherKind,
    ),
    "its own meta tag": (
        lambda one, by: wrangling.change_metatags(one, add=[one], by=by), lambda: canonical("Tom"), refusals.Itself,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_refused_in_a_sentence(wrangler, case):
    deed, made, refusal = REFUSED[case]
    one = made()

    with pytest.raises(refusal) as refused:
        deed(one, by=wrangler)

    assert str(refused.value).endswith((".", "×", ",", " "))  # a character that is named stands last
    assert not WranglingAct.objects.filter(tag=one).exists()


def test_an_administrator_cannot_give_a_name_that_is_taken():
    tag("Old Tom")

    with pytest.raises(refusals.NameTaken, match="“Old Tom”"):
        wrangling.rename(tag("Tom"), "OLD TOM", by=UserFactory(is_staff=True))


@pytest.mark.parametrize("name", ["Fog", "FOG"])
def test_no_canonical_is_made_of_a_name_that_another_kind_has(wrangler, name):
    tag("Fog", "freeform")

    with pytest.raises(refusals.OtherKind):
        wrangling.canonical_named(name, Kind.objects.get(pk="character"), by=wrangler)


def test_many_at_once_answer_for_each(wrangler):
    tom = canonical("Old Tom")
    good, same, other_kind = tag("Tommy"), tag("Thomas", synonym_of=tom), tag("Fog", "freeform")

    outcomes = wrangling.each([good, same, other_kind, tom], partial(wrangling.merge, into=tom, by=wrangler))

    assert [outcome.tag for outcome in outcomes] == [good, same, other_kind, tom]
    assert [outcome.act and outcome.act.verb for outcome in outcomes] == [Verb.MERGED, None, None, None]
    assert [type(outcome.refusal) for outcome in outcomes] == [type(None), type(None), refusals.OtherKind, refusals.Itself]
    assert names(tom.synonyms) == ["Thomas", "Tommy"]


def test_every_refusal_is_an_archives_own():
    assert all(
        issubclass(one, ArchiveError)
        for one in vars(refusals).values()
        if isinstance(one, type) and one.__module__ == refusals.__name__
    )
