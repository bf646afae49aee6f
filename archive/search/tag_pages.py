"""What the page of a tag says: what it belongs to, what belongs to it, what it is called elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from archive.search import finding
from archive.search.selecting import known_tags
from archive.search.selections import Selection
from archive.tags.models import MEDIA, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.tags.models import Kind
    from archive.warnings.readers import Reader

LONGEST_LIST = 300  # tags, as on AO3; the search for tags has the rest
DEEPEST = 6  # levels of meta or sub tags

LINKS = """
WITH RECURSIVE links (id, beside, depth) AS (
    SELECT {far}, {near}, 1 FROM archive_tag_metatags WHERE {near} = %(tag)s
  UNION
    SELECT link.{far}, link.{near}, links.depth + 1
      FROM links JOIN archive_tag_metatags AS link ON link.{near} = links.id WHERE links.depth < %(deepest)s
)
SELECT DISTINCT links.beside, tag.folded, tag.name, tag.id
  FROM links JOIN archive_tag AS tag ON tag.id = links.id
 WHERE tag.is_canonical ORDER BY tag.folded, tag.id, links.beside LIMIT %(most)s
"""
LINKS_UP = LINKS.format(near="from_tag_id", far="to_tag_id")
LINKS_DOWN = LINKS.format(near="to_tag_id", far="from_tag_id")


@dataclass(frozen=True, slots=True)
class Branch:
    """A tag with those that hang on it."""

    tag: Tag
    branches: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Children:
    """The tags of one kind that belong to a tag, the most used ones."""

    kind: Kind
    tags: list[Tag]

    @property
    def has_more(self) -> bool:
        """Whether there may be more of them than stand here."""
        return len(self.tags) >= LONGEST_LIST


@dataclass(frozen=True, slots=True)
class TagPage:
    """A tag and what stands round it."""

    tag: Tag
    canonical: Tag | None
    parents: list[Tag]
    metatags: list[Branch]
    subtags: list[Branch]
    synonyms: list[Tag]
    children: list[Children]
    works: int


def page_of(tag: Tag, *, reader: Reader) -> TagPage:
    """Answer what can be said of a tag to this reader."""
    found = finding.find(Selection(include=(tag.pk,)), reader=reader, start=0, limit=1, with_facets=False)
    return TagPage(
        tag=tag,
        canonical=Tag.objects.filter(synonyms=tag).first(),
        parents=list(tag.parents.order_by("folded")),
        metatags=_tree(tag, LINKS_UP),
        subtags=_tree(tag, LINKS_DOWN),
        synonyms=list(known_tags(reader.user).filter(synonym_of=tag).order_by("-uses", "folded")[:LONGEST_LIST]),
        children=_children(tag),
        works=found.count,
    )


def _children(tag: Tag) -> list[Children]:
    """Answer what belongs to a tag and is canonical, kind by kind; the fandoms of a type of media have a page of their own."""
    if tag.kind_id == MEDIA:
        return []
    place = Window(RowNumber(), partition_by=F("kind"), order_by=[F("uses").desc(), F("folded").asc()])
    children = Tag.objects.filter(parents=tag, is_canonical=True).annotate(place=place).filter(place__lte=LONGEST_LIST)
    ordered = children.select_related("kind").order_by("kind__position", "kind", "folded")
    return [Children(kind, list(tags)) for kind, tags in groupby(ordered, key=lambda child: child.kind)]


def _tree(tag: Tag, links: str) -> list[Branch]:
    """Answer what hangs on a tag in one direction. What hangs on several of its branches stands under the first."""
    with connection.cursor() as cursor:
        cursor.execute(links, {"tag": tag.pk, "deepest": DEEPEST, "most": LONGEST_LIST})
        rows = cursor.fetchall()
    beside: dict[int, list[Tag]] = {}
    for near, _folded, name, pk in rows:
        beside.setdefault(near, []).append(Tag(pk=pk, name=name))
    met = {tag.pk}

    def grow(near: int) -> Iterable[Branch]:
        for far in beside.get(near, []):
            if far.pk not in met:
                met.add(far.pk)
                yield Branch(far, list(grow(far.pk)))

    return list(grow(tag.pk))
