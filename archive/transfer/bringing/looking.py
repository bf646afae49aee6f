"""What an author is shown of a batch: every file, the draft that came of it, and what this draft still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from archive.tags.models import FANDOM, RATING, WARNING, Kind
from archive.text import decoding
from archive.transfer.bringing.models import BroughtFile
from archive.works.models import Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.people.models import User
    from archive.tags.labels import Label
    from archive.transfer.bringing.models import Batch

FILES_ON_A_PAGE = 50
State = BroughtFile.State
SHOWN_OF_TAGS = (RATING, WARNING, FANDOM)


@dataclass(frozen=True, slots=True)
class Row:
    """A file with its draft, where it has one that its author may change."""

    file: BroughtFile
    work: Work | None
    missing: Sequence[str]

    @property
    def is_ready(self) -> bool:
        """Whether its draft could be posted as it is."""
        return self.file.state == State.READ and self.work is not None and self.work.is_draft and not self.missing

    @property
    def tags(self) -> list[Label]:
        """What readers will be told first, and the fandoms."""
        return [label for kind in SHOWN_OF_TAGS for label in self.work.labels if label.kind_id == kind] if self.work else []

    @property
    def encoding_name(self) -> str:
        """How its letters were read, where that was found out or said."""
        return decoding.ENCODINGS.get(self.file.claims.get("encoding", ""), "")

    @property
    def can_be_read_again(self) -> bool:
        """Whether its author can say that its letters are written otherwise."""
        if self.file.state == State.FAILED:
            return self.file.has_bytes
        return bool(self.encoding_name) and self.file.state == State.READ and self.work is not None and self.work.is_draft


def rows(files: Iterable[BroughtFile], *, by: User) -> list[Row]:
    """The files with their drafts, in a number of questions that does not grow with them."""
    shown = list(files)
    wanted = {file.work_id for file in shown if file.work_id}
    works = {work.pk: work for work in Work.objects.editable_by(by).for_pages().filter(pk__in=wanted)} if wanted else {}
    kinds = list(Kind.objects.filter(is_on_works=True, is_required=True)) if works else []
    return [Row(file, work, missing_from(work, kinds) if work else ()) for file in shown for work in [works.get(file.work_id or 0)]]


def missing_from(work: Work, kinds: Iterable[Kind]) -> list[str]:
    """What a draft lacks before it can be posted, in words; `publishing.missing_from` has the last say."""
    borne = {label.kind_id for label in work.labels}
    missing = [] if work.title else [_("title")]
    missing += [] if work.language_id else [_("language")]
    return missing + [kind.name for kind in kinds if kind.code not in borne]


def page_of_files(batch: Batch) -> Paginator[BroughtFile]:
    """The files of a batch, page by page."""
    return Paginator(batch.files.shown().with_bytes().in_order(), FILES_ON_A_PAGE)


def ready(batch: Batch, *, by: User) -> list[Row]:
    """The drafts of a batch that could be posted as they are, each once."""
    found = rows(batch.files.filter(state=State.READ).in_order(), by=by)
    return list({row.work.pk: row for row in reversed(found) if row.is_ready and row.work}.values())[::-1]
