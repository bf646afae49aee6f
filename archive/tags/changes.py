"""What an act of wrangling changes: cells of tags, and links between them. It can be carried out, kept, and turned back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from django.db import connection

from archive.tags.models import Tag
from archive.text.fields import folded_key

if TYPE_CHECKING:
    from collections.abc import Iterable

PARENTS, METATAGS = "parents", "metatags"
TABLES = {PARENTS: "archive_tag_parents", METATAGS: "archive_tag_metatags"}

type Value = str | int | bool | None
type Cells = dict[int, dict[str, Value]]  # by the tag's id, then by the column
type Link = tuple[str, int, int]  # the relation, the tag, and what it hangs under

# Pairs by the ten thousand, where one large fandom becomes another spelling of another: as two arrays they are one statement.
PAIRS = "unnest(%s::bigint[], %s::bigint[]) AS pair (tag, upper)"
DELETE = f"DELETE FROM {{}} USING {PAIRS} WHERE from_tag_id = tag AND to_tag_id = upper"  # noqa: S608 # our own names
INSERT = f"INSERT INTO {{}} (from_tag_id, to_tag_id) SELECT tag, upper FROM {PAIRS} ON CONFLICT DO NOTHING"  # noqa: S608 # likewise
FIND = f"SELECT tag, upper FROM {{}} JOIN {PAIRS} ON from_tag_id = tag AND to_tag_id = upper"  # noqa: S608 # likewise
OF_TAGS = (
    "SELECT from_tag_id, to_tag_id FROM {0} WHERE from_tag_id = ANY(%s)"
    " UNION SELECT from_tag_id, to_tag_id FROM {0} WHERE to_tag_id = ANY(%s)"
)


@dataclass(slots=True)
class Changes:
    """Cells as they were and as they are, links that went and links that came."""

    before: Cells = field(default_factory=dict)
    after: Cells = field(default_factory=dict)
    gone: set[Link] = field(default_factory=set)
    come: set[Link] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.after or self.gone or self.come)

    @property
    def touched(self) -> set[int]:
        """The ids of all tags in it."""
        return {*self.after, *(pk for _, *ends in (*self.gone, *self.come) for pk in ends)}

    def tags_with(self, column: str) -> list[int]:
        """The ids of the tags of which this column changes."""
        return [pk for pk, cells in self.after.items() if column in cells]

    def put(self, tag: Tag, **cells: Value) -> Self:
        """Have these columns of a tag hold these values."""
        for column, value in cells.items():
            if (held := getattr(tag, column)) != value:
                self.before.setdefault(tag.pk, {})[column] = held
                self.after.setdefault(tag.pk, {})[column] = value
        return self

    def link(self, links: Iterable[Link]) -> Self:
        """Have these links come that are not there yet."""
        self.come |= set(links) - present(set(links))
        return self

    def unlink(self, links: Iterable[Link]) -> Self:
        """Have these links, which are there, go."""
        self.gone |= set(links)
        return self

    def turned_back(self) -> Changes:
        """The same changes, backwards."""
        return Changes(before=self.after, after=self.before, gone=self.come, come=self.gone)

    def are_as_left(self) -> bool:
        """Whether all that these changes touched is still as they left it."""
        tags = Tag.objects.in_bulk(self.after)
        for pk, cells in self.after.items():
            if pk not in tags or any(getattr(tags[pk], column) != value for column, value in cells.items()):
                return False
        ends = {pk for _, *pair in self.gone for pk in pair} - tags.keys()
        if Tag.objects.filter(pk__in=ends).count() != len(ends):
            return False  # a link could come back to nothing
        return present(self.come) == self.come and not present(self.gone)

    def carry_out(self) -> None:
        """Write all of it. Each tag is written once, so that the database's own rules about its columns hold throughout."""
        _write(DELETE, self.gone)
        alike: dict[tuple[tuple[str, Value], ...], list[int]] = defaultdict(list)
        for pk, cells in self.after.items():
            alike[tuple(sorted(cells.items()))].append(pk)
        for values, pks in alike.items():
            written: dict[str, Any] = dict(values)
            if "name" in written:
                written["folded"] = folded_key(written["name"])
            Tag.objects.filter(pk__in=pks).update(**written)
        _write(INSERT, self.come)

    def kept_before(self) -> dict[str, Any]:
        """What the log keeps of how it was."""
        return {"tags": self.before, "links": sorted(self.gone)}

    def kept_after(self) -> dict[str, Any]:
        """What the log keeps of how it is."""
        return {"tags": self.after, "links": sorted(self.come)}

    @classmethod
    def from_kept(cls, before: dict[str, Any], after: dict[str, Any]) -> Changes:
        """Answer the changes that the log kept so."""
        cells = [{int(pk): values for pk, values in kept.get("tags", {}).items()} for kept in (before, after)]
        links = [
            {(str(relation), int(tag), int(other)) for relation, tag, other in kept.get("links", [])} for kept in (before, after)
        ]
        return cls(cells[0], cells[1], links[0], links[1])


def links_of(tags: Iterable[int]) -> list[Link]:
    """Answer all links of these tags, upwards and downwards."""
    ids = list(tags)
    found: list[Link] = []
    with connection.cursor() as cursor:
        for relation, table in TABLES.items():
            cursor.execute(OF_TAGS.format(table), [ids, ids])
            found += [(relation, tag, upper) for tag, upper in cursor.fetchall()]
    return found


def present(links: set[Link]) -> set[Link]:
    """Answer those of these links that are there."""
    there: set[Link] = set()
    with connection.cursor() as cursor:
        for relation, pairs in _by_relation(links):
            cursor.execute(FIND.format(TABLES[relation]), pairs)
            there |= {(relation, tag, upper) for tag, upper in cursor.fetchall()}
    return there


def _write(statement: str, links: set[Link]) -> None:
    with connection.cursor() as cursor:
        for relation, pairs in _by_relation(links):
            cursor.execute(statement.format(TABLES[relation]), pairs)


def _by_relation(links: set[Link]) -> list[tuple[str, tuple[list[int], list[int]]]]:
    """Answer the tags, and what they hang under, of each relation that there are links of."""
    return [
        (relation, ([tag for _, tag, _ in pairs], [upper for _, _, upper in pairs]))
        for relation in TABLES
        if (pairs := sorted(link for link in links if link[0] == relation))
    ]
