"""Blurbs: a work in a listing, as one reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from archive.drawing import draw
from archive.tags.models import WARNING
from archive.warnings import leaving_out
from archive.warnings.headers import Header, header_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from archive.tags.labels import Label
    from archive.warnings.readers import Reader
    from archive.works.models import Work


@dataclass(frozen=True)
class Blurb:
    """A work in a listing. The work is of `for_pages`."""

    work: Work
    reader: Reader

    @cached_property
    def header(self) -> Header:
        """The tags of the work that the reader may see."""
        return header_of(self.work, reader=self.reader)

    @cached_property
    def reasons(self) -> leaving_out.Reasons:
        """Why the reader leaves the work out."""
        return leaving_out.reasons(self.work, reader=self.reader)

    @property
    def named_reasons(self) -> list[Label]:
        """The tags for which the reader leaves the work out, those that they want named."""
        return [tag for tag in self.reasons.tags if not self.hides_which or tag.kind_id != WARNING]

    @property
    def is_folded(self) -> bool:
        """Whether the reader leaves it out and wants to be told so."""
        return bool(self.reasons)

    @property
    def hides_which(self) -> bool:
        """Whether the reader would rather not know which warnings there are."""
        return self.reader.hides_which_of(self.work)

    def drawn(self) -> SafeString:
        """The blurb as it stands on the page. Whether its reader may see it was decided when the work was got."""
        return self._drawn("components/blurb.html", "components/blurb.html")

    def drawn_body(self) -> SafeString:
        """What stands in the blurb, for lists whose items are something else."""
        return self._drawn("components/blurb_body.html", "components/blurb_folded.html")

    def _drawn(self, template: str, folded: str) -> SafeString:
        context = {"blurb": self}
        if self.is_folded:
            return render_to_string(folded, context)
        return draw(template, context, of=(self.hides_which, self.work.tally_in_json, *self.work.shown_of_it))


def blurbs_of(works: Iterable[Work], *, reader: Reader) -> list[Blurb]:
    """Answer the blurbs of works got by `for_pages`."""
    return [Blurb(work, reader) for work in works]
