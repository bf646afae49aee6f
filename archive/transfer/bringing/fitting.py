"""Fits what a file claims into what a work here can hold. Nothing is lost in silence: each change is a remark for the author."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.errors import ArchiveError
from archive.tags import naming
from archive.tags.models import CHOSE_NOT_TO, NO_WARNINGS, WARNING, Kind, Tag
from archive.text import characters, lines
from archive.text.fields import folded_key
from archive.text.folding import fold
from archive.transfer.bringing import dividing
from archive.transfer.bringing.brought import Brought, BroughtChapter, Unreadable
from archive.works.languages import Language
from archive.works.models import NOTES_LENGTH, SUMMARY_LENGTH, TEXT_LENGTH, TITLE_LENGTH, USER_TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_CHAPTERS = 1_000
MOST_NAMES = 2_000  # of one file; what has more is no header
MOST_SERIES = 20
LONGEST_REMARK = 300
# Characters that no one-line field takes; they are left out and the rest is kept.
NOT_IN_LINES = re.compile(
    f"[{characters.C0_CONTROLS}{characters.C1_CONTROLS}{characters.SURROGATES}{characters.NON_CHARACTERS}{characters.REORDERING}"
    f"{characters.HIDDEN}{characters.TAG_CHARACTERS}]"
)
# What downloads call the closed values by, where it is not the name that they have here.
OTHER_NAMES = {
    "choose not to use archive warnings": CHOSE_NOT_TO,
    "creator chose not to use archive warnings": CHOSE_NOT_TO,
    "author chose not to use archive warnings": CHOSE_NOT_TO,
    "no archive warnings apply": NO_WARNINGS,
    "underage": "warning-underage",
    "underage sex": "warning-underage",
    "rape/non-con": "warning-noncon",
}


@dataclass(slots=True)
class Fitted:
    """What fits, and what had to be said about the rest."""

    title: str = ""
    language: Language | None = None
    tags: dict[str, list[str]] = field(default_factory=dict)
    series: list[tuple[str, int | None]] = field(default_factory=list)
    summary: str = ""
    notes: str = ""
    endnotes: str = ""
    content_notes: str = ""
    chapters: list[BroughtChapter] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def remark(self, sentence: str) -> None:
        """Say something to the author."""
        self.remarks.append(sentence if len(sentence) <= LONGEST_REMARK else f"{sentence[: LONGEST_REMARK - 1]}…")


def fit(brought: Brought) -> Fitted:
    """What of a file's claims a work can hold. Raises `Unreadable` where there is no text or far too much of it."""
    if not any(chapter.text.strip() for chapter in brought.chapters):
        raise Unreadable(_("There is no text in this file."))
    if len(brought.chapters) > MOST_CHAPTERS:
        raise Unreadable(_("This file has more than %(most)d chapters. Please divide it.") % {"most": MOST_CHAPTERS})
    fitted = Fitted(remarks=list(brought.remarks[:20]))
    fitted.title = line(brought.title, fitted, longest=TITLE_LENGTH)
    fitted.language = language_named(brought.language)
    if brought.language and fitted.language is None:
        fitted.remark(_("We do not know the language “%(name)s”. Please choose it.") % {"name": brought.language[:60]})
    fitted.tags = tags(brought.tags, fitted)
    fitted.series = [
        (title, position) for name, position in brought.series[:MOST_SERIES] if (title := line(name, fitted, longest=TITLE_LENGTH))
    ]
    fitted.chapters = [fit_chapter(chapter, fitted) for chapter in brought.chapters]
    _fit_words(brought, fitted)
    fitted.chapters = [part for chapter in fitted.chapters for part in divided(chapter, fitted)]
    return fitted


