"""Makes answers of rows that were got through their doors. Of a work's tags it reads what its reader may see, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.addresses import address
from archive.tags.labels import tag_address
from archive.tags.models import WARNING
from archive.transfer.linking import whole
from archive.transfer.taking import formats, names
from archive.warnings.headers import TELL_NOTHING, header_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.tags.labels import Label
    from archive.tags.models import Tag
    from archive.warnings.advisories import Advisory
    from archive.warnings.headers import Header
    from archive.warnings.readers import Reader
    from archive.works.chapters import Chapter
    from archive.works.gathering import Maker
    from archive.works.languages import Language
    from archive.works.models import Work
    from archive.works.series import Series

type Json = dict[str, Any]


def api(name: str, *parts: int | str) -> str:
    """Answer the whole address of something in the API."""
    return whole(address(f"answering:{name}", *parts))


def tag(one: Label | Tag) -> Json:
    """Answer a tag by its name."""
    return {"id": one.pk, "name": one.name, "kind": one.kind_id, "url": whole(tag_address(one.name))}


def tags(some: Iterable[Label | Tag]) -> list[Json]:
    """Answer tags by their names."""
    return [tag(one) for one in some]


def author(maker: Maker) -> Json:
    """Answer a name under a work."""
    return {"name": maker.name, "username": maker.username, "url": whole(maker.get_absolute_url)}


def series_name(one: Series) -> Json:
    """Answer a series by its title."""
    return {"id": one.pk, "title": one.title, "url": whole(one.get_absolute_url()), "api_url": api("series", one.pk)}


def language(one: Language | None) -> Json | None:
    """Answer a language."""
    return {"code": one.code, "name": one.name, "direction": one.direction} if one else None


def warnings(header: Header) -> Json:
    """Answer the warnings of a work that may be named, and whether there are others."""
    return {"hidden": header.has_unnamed_warnings, "tags": tags(header.warnings)}


def blurb(work: Work, *, reader: Reader, naming: bool) -> Json:
    """Answer a work of `for_pages` as it stands in a list."""
    return of_header(header_of(work, reader=reader, naming=naming))


def of_header(header: Header) -> Json:
    """Answer a work by what its reader may see of its tags."""
    work, listed = header.work, header.listed()
    counts = work.counts
    return {
        "id": work.pk,
        "title": str(work),
        "rating": tag(header.rating) if header.rating else None,
        "warnings": warnings(header),
        "authors": [author(maker) for maker in work.makers],
        "fandoms": tags(header.fandoms),
        "categories": tags(header.categories),
        **{css: tags(labels) for css, labels in listed.items()},
        "summary": str(work.summary),
        "language": language(work.language),
        "series": [
            {
                "id": place.pk, "title": place.title, "position": place.position, "url": whole(place.get_absolute_url),
                "api_url": api("series", place.pk),
            }
            for place in work.places
        ],
        "stats": {
            "words": work.word_count, "chapters": work.chapter_count, "expected_chapters": work.expected_chapters,
            "hits": counts.hits, "kudos": counts.kudos, "comments": counts.comments, "bookmarks": counts.bookmarks,
        },
        "published_at": work.published_at,
        "revised_at": work.revised_at,
        "is_complete": work.is_complete,
        "is_restricted": work.is_restricted,
        "url": whole(work.get_absolute_url()),
        "api_url": api("work", work.pk),
    }  # fmt: skip


def advisory(one: Advisory) -> Json:
    """Answer what comes before the text."""
    header = one.header
    return {
        "rating": tag(header.rating) if header.rating else None,
        "warnings": warnings(header),
        "chapter_warnings": {"hidden": one.has_unnamed_chapter_warnings, "tags": tags(one.chapter_warnings)},
        "content_notes": [str(notes) for notes in one.content_notes],
        "needs_consent": one.is_needed,
    }


def work_detail(one: Advisory, *, is_open: bool) -> Json:
    """Answer a work without its text; its notes stand behind the advisory as the text does."""
    work = one.work
    return {
        **of_header(one.header),
        "advisory": advisory(one),
        "notes": str(work.notes) if is_open else None,
        "endnotes": str(work.endnotes) if is_open else None,
        "chapters_url": api("chapters", work.pk),
        "downloads": [
            {
                "format": form.extension, "content_type": form.content_type,
                "url": whole(names.download_address(work, form.extension)),
            }
            for form in formats.available(work)
        ],
    }  # fmt: skip


def chapter(one: Chapter, number: int, *, work: Work, hides: bool) -> Json:
    """Answer a posted chapter without its text. A work bears the warnings of its posted chapters."""
    warned = [label for label in work.labels if label.kind_id == WARNING and label.pk in work.warned.get(one.pk, ())]
    named = [label for label in warned if not hides or label.code in TELL_NOTHING]
    return {
        "id": one.pk,
        "number": number,
        "title": one.title,
        "words": one.word_count,
        "published_at": one.published_at,
        "warnings": {"hidden": len(named) < len(warned), "tags": tags(named)},
        "url": whole(one.get_absolute_url()),
        "api_url": api("chapter", work.pk, one.pk),
    }
