"""All that stands round a work on a page, its tags, makers and series, as columns in JSON beside its own.

As model instances these are a thousand objects on a page of twenty works, and most of its time (docs/running/measuring.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from archive.addresses import address

if TYPE_CHECKING:
    from archive.people.models import Viewer

LABELS = """
(SELECT json_agg(json_build_array(tag.id, tag.name, tag.kind_id, tag.code, tag.explanation, tag.asks_consent, tag.position)
                 ORDER BY tagging.position, tagging.id)
   FROM archive_tagging AS tagging JOIN archive_tag AS tag ON tag.id = tagging.tag_id
  WHERE tagging.work_id = archive_work.id)::text
"""
MAKERS = """
(SELECT json_agg(json_build_array(pseud.user_id, pseud.name, account.username) ORDER BY made.position, made.id)
   FROM archive_creatorship AS made JOIN archive_pseud AS pseud ON pseud.id = made.pseud_id
   JOIN archive_user AS account ON account.id = pseud.user_id
  WHERE made.work_id = archive_work.id)::text
"""
CHAPTER_MAKERS = """
(SELECT json_agg(json_build_array(made.chapter_id, pseud.user_id, pseud.name, account.username) ORDER BY made.id)
   FROM archive_chaptercreatorship AS made JOIN archive_chapter AS chapter ON chapter.id = made.chapter_id
   JOIN archive_pseud AS pseud ON pseud.id = made.pseud_id JOIN archive_user AS account ON account.id = pseud.user_id
  WHERE chapter.work_id = archive_work.id)::text
"""
PLACES = """
(SELECT json_agg(json_build_array(series.id, series.title, entry.position) ORDER BY entry.id)
   FROM archive_seriesentry AS entry JOIN archive_series AS series ON series.id = entry.series_id
  WHERE entry.work_id = archive_work.id)::text
"""
# Beside each place the works before and after it that guests may open, and those that members may.
NEIGHBOURS = """
(SELECT json_agg(json_build_array({before_for_guests}, {after_for_guests}, {before}, {after}) ORDER BY entry.id)
   FROM archive_seriesentry AS entry WHERE entry.work_id = archive_work.id)::text
"""
NEIGHBOUR = """
(SELECT other.work_id FROM archive_seriesentry AS other JOIN archive_work AS beside ON beside.id = other.work_id
  WHERE other.series_id = entry.series_id AND (other.position, other.id) {side} (entry.position, entry.id)
    AND beside.published_at IS NOT NULL AND beside.deleted_at IS NULL {access}
  ORDER BY other.position {order}, other.id {order} LIMIT 1)
"""
FOR_GUESTS = "AND NOT beside.is_restricted"
NEIGHBOURS = NEIGHBOURS.format(
    before_for_guests=NEIGHBOUR.format(side="<", order="DESC", access=FOR_GUESTS),
    after_for_guests=NEIGHBOUR.format(side=">", order="ASC", access=FOR_GUESTS),
    before=NEIGHBOUR.format(side="<", order="DESC", access=""),
    after=NEIGHBOUR.format(side=">", order="ASC", access=""),
)
# Of gifts to members those that they have taken.
RECIPIENTS = """
(SELECT json_agg(json_build_array(coalesce(pseud.name, gift.name), coalesce(account.username, '')) ORDER BY gift.id)
   FROM archive_gift AS gift LEFT JOIN archive_pseud AS pseud ON pseud.id = gift.pseud_id
   LEFT JOIN archive_user AS account ON account.id = pseud.user_id
  WHERE gift.work_id = archive_work.id AND (gift.pseud_id IS NULL OR gift.accepted_at IS NOT NULL))::text
"""
TALLY = """
(SELECT json_build_array(tally.hits, tally.kudos, tally.comments, tally.bookmarks)
   FROM archive_tally AS tally WHERE tally.work_id = archive_work.id)::text
"""
LANGUAGE = """
(SELECT json_build_array(language.code, language.name, language.english_name, language.is_right_to_left)
   FROM archive_language AS language WHERE language.code = archive_work.language_id)::text
"""
WARNED = """
(SELECT json_agg(json_build_array(warned.chapter_id, warned.tag_id))
   FROM archive_chapter_warnings AS warned JOIN archive_chapter AS chapter ON chapter.id = warned.chapter_id
  WHERE chapter.work_id = archive_work.id)::text
"""
KINDS = """
(SELECT json_agg(json_build_array(kind.code, kind.name, kind.name_plural) ORDER BY kind.position, kind.code)
   FROM archive_kind AS kind)::text
"""
# The works that one came from, and those that came from it with its author's consent. Of one here that is not posted nothing is
# answered; whether it is for members alone is said beside it.
SOURCES = """
(SELECT json_agg(json_build_array(
            relation.is_translation, relation.address, parent.id, coalesce(parent.title, relation.title), relation.author,
            coalesce(language.name, ''), coalesce(parent.is_restricted, false), parent.makers)
        ORDER BY relation.id)
   FROM archive_relation AS relation
   LEFT JOIN LATERAL (SELECT source.id, source.title, source.language_id, source.is_restricted, {makers} AS makers
           FROM archive_work AS source
          WHERE source.id = relation.parent_id AND source.published_at IS NOT NULL AND source.deleted_at IS NULL) AS parent ON true
   LEFT JOIN archive_language AS language ON language.code = coalesce(parent.language_id, relation.language_id)
  WHERE relation.work_id = archive_work.id)::text
