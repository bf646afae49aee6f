"""The text with which people tell others of a work: what it is, its advisory, its summary and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.addresses import address
from archive.text.leaving import with_whole_addresses
from archive.text.plain import plain_text
from archive.transfer import linking

if TYPE_CHECKING:
    from archive.warnings.headers import Header
    from archive.works.models import Work


def can_be_shared(work: Work) -> bool:
    """Whether a work has a text for sharing: one that is for everybody, and whose authors all let it be shared."""
    return not (work.is_draft or work.is_restricted or work.refuses_share_links)


def share_address(work: Work) -> str:
    """Answer where the text for sharing a work is; nothing where there is none."""
    return address("work_share", work.pk) if can_be_shared(work) else ""


def as_html(header: Header) -> str:
    """Answer the text as HTML for a blog or a journal, with what this header may name."""
    work = header.work
    summary = with_whole_addresses(work.summary, site=settings.SITE_ADDRESS)
    context = {"work": work, "header": header, "site": linking.whole(""), "summary": summary}
    return render_to_string("transfer/share_text.html", context).strip()


def as_text(header: Header) -> str:
    """Answer the text without any markup, for a message."""
    work = header.work
    warnings = [tag.name for tag in header.warnings] + ([_("This work has warnings")] if header.has_unnamed_warnings else [])
    said = [
        f"{work} {pgettext('author', 'by')} {', '.join(maker.byline for maker in work.makers)}",
        f"{_('Fandom:')} {', '.join(tag.name for tag in header.fandoms)}",
        f"{_('Rating:')} {header.rating.name if header.rating else ''}",
        f"{_('Warnings:')} {', '.join(warnings)}",
        f"{_('Words:')} {intcomma(work.word_count)}",
        linking.whole(work.get_absolute_url()),
    ]
    summary = plain_text(work.summary)
    return "\n".join([*said[:-1], *(["", summary, ""] if summary else []), said[-1]])