def _fit_words(brought: Brought, fitted: Fitted) -> None:
    """Give the work its summary and notes; what is too long for its field goes where there is room."""
    first, last = fitted.chapters[0], fitted.chapters[-1]
    before: list[str] = []
    after: list[str] = []
    fitted.summary, fitted.notes = brought.summary, brought.notes
    fitted.endnotes, fitted.content_notes = brought.endnotes, brought.content_notes
    for name, longest, words, place in (
        ("summary", SUMMARY_LENGTH, _("The summary is longer than fits; it stands before the text."), before),
        ("notes", NOTES_LENGTH, _("The notes are longer than fit; they stand before the text."), before),
        ("content_notes", NOTES_LENGTH, _("The content notes are longer than fit; they stand before the text."), before),
        ("endnotes", NOTES_LENGTH, _("The notes at the end are longer than fit; they stand behind the text."), after),
    ):
        if len(value := getattr(fitted, name)) > longest:
            setattr(fitted, name, "")
            place.append(value)
            fitted.remark(words)
    if before:
        fitted.chapters[0] = replace(first, text=_joined([*before, first.text]))
        last = fitted.chapters[-1]
    if after:
        fitted.chapters[-1] = replace(last, text=_joined([last.text, *after]))


def _joined(parts: Sequence[str]) -> str:
    return "\n<hr>\n".join(part for part in parts if part.strip())


def fit_chapter(chapter: BroughtChapter, fitted: Fitted) -> BroughtChapter:
    """The chapter with what fits its fields; longer notes go to the text."""
    before = [
        words for words, longest in ((chapter.summary, SUMMARY_LENGTH), (chapter.notes, NOTES_LENGTH)) if len(words) > longest
    ]
    after = [chapter.endnotes] if len(chapter.endnotes) > NOTES_LENGTH else []
    if before or after:
        fitted.remark(_("Notes of a chapter are longer than fit; they stand in its text."))
    return replace(
        chapter,
        warnings=warnings_of_chapter(chapter, fitted),
        title=line(chapter.title, fitted, longest=TITLE_LENGTH),
        text=_joined([*before, chapter.text, *after]) if before or after else chapter.text,
        summary="" if chapter.summary in before else chapter.summary,
        notes="" if chapter.notes in before else chapter.notes,
        endnotes="" if after else chapter.endnotes,
    )


def warnings_of_chapter(chapter: BroughtChapter, fitted: Fitted) -> tuple[str, ...]:
    """The names that a chapter's own warnings have here; a promise that none apply is none of a chapter's."""
    if not chapter.warnings:
        return ()
    kind = Kind.objects.get(pk=WARNING)
    return tuple(name for name in _values(kind, chapter.warnings, fitted) if folded_key(name) not in _promises())


def _promises() -> set[str]:
    return set(Tag.objects.of_kind(WARNING).filter(code=NO_WARNINGS).values_list("folded", flat=True))


def divided(chapter: BroughtChapter, fitted: Fitted) -> list[BroughtChapter]:
    """The chapter, in parts where it is too long for one. Raises `Unreadable` where it cannot be divided."""
    if len(chapter.text) <= TEXT_LENGTH:
        return [chapter]
    parts = dividing.divide(chapter.text, longest=TEXT_LENGTH)
    fitted.remark(
        ngettext(
            "A chapter of more than %(longest)d characters stands in %(count)d part.",
            "A chapter of more than %(longest)d characters stands in %(count)d parts.",
            len(parts),
        )
        % {"longest": TEXT_LENGTH, "count": len(parts)}
    )
    first = replace(chapter, text=parts[0], endnotes="")
    between = [BroughtChapter(part, posted_on=chapter.posted_on, warnings=chapter.warnings) for part in parts[1:]]
    return [first, *between[:-1], replace(between[-1], endnotes=chapter.endnotes)]


def line(words: str, fitted: Fitted, *, longest: int) -> str:
    """One line as it can be kept, and a remark where it is not what the file said."""
    squished = " ".join(NOT_IN_LINES.sub("", words[: 10 * longest]).split())
    if len(squished) > longest:
        fitted.remark(
            _("A title is longer than %(longest)d characters and was cut: %(words)s") % {"longest": longest, "words": words}
        )
        squished = squished[:longest].rstrip()
    if not squished:
        return ""
    try:
        return lines.one_line(squished, longest=longest)
    except ArchiveError as refusal:
        fitted.remark(_("A title could not be taken: %(why)s") % {"why": refusal})
        return ""


def language_named(name: str) -> Language | None:
    """The language of this name, in its own words or in English, or of this code."""
    if not name:
        return None
    known = {
        fold(one): language for language in Language.objects.all() for one in (language.english_name, language.name, language.pk)
    }
    folded = fold(name)
    return known.get(folded) or known.get(folded.partition("-")[0])


