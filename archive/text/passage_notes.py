"""The note before a marked passage, as it stands on pages and in files. Made for one reader, and never kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from archive.text.passages import OPENING, Passage, rewritten

OF_FILE = re.compile(r"<div class=\"passage-note\"[^>]*>.*?</div>|<p class=\"passage-end\"[^>]*>.*?</p>", re.DOTALL)
IS_OPEN, IS_FOLDED = SafeString(" open"), SafeString("")


class ShownHTML(SafeString):
    """Clean HTML with the notes on its passages written out. No column takes it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What one reader is told of a passage: all that its author says, or, without `says_which`, only that there is a warning."""

    passage: Passage
    says_which: bool = True
    naming_url: str = ""  # where it is said which, for those who are not told
    is_folded: bool = False


type NoteOf = Callable[[Passage], Note]


def on_page(clean: str, *, key: int | str = "", note_of: NoteOf = Note) -> str:
    """Clean HTML as it stands on a page: each passage behind its note, in a fold that needs no script.

    Without passages it is the same. `key` tells the passages of one text from those of the others on the page.
    """
    if OPENING not in clean:
        return clean

    def write(number: int, passage: Passage) -> tuple[str, str]:
        note = note_of(passage)
        place, chrome = _place(key, number), _chrome()
        begin = format_html(
            '<div class="passage" role="group" aria-labelledby="{place}"><div class="passage-note">'
            '<p class="passage-says" id="{place}" dir="auto">{said}</p>'
            '<p class="passage-way"{chrome}><a href="#{place}-end">{skip}</a></p></div>'
            '<details class="passage-fold"{open}><summary{chrome}>{fold}</summary><div class="passage-text">',
            place=place,
            said=_said(note),
            chrome=chrome,
            skip=_("Skip past this passage"),
            fold=_("Fold or show the passage"),
            open=IS_FOLDED if note.is_folded else IS_OPEN,
        )
        end = format_html(
            '</div></details>{gist}<p class="passage-end" id="{place}-end" tabindex="-1"{chrome}>{over}</p></div>',
            gist=_gist(note),
            place=place,
            chrome=chrome,
            over=_("Here the passage ends."),
        )
        return begin, end

    return ShownHTML(rewritten(clean, write))


def in_file(clean: str, *, key: int | str = "", note_of: NoteOf = Note) -> str:
    """Clean HTML as it stands in a file: each passage behind its note and a link past it. Without passages it is the same.

    What the author said stands in the attributes, too, where it is said at all; `out_of_file` brings it back.
    """
    if OPENING not in clean:
        return clean

    def write(number: int, passage: Passage) -> tuple[str, str]:
        note = note_of(passage)
        place = _place(key, number)
        begin = format_html(
            '<div class="passage-note" id="{}"><p>{}</p>{}<p><a href="#{}-end">{}</a></p></div>',
            place, _said(note), _gist(note), place, _("Skip past this passage"),
        )  # fmt: skip
        end = format_html('<p class="passage-end" id="{}-end">{}</p></div>', place, _("Here the passage ends."))
        return (note.passage.tag() if note.says_which else '<div class="passage">') + begin, end

    return ShownHTML(rewritten(clean, write))


def in_words(clean: str, *, note_of: NoteOf = Note) -> str:
    """Clean HTML with each passage between two paragraphs that say what it is: for plain text, and for comparing."""
    if OPENING not in clean:
        return clean

    def write(_number: int, passage: Passage) -> tuple[str, str]:
        note = note_of(passage)
        return format_html("<div><p>{}</p>{}", _said(note), _gist(note)), format_html(
            "<p>{}</p></div>", _("Here the passage ends.")
        )

    return ShownHTML(rewritten(clean, write))


def out_of_file(written: str) -> str:
    """What `in_file` made, or what was made of it, without the notes: clean once more, it has the passages that it had."""
    return OF_FILE.sub("", written) if "passage-note" in written else written


def _place(key: int | str, number: int) -> str:
    """The id of a passage's note; no text can hold an id of its own."""
    return f"passage-{key}-{number}" if key else f"passage-{number}"


def _chrome() -> SafeString:
    """The attributes of words in the interface's language, which need not be that of the text round them."""
    return format_html(' lang="{}" dir="{}"', get_language() or "en", "rtl" if get_language_bidi() else "ltr")


def _said(note: Note) -> SafeString:
    """What the passage warns of, or that it warns."""
    if not note.says_which:
        said = format_html("{}", _("This passage has a warning."))
        return format_html('{} <a href="{}">{}</a>', said, note.naming_url, _("Show which")) if note.naming_url else said
    names, words = ", ".join(note.passage.warnings), note.passage.note
    said = format_html("<strong>{}</strong>{}{}", names or words, ": " if names and words else "", words if names else "")
    return format_html("{} {}", _("In this passage:"), said)


def _gist(note: Note) -> SafeString:
    """What happens in the passage, for those who do not read it."""
    if not (note.passage.gist and note.says_which):
        return SafeString("")
    return format_html('<p class="passage-gist" dir="auto">{} {}</p>', _("What happens:"), note.passage.gist)