"""
OFFSPRING = """
(SELECT json_agg(json_build_array(
            relation.is_translation, '', source.id, source.title, '', coalesce(language.name, ''), source.is_restricted, {makers})
        ORDER BY relation.accepted_at, relation.id)
   FROM archive_relation AS relation JOIN archive_work AS source ON source.id = relation.work_id
   LEFT JOIN archive_language AS language ON language.code = source.language_id
  WHERE relation.parent_id = archive_work.id AND relation.accepted_at IS NOT NULL
    AND source.published_at IS NOT NULL AND source.deleted_at IS NULL)::text
"""
MAKERS_OF_SOURCE = """
(SELECT json_agg(json_build_array(pseud.user_id, pseud.name, account.username) ORDER BY made.position, made.id)
   FROM archive_creatorship AS made JOIN archive_pseud AS pseud ON pseud.id = made.pseud_id
   JOIN archive_user AS account ON account.id = pseud.user_id WHERE made.work_id = source.id)
"""
SOURCES, OFFSPRING = (query.format(makers=MAKERS_OF_SOURCE) for query in (SOURCES, OFFSPRING))
# What the people who made a work ask of search engines and of readers: the wish of one is enough.
WISHES = """
(SELECT json_build_array(coalesce(bool_or(account.avoids_search_engines), false),
                         coalesce(bool_or(account.refuses_share_links), false))
   FROM archive_creatorship AS made JOIN archive_pseud AS pseud ON pseud.id = made.pseud_id
   JOIN archive_user AS account ON account.id = pseud.user_id
  WHERE made.work_id = archive_work.id)::text
"""
# The kinds that listings do not show: an archive's own choice, asked once for all works of a page.
UNLISTED = "(SELECT json_agg(kind.code ORDER BY kind.code) FROM archive_kind AS kind WHERE NOT kind.is_in_blurbs)::text"


def in_json(query: str) -> RawSQL:
    """Answer one of the above as a column."""
    return RawSQL(query, (), output_field=TextField(null=True))  # noqa: S611 - constants of this module


@dataclass(frozen=True, slots=True)
class Maker:
    """A name under a work."""

    user_id: int
    name: str
    username: str

    def __str__(self) -> str:
        return self.byline

    @property
    def byline(self) -> str:
        """The name, with the username behind it where the two differ; as `Pseud.byline`."""
        return self.name if self.name == self.username else f"{self.name} ({self.username})"

    @property
    def get_absolute_url(self) -> str:
        """The address that clients know authors by."""
        return address("pseud_show", self.username, self.name)


@dataclass(frozen=True, slots=True)
class Recipient:
    """For whom a work is: a member, or just a name."""

    name: str
    username: str

    def __str__(self) -> str:
        return self.byline

    @property
    def byline(self) -> str:
        """The name, with the username behind it where there is one and the two differ; as `Pseud.byline`."""
        return self.name if self.username in {"", self.name} else f"{self.name} ({self.username})"

    @property
    def get_absolute_url(self) -> str:
        """The address of what else they were given."""
        return (
            address("user_gifts", self.username) if self.username else f"{address('gifts')}?{urlencode({'recipient': self.name})}"
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A work's place in a series."""

    pk: int
    title: str
    position: int

    @property
    def get_absolute_url(self) -> str:
        """The address of the series."""
        return address("series_show", self.pk)


@dataclass(frozen=True, slots=True)
class PlaceAmong:
    """A work's place in a series, with the ways to the works before and after it that the reader may open."""

    place: Place
    previous: int | None
    next: int | None

    @property
    def previous_url(self) -> str:
        """The address of the work before."""
        return address("work_show", self.previous) if self.previous else ""

    @property
    def next_url(self) -> str:
        """The address of the work after."""
        return address("work_show", self.next) if self.next else ""


@dataclass(frozen=True, slots=True)
class Related:
    """A work that another came from, or one that came from it, as a page may name it. Where it is not open it has no name."""

    is_translation: bool
    address: str
    pk: int | None
    title: str
    author: str
    language: str
    is_restricted: bool
    makers: tuple[Maker, ...]

    @classmethod
    def read(cls, values: list[Any]) -> Related:
        """Answer it from a row of `SOURCES` or `OFFSPRING`."""
        is_translation, way, pk, title, author, language, is_restricted, makers = values
        named = tuple(Maker(*maker) for maker in makers or ())
        return cls(is_translation, way, pk, title or "", author, language, is_restricted, named)

    def is_open_to(self, viewer: Viewer) -> bool:
        """Whether this viewer may know which it is; the twin of `listed_to`."""
        return bool(self.address) or (self.pk is not None and (viewer.is_authenticated or not self.is_restricted))

    @property
    def get_absolute_url(self) -> str:
        """The address of the work, here or elsewhere."""
        return self.address or (address("work_show", self.pk) if self.pk else "")


@dataclass(frozen=True, slots=True)
class Counts:
    """What readers' doings with a work come to; as `Tally`."""

    hits: int = 0
    kudos: int = 0
    comments: int = 0
    bookmarks: int = 0


@dataclass(frozen=True, slots=True)
class NamedKind:
    """A kind of tag by its names, for the header of a work."""

    code: str
    name: str
    name_plural: str
