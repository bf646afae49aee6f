"""All that stands round a work on a page, its tags, makers and series, as columns in JSON beside its own.

As model instances these are a thousand objects on a page of twenty works, and most of its time (docs/running/measuring.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from archive.addresses import address

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
