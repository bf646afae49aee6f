"""A work as it goes into a file: all that stands round its words, and the words one chapter after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.charter.context import charter_of_late
from archive.reading import pages
from archive.text.stylesheets import CLEANER_VERSION
from archive.transfer import freshness
from archive.works import skins
from archive.works.skins import Skin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from archive.text.cleaning import CleanHTML
    from archive.transfer.taking.formats import Format
    from archive.warnings.advisories import Advisory
    from archive.warnings.headers import Group, Header
    from archive.warnings.opening import Passed
    from archive.works.chapters import Chapter
    from archive.works.gathering import Related
    from archive.works.models import Work

NOT_RATED = "rating-notrated"


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing that the advisory says: a term, and the sentence that explains it."""

    term: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Association:
    """Somebody for whom the work is, or a work that it came from or that came from it, as this reader may know it."""

    label: str
    title: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.title} ({self.url})" if self.url else self.title


@dataclass(frozen=True, slots=True)
class Book:
    """A work whose advisory was met, for one reader, about to be written into a file."""

    passed: Passed
    archive: str
    skin: Skin | None = None
    site: str = field(default_factory=lambda: settings.SITE_ADDRESS)

    @property
    def advisory(self) -> Advisory:
        """What this reader is told before the words."""
        return self.passed.advisory

    @property
    def header(self) -> Header:
        """The tags that this reader may see."""
        return self.advisory.header

    @property
    def work(self) -> Work:
        """The work."""
        return self.advisory.work

    @property
    def title(self) -> str:
        """The work's title."""
        return str(self.work)

    @property
    def url(self) -> str:
        """The work's address, with the archive's before it."""
        return f"{self.site}{self.work.get_absolute_url()}"

    @property
    def language(self) -> str:
        """The code of the language that it is in."""
        return self.work.language.code if self.work.language else ""

    @property
    def direction(self) -> str:
        """The way in which its lines run."""
        return self.work.language.direction if self.work.language else "ltr"

    @property
    def bylines(self) -> list[str]:
        """The names under the work. An anonymous maker's is not among what a work was gathered with."""
        return [maker.byline for maker in self.work.makers]

    @property
    def groups(self) -> list[Group]:
        """The tags, kind by kind, under the labels that tools know."""
        return self.header.groups()

    @property
    def is_chaptered(self) -> bool:
        """Whether its chapters have heads of their own."""
        chapters = self.passed.chapters
        return len(chapters) > 1 or self.work.is_chaptered or any(pages.says_something(chapter) for chapter in chapters)

    @property
    def content_notes(self) -> list[CleanHTML]:
        """The author's own words about the whole work, where they may be shown."""
        return self.advisory.work_content_notes

    @property
    def associations(self) -> list[Association]:
        """For whom it is, and the works round it. Those that are not open to this reader have no name."""
        found = pages.Associations.of(self.work, viewer=self.passed.reader.user)
        said = [Association(_("For"), one.byline, f"{self.site}{one.get_absolute_url}") for one in self.work.recipients]
        for source, is_open in found.sources:
            label = _("A translation of") if source.is_translation else _("Inspired by")
            said.append(self._related(label, source) if is_open else Association(label, _("a work that is not open to you")))
        into = _("Translation into %(language)s")
        return said + [self._related(into % {"language": one.language}, one) for one in found.translations]

    @property
    def inspired(self) -> list[Association]:
        """The works that came from it, as this reader may know them."""
        label = _("Works inspired by this one")
        return [self._related(label, one) for one in pages.Associations.of(self.work, viewer=self.passed.reader.user).inspired]

    def _related(self, label: str, one: Related) -> Association:
        """Answer a related work that this reader may know."""
        author = one.author or ", ".join(maker.byline for maker in one.makers)
        title = _("%(title)s by %(author)s") % {"title": one.title, "author": author} if author else one.title
        return Association(label, title, one.address or f"{self.site}{one.get_absolute_url}")

    def stylesheet(self, scope: str) -> str:
        """Answer what the author's skin says of the text, as a file may hold it; nothing without one."""
        layers = self.skin.layers() if self.skin else []
        return "\n".join(skins.stylesheet_of(one.kind, one.source).in_file(scope=scope) for one in layers)

    @property
    def changed_at(self) -> datetime:
        """When the newest of its words was saved, or what stands round them changed."""
        moments = [version.changed_at for version in self.passed.versions.values()]
        return max([*moments, *filter(None, [self.work.changed_at])])

    @property
    def stats(self) -> str:
        """The numbers in one line, in the words that tools look for."""
        work, said = self.work, []
        if work.published_at:
            said.append(f"Published: {timezone.localdate(work.published_at)}")
        if work.is_chaptered and work.revised_at:
            said.append(f"{'Completed' if work.is_complete else 'Updated'}: {timezone.localdate(work.revised_at)}")
        return " ".join([*said, f"Words: {intcomma(work.word_count)}", f"Chapters: {work.chapters_of_expected}"])

    def chapters(self) -> Iterator[pages.OpenChapter]:
        """Give the chapters with their words, few in memory at a time. Raises `opening.ChangedMeanwhile`."""
        for number, one in enumerate(self.passed.read(), start=1):
            yield pages.opened_chapter(self.advisory, one, number)

    def sayings(self) -> list[Saying]:
        """Answer what the advisory says, thing by thing, as its page does."""
        header, said = self.header, []
        if header.rating:
            rating = header.rating
            term = rating.name if rating.code == NOT_RATED else _("Rated %(rating)s") % {"rating": rating.name}
            said.append(Saying(term, rating.explanation))
        unnamed = _("You have asked not to be told which.")
        if header.has_unnamed_warnings:
            said.append(Saying(_("This work has warnings"), unnamed))
        said += [Saying(tag.name, tag.explanation) for tag in header.warnings]
        if self.advisory.has_unnamed_chapter_warnings and not header.has_unnamed_warnings:
            said.append(Saying(_("Single chapters have warnings"), unnamed))
        if self.advisory.chapter_warnings:
            said.append(Saying(_("In single chapters"), ", ".join(tag.name for tag in self.advisory.chapter_warnings)))
        return said

    def digest(self) -> str:
        """Answer a key of all that a file of it holds: whatever changes, it is another. The words count by their versions."""
        work, advisory = self.work, self.advisory
        seen = (
            self.archive,
            self.site,
            *work.shown_of_it,
            self.stats,
            self.changed_at,
            work.notes,
            work.endnotes,
            work.kinds_in_json,
            self.passed.says_which,
            advisory.header.has_unnamed_warnings,
            advisory.has_unnamed_chapter_warnings,
            [(tag.pk, tag.name) for tag in advisory.chapter_warnings],
            get_language(),
            [str(notes) for notes in advisory.content_notes],
            [(_told_of(chapter), self.passed.versions[chapter.pk]) for chapter in self.passed.chapters],
            work.warned_in_json,
            work.chapter_makers_in_json,
            self.associations,
            self.inspired,
            ([layer.digest for layer in self.skin.layers()], CLEANER_VERSION) if self.skin else (),
        )
        return freshness.digest_of(*seen)


def _told_of(chapter: Chapter) -> tuple[object, ...]:
    """Answer all that a file shows of a chapter beside its words."""
    return (
        chapter.pk,
        chapter.title,
        str(chapter.summary),
        str(chapter.notes),
        str(chapter.endnotes),
        str(chapter.content_notes),
        chapter.published_at,
    )


def file_key(book: Book, form: Format) -> str:
    """Answer the name under which a file of a book is kept: another for every version."""
    return f"{book.digest()}-{form.edition}.{form.extension}"


def book_of(passed: Passed) -> Book:
    """Answer a work for its files, once its advisory was met."""
    worn = passed.advisory.work.skin_id
    return Book(passed, charter_of_late().name, Skin.objects.worn(worn).with_parents().first() if worn else None)
