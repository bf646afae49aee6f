"""A work as a feed or a catalogue introduces it to one reader: what they are told first, then all else but its words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from archive import drawing
from archive.text.leaving import with_whole_addresses
from archive.text.plain import plain_text
from archive.transfer.atom import Category, Person
from archive.transfer.linking import strict, whole
from archive.warnings.headers import header_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from archive.search.blurbs import Blurb
    from archive.tags.labels import Label
    from archive.warnings.headers import Header
    from archive.warnings.readers import Reader
    from archive.works.gathering import Maker
    from archive.works.models import Work

BEFORE_ALL = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # of what is there as long as the archive is


@dataclass(frozen=True)
class Introduction:
    """A work of `for_pages` for one reader."""

    work: Work
    reader: Reader
    hides_which: bool

    @cached_property
    def header(self) -> Header:
        """The tags that this reader may see."""
        return header_of(self.work, reader=self.reader)

    @property
    def id(self) -> str:
        """What feeds and catalogues know it by for ever, whatever its address and its days become."""
        return tag_of("work", self.work.pk, since=self.work.created_at)

    @property
    def url(self) -> str:
        """Its address, with the archive's before it."""
        return whole(self.work.get_absolute_url())

    @property
    def updated(self) -> dt.datetime:
        """When it last came before readers or changed, by the clock."""
        moments = [moment for moment in (self.work.arrived_at, self.work.changed_at) if moment]
        return max(moments, default=self.work.revised_at or self.work.created_at)

    @property
    def people(self) -> list[Person]:
        """All who made it, with the addresses of their works."""
        return people_of(self.work.makers)

    @property
    def language(self) -> str:
        """The code of its language."""
        return self.work.language.code if self.work.language else ""

    @property
    def categories(self) -> list[Category]:
        """The tags that this reader may see, each with its kind."""
        return [Category(tag.name, kind_address(tag.kind_id), tag.name) for tags in self.header.tags.values() for tag in tags]

    @property
    def shown(self) -> tuple[Hashable, ...]:
        """All of the work that an introduction shows, to tell by whether a client's copy is the newest."""
        work = self.work
        return (*work.shown_of_it, work.content_notes, self.updated, self.hides_which, settings.SITE_ADDRESS)

    def advisory(self, also: Iterable[Label] = ()) -> list[str]:
        """Answer what stands before everything else, sentence by sentence. `also` are the warnings of a single chapter."""
        header, said = self.header, []
        if header.rating:
            said.append(_("Rating: %(rating)s") % {"rating": header.rating.name})
        if header.has_unnamed_warnings:
            said.append(_("This work has warnings. You have asked not to be told which."))
        if header.warnings:
            said.append(_("Warnings: %(warnings)s") % {"warnings": ", ".join(tag.name for tag in header.warnings)})
        if named := [tag.name for tag in also]:
            said.append(_("In this chapter: %(warnings)s") % {"warnings": ", ".join(named)})
        if self.work.content_notes and not self.hides_which:
            said.append(_("The author says more about what is ahead; it stands before the text."))
        return said

    def summary(self, own: str = "", also: Iterable[Label] = ()) -> str:
        """Answer the advisory and the author's summary, the work's or another, as HTML."""
        said = format_html_join("", "<p>{}</p>", ((sentence,) for sentence in self.advisory(also)))
        return said + with_whole_addresses(own or self.work.summary, site=settings.SITE_ADDRESS)

    def words(self, also: Iterable[str] = ()) -> str:
        """Answer the advisory, what else is said, and the author's summary, without markup."""
        return "\n".join([*self.advisory(), *also, *filter(None, [plain_text(self.work.summary)])])


def written(works: Iterable[Introduction], write: Callable[[Introduction], bytes], kind: str) -> list[bytes]:
    """Answer works as they stand in one kind of answer; each is written anew only where something in it has changed."""
    return [drawing.write(partial(write, work), of=(kind, *work.shown)) for work in works]


def introduced(blurbs: Iterable[Blurb]) -> list[Introduction]:
    """Answer the works of a listing as their reader may see them; what the reader has folded away does not come."""
    return [Introduction(blurb.work, blurb.reader, blurb.hides_which) for blurb in blurbs if not blurb.is_folded]


def introduction_of(work: Work, *, reader: Reader) -> Introduction:
    """Answer one work as this reader may see it."""
    return Introduction(work, reader, reader.hides_which_of(work))


def people_of(makers: Iterable[Maker]) -> list[Person]:
    """Answer those under whose names something stands."""
    return [Person(maker.byline, whole(maker.get_absolute_url)) for maker in makers]


def tag_of(what: str, which: object, *, since: dt.datetime | None = None) -> str:
    """Answer a name for ever (RFC 4151), of something that is there since a day; of the archive itself without one."""
    day = (since or BEFORE_ALL).astimezone(dt.UTC)
    return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname},{day:%Y-%m-%d}:{what}:{strict(str(which))}"


def kind_address(kind: str) -> str:
    """Answer what says of which kind a tag is."""
    return tag_of("kind", kind)


def quoted(parts: Iterable[str]) -> str:
    """Answer some HTML of parts that are shown one after the other, and no word of them taken for markup."""
    return format_html_join("", "{}", ((part,) for part in parts))


def folded(title: str, html: str) -> str:
    """Answer HTML that is folded away under a title, where a client can do that."""
    return format_html("<details><summary>{}</summary>{}</details>", title, html)
