"""The feed of a member's bookmarks: what they keep for all to see, the advisory of each work before their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from archive import paging
from archive.charter.context import charter_of_late
from archive.community.models import Bookmark
from archive.search import bookmark_lists
from archive.text.leaving import with_whole_addresses
from archive.transfer import atom, freshness, introducing
from archive.transfer.atom import Category, Entry, Feed, Link
from archive.transfer.feeding.listing_feeds import ENTRIES, Ways
from archive.transfer.linking import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.charter.models import Charter
    from archive.people.models import User
    from archive.transfer.introducing import Introduction
    from archive.warnings.readers import Reader


@dataclass(frozen=True, slots=True)
class BookmarkFeed:
    """A page of a member's public bookmarks, each with the work that it is of."""

    title: str
    archive: Charter
    person: int
    ways: Ways
    kept: Sequence[tuple[Bookmark, Introduction]]

    def digest(self) -> str:
        """Answer a digest of all that it shows."""
        told = [
            (one.pk, one.changed_at, one.is_rec, one.tag_names, one.notes, one.pseud.byline, work.shown) for one, work in self.kept
        ]
        return freshness.digest_of(self.archive.name, self.title, self.ways, told)

    def draw(self) -> bytes:
        """Answer it as it is sent."""
        return atom.written(
            Feed(
                id=introducing.tag_of("feed", f"bookmarks:{self.person}"),
                title=_("%(title)s · %(archive)s") % {"title": self.title, "archive": self.archive.name},
                updated=max(
                    (one.changed_at for one, _work in self.kept), default=self.archive.founded_at or introducing.BEFORE_ALL
                ),
                links=self.ways.links(),
                people=() if all(work.people for _one, work in self.kept) else [atom.Person(self.archive.name, "")],
                entries=[atom.entry_written(entry_of(one, work)) for one, work in self.kept],
            )
        )


def entry_of(bookmark: Bookmark, work: Introduction) -> Entry:
    """Answer the entry of a bookmark. It changes when what its owner says does; when the work does is for the work's own feed."""
    said = _("Recommended by %(name)s") if bookmark.is_rec else _("Bookmarked by %(name)s")
    parts = [
        work.summary(),
        format_html("<p>{}</p>", said % {"name": bookmark.pseud.byline}),
        with_whole_addresses(bookmark.notes, site=settings.SITE_ADDRESS),
    ]
    scheme = introducing.tag_of("kind", "bookmark")
    return Entry(
        id=introducing.tag_of("bookmark", bookmark.pk, since=bookmark.made_at),
        title=str(work.work),
        updated=bookmark.changed_at,
        published=bookmark.made_at,
        people=work.people,
        categories=[*work.categories, *(Category(name, scheme, name) for name in bookmark.tag_names)],
        links=[
            Link(rel="alternate", href=work.url, type="text/html"),
            Link(rel="related", href=whole(bookmark.get_absolute_url()), type="text/html"),
        ],
        summary=introducing.quoted(parts),
        language=work.language,
    )


def feed_of(person: User, number: int, *, reader: Reader) -> BookmarkFeed:
    """Answer a page of the feed of what a member bookmarks, of works that this reader may find. A page that is none is a 404."""
    there = Bookmark.objects.visible_to(reader.user).public().by(person).exclude(work=None).latest_first()
    page = paging.page_of(Paginator(there.with_names().defer("notes_source"), ENTRIES), number)
    shown = bookmark_lists.blurbs_with(page.object_list, reader=reader)
    kept = [(one.bookmark, introducing.introduction_of(one.work.work, reader=reader)) for one in shown if one.work]
    path = reverse("user_bookmarks", args=[person.username])
    ways = Ways(path=f"{path}/feed.atom", query=[], number=number, last=page.paginator.num_pages, page=path)
    return BookmarkFeed(_("Bookmarks by %(name)s") % {"name": person.username}, charter_of_late(), person.pk, ways, kept)