def tags(claimed: Mapping[str, Sequence[str]], fitted: Fitted) -> dict[str, list[str]]:
    """The names that can be tags here, kind by kind; a value of a closed kind only where the archive has it."""
    kinds = {kind.code: kind for kind in Kind.objects.filter(is_on_works=True)}
    found: dict[str, list[str]] = {}
    for code, names in claimed.items():
        if code not in kinds:
            fitted.remark(_("Works here bear no such tags: %(names)s") % {"names": ", ".join(names)})
        elif kinds[code].is_closed:
            found[code] = _values(kinds[code], names[:MOST_NAMES], fitted)
        else:
            found[code] = _names(names[:MOST_NAMES], fitted)
    _leave_out_other_kinds(found, kinds, fitted)
    _leave_out_too_many(found, kinds, fitted)
    return found


def _values(kind: Kind, names: Iterable[str], fitted: Fitted) -> list[str]:
    """The values of a closed kind that a file named, by the names that they have here."""
    known = {tag.folded: tag for tag in Tag.objects.of_kind(kind.code)}
    by_code = {tag.code: tag for tag in known.values() if tag.code}
    found: dict[str, Tag] = {}
    for name in names:
        tag = known.get(folded_key(name)) or by_code.get(OTHER_NAMES.get(fold(name), ""))
        if tag is None:
            fitted.remark(
                _("The file says “%(name)s” (%(kind)s); this archive has no such value.") % {"name": name, "kind": kind.name}
            )
        else:
            found[tag.name] = tag
    if kind.code == WARNING and len(found) > 1 and (none := [name for name, tag in found.items() if tag.means_no_warnings]):
        for name in none:
            del found[name]
        fitted.remark(_("The file says that no warnings apply and names some. Only those are set; please look at them."))
    if kind.is_single and len(found) > 1:
        fitted.remark(
            _("The file names several (%(kind)s): %(names)s. None is set.") % {"kind": kind.name, "names": ", ".join(found)}
        )
        return []
    return list(found)


def _names(names: Iterable[str], fitted: Fitted) -> list[str]:
    """The names that tags can have."""
    found: dict[str, str] = {}
    for written in names:
        try:
            name = naming.tag_name(written)
        except ArchiveError as refusal:
            fitted.remark(_("“%(name)s” was left out. %(why)s") % {"name": written[:100], "why": refusal})
        else:
            found.setdefault(fold(name), name)
    return list(found.values())


def _leave_out_other_kinds(found: dict[str, list[str]], kinds: Mapping[str, Kind], fitted: Fitted) -> None:
    """Leave out what is a tag of another kind here, or is named for two kinds."""
    free: dict[str, str] = {}
    for code, names in found.items():
        if not kinds[code].is_closed:
            free |= {key: code for name in names if (key := folded_key(name)) not in free}
    here = dict(Tag.objects.filter(folded__in=free).values_list("folded", "kind")) if free else {}
    for code, names in found.items():
        if kinds[code].is_closed:
            continue
        for name in list(names):
            kind = here.get(folded_key(name)) or free[folded_key(name)]
            if kind != code:
                names.remove(name)
                if kind not in found or fold(name) not in {fold(one) for one in found[kind]}:
                    fitted.remark(
                        _("“%(name)s” was left out: here it is a tag of another kind (%(kind)s).")
                        % {"name": name, "kind": kinds[kind].name if kind in kinds else kind}
                    )


def _leave_out_too_many(found: dict[str, list[str]], kinds: Mapping[str, Kind], fitted: Fitted) -> None:
    """Leave out what is more than a work can bear, the last first."""
    room, left_out = USER_TAGS, []
    for code in sorted((code for code in found if not kinds[code].is_closed), key=lambda code: kinds[code].position):
        left_out += found[code][room:]
        found[code] = found[code][:room]
        room -= len(found[code])
    if left_out:
        fitted.remark(
            _("A work can have %(most)d tags. These were left out: %(names)s") % {"most": USER_TAGS, "names": ", ".join(left_out)}
        )
