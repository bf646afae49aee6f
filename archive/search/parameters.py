"""What the address of a listing asks for, under the names that AO3 gave the parameters (facts: filter form)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from archive.tags.models import RATING, WARNING
from archive.tags.naming import from_path, split_names
from archive.text.fields import folded_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

PAGE, COMMIT, EDIT, DEFAULT, OFF = "page", "commit", "edit_search", "default", "off"
OF_NO_WORK = {PAGE, COMMIT, DEFAULT, "utf8", EDIT}  # what is not kept where something else is changed
# Beside the page's own tag, a tag by its id or name.
BY_NAME = "tag_id"  # which AO3 fills with the name, as it stands in addresses
PLACES = (BY_NAME, "fandom_id")

LISTED = re.compile(r"(?P<way>include_work_search|exclude_work_search|work_search)\[(?P<kind>[\w-]+)_ids\](?:\[\d*\])?")
NAMED = re.compile(r"work_search\[(?P<kind>[\w-]+)_names\]")
SAID = re.compile(r"work_search\[(?P<name>\w+)\]")
ANYTHING = re.compile(r"(?:include_|exclude_)?work_search\[")

# Kinds whose parameters are not named as they are here. AO3 had both names for the warnings.
CODES = {"archive_warning": WARNING}
PARAMETERS = {code: name for name, code in CODES.items()}
OTHER, EXCLUDED = "other_tag", "excluded_tag"
HIGHEST = 2**63 - 1  # no row of PostgreSQL has a higher number, and it refuses to look for one
NOBODY = 0  # the number of no tag
MOST_TAGS = 100  # that works are asked to bear, and as many not to: each stands on the page with the address of all others

type Pairs = list[tuple[str, str]]


def parameter_of(kind: str) -> str:
    """Answer what a kind of tags is called in parameters and in the ids of the form."""
    return PARAMETERS.get(kind, kind)


def field_name(name: str) -> str:
    """Answer the parameter that a field of the form sends."""
    return f"work_search[{name}]"


@dataclass(frozen=True, slots=True)
class AskedTag:
    """A tag that works must or must not bear, by its id or by its name, and the parameter that said so."""

    key: str
    value: str  # with `key`, what stands in the address; of a list of names the one name
    kind: str  # as the parameter has it; empty where it is of any
    is_out: bool = False
    pk: int | None = None

    @property
    def name(self) -> str:
        """The name, where it is asked for by its name."""
        return from_path(self.value)

    @property
    def folded(self) -> str:
        """The name in the form by which to look for it."""
        return folded_key(self.name)


@dataclass(frozen=True, slots=True)
class Asked:
    """All that an address asks for."""

    pairs: Pairs
    tags: list[AskedTag]
    said: dict[str, str]  # by the name of the field
    is_bare: bool

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Read the parameters of an address. What is empty asks for nothing."""
        pairs = [
            (key, bare) for key, values in query.lists() for value in values if (bare := value.replace("\0", "").strip())
        ]  # PostgreSQL has no character zero
        tags = [tag for key, value in pairs for tag in _tags(key, value)]
        said = {found["name"]: value for key, value in pairs if (found := SAID.fullmatch(key)) and not _tags(key, value)}
        # Of a work's one rating only one can be asked for.
        last = next((tag for tag in reversed(tags) if tag.kind == RATING and not tag.is_out), None)
        tags = [tag for tag in dict.fromkeys(tags) if tag.kind != RATING or tag.is_out or tag == last]
        is_bare = not any(key in {COMMIT, DEFAULT, *PLACES} or ANYTHING.match(key) for key, _ in pairs)
        return cls(pairs, tags, said, is_bare)

    @property
    def asks_for_something(self) -> bool:
        """Whether anything here says which works are wanted, beside in which order."""
        return bool(self.tags) or any(not name.startswith("sort_") for name in self.said)

    def kept(self) -> Pairs:
        """Answer what asks for works, without what says how to show them."""
        return [(key, value) for key, value in self.pairs if key not in OF_NO_WORK]

    def without(self, *names: str) -> Pairs:
        """Answer what is kept, without what was said under these names."""
        keys = {field_name(name) for name in names}
        return [(key, value) for key, value in self.kept() if key not in keys]

    def without_tag(self, tag: AskedTag) -> Pairs:
        """Answer what is kept, without one of the tags."""
        if tag.pk is None and NAMED.fullmatch(tag.key):
            kept = [(key, _without_name(value, tag.value) if key == tag.key else value) for key, value in self.kept()]
        else:
            kept = [pair for pair in self.kept() if pair != (tag.key, tag.value)]
        return [pair for pair in kept if pair[1]]


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """Answer a query string, its brackets as people know them from AO3."""
    return urlencode(list(pairs), safe="[]")


def _tags(key: str, value: str) -> list[AskedTag]:
    if found := LISTED.fullmatch(key):
        kind, is_out = CODES.get(found["kind"], found["kind"]), found["way"].startswith("exclude")
        return [AskedTag(key, value, kind, is_out, _number(value))]
    if found := NAMED.fullmatch(key):
        is_out, kind = found["kind"] == EXCLUDED, found["kind"]
        return [
            AskedTag(key, name, "" if kind in {OTHER, EXCLUDED} else CODES.get(kind, kind), is_out)
            for name in split_names(value)
            if folded_key(name)
        ]
    if key in PLACES:
        return [AskedTag(key, value, "", pk=None if key == BY_NAME else _number(value))]
    return []


def _number(value: str) -> int | None:
    """Answer the id that is written here; None where a name is."""
    if not (value.isascii() and value.isdecimal()):
        return None
    return int(value) if len(value) <= len(str(HIGHEST)) and int(value) <= HIGHEST else NOBODY


def _without_name(value: str, name: str) -> str:
    return ", ".join(kept for kept in split_names(value) if kept != name)
