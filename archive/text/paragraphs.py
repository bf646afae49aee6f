"""Makes paragraphs where a writer left blank lines, and scene breaks where they drew them with keys.

Works on HTML as nh3 writes it: every tag whole and properly nested, every other "<" and ">" escaped.
"""

import html
import re
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError


class GrewTooLong(ArchiveError):
    """The repaired HTML would be several times as long as what was written."""

    def __init__(self, length: int, longest: int) -> None:
        super().__init__(
            format_lazy(
                _("With its markup put right this would take at least {length} characters; at most {longest} are allowed."),
                length=length,
                longest=longest,
            ),
        )


TOKEN = re.compile(r"<[^>]*+>|[^<]++")
NAME = re.compile(r"</?([a-z0-9]+)")
LINE_ENDS = re.compile(r"[ \t]*+((?:\n[ \t]*+)++)")
# Blocks in which bare text becomes paragraphs; in every other block it is left as it lies.
FLOWS = frozenset(["blockquote", "center", "details", "div"])
VERBATIM = frozenset({
    "address", "caption", "col", "colgroup", "dd", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "li", "ol", "p", "pre", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
# Inline elements in which a line break means nothing, as long as they hold no block.
UNBROKEN = frozenset(["a", "abbr", "acronym", "ruby"])
BLOCK_TAG = re.compile(rf"<(?:{'|'.join(sorted(FLOWS | VERBATIM | {'hr'}))})[ >]")
BLANK_PARAGRAPH = "<p>&nbsp;</p>"
PARAGRAPH_ENDS = 2
LEAVES_A_BLANK = 3


def repair(clean: str, *, longest: int) -> str:
    """The same HTML with every bare text in a paragraph.

    One line end is a break, two end the paragraph, more leave a blank one; runs of <br> count alike.
    Linear; raises GrewTooLong as soon as the result passes `longest` characters.
    """
    repairing = _Repairing(TOKEN.findall(clean), longest)
    repairing.repair()
    return "".join(repairing.written)


MARKS = "*~=+#•·●○◆◇■□★☆✦✧✶❖※⁂♡♥❤♦♣♠§—–_-"
LONE_ORNAMENTS = frozenset(["#", "⁂", "❖", "❦", "❧", "※", "§"])
FEWEST_MARKS = 3
LONGEST_ORNAMENT = 80
LETTERS = re.compile(r"(?=.*[oO].*0|.*0.*[oO]|.*o.*O|.*O.*o)[oO0]{3,}|(?:xX)+x|(?:Xx)+X|x(?:-x){2,}|X(?:-X){2,}")
EMOTICON = re.compile(r"[^_]_+[^_]")


def is_scene_break(line: str) -> bool:
    """Whether a line of plain text is a drawn scene break: `***`, `~*~`, `-----`, a lone `#`, `o0o`."""
    if len(line) > LONGEST_ORNAMENT:
        return False
    drawn = "".join(html.unescape(line).split())
    letters = drawn.strip(MARKS)
    if letters:
        return bool(LETTERS.fullmatch(letters))
    return drawn in LONE_ORNAMENTS or (len(drawn) >= FEWEST_MARKS and not EMOTICON.fullmatch(drawn))


@dataclass
class _Repairing:
    """One walk over the tokens of one text."""

    tokens: list[str]
    longest: int
    written: list[str] = field(default_factory=list)
    length: int = 0
    position: int = 0
    # Inline start tags whose element is open in the source, and how many of them are written out.
    inline: list[str] = field(default_factory=list)
    shown: int = 0
    in_paragraph: bool = False
    blank_due: bool = False
    # The line ends met since the last content: written <br>, and bare ones before the first of those.
    breaks: int = 0
    newlines: int = 0

    def repair(self) -> None:
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            if token[0] == "<":
                self.tag(token)
            else:
                self.text(token)
        self.end_paragraph()

    def write(self, piece: str) -> None:
        self.written.append(piece)
        self.length += len(piece)
        if self.length > self.longest:
            raise GrewTooLong(self.length, self.longest)

    def tag(self, token: str) -> None:
        name = _name(token)
        if name == "br":
            self.breaks += 1
        elif name == "hr" or name in FLOWS:
            self.end_paragraph()
            self.write(token)
        elif name in VERBATIM:
            self.verbatim(token, name)
        elif token[1] == "/":
            self.end_inline(name)
        elif name == "img":
            self.content(token)
        elif name in UNBROKEN and (whole := self.unbroken(name)) is not None:
            self.content(token + whole)
        else:
            self.inline.append(token)

    def text(self, text: str) -> None:
        """Bare text: content, with the line ends in it counted."""
        if "\n" not in text:
            self.line(text, ends=self.line_ends_here())
            return
        parts = LINE_ENDS.split(text)
        for place in range(0, len(parts), 2):
            last = place + 1 == len(parts)
            self.line(parts[place], ends=self.line_ends_here() if last else True)
            if not last and not self.breaks:
                self.newlines += parts[place + 1].count("\n")

    def line(self, text: str, *, ends: bool) -> None:
        """A piece of text without line ends; `ends` if nothing else follows it on its line."""
        if not text.strip(" \t"):
            if text and self.in_paragraph and not (self.breaks or self.newlines):
                self.content(text)
            return
        begins = not self.in_paragraph or bool(self.breaks or self.newlines)
        if begins and ends and is_scene_break(text):
            self.breaks = 0
            self.end_paragraph()
            self.write("<hr>")
            return
        self.content(text.lstrip(" \t") if begins else text)

    def line_ends_here(self) -> bool:
        """Whether the next token cannot continue the line."""
        if self.position == len(self.tokens):
            return True
        name = _name(self.tokens[self.position])
        return name in ("br", "hr") or name in FLOWS or name in VERBATIM

    def content(self, piece: str) -> None:
        """Write something that belongs in a paragraph, with what is due before it."""
        self.settle_line_ends()
        if not self.in_paragraph:
            if self.blank_due:
                self.write(BLANK_PARAGRAPH)
            self.write("<p>")
            self.in_paragraph = True
        self.blank_due = False
        self.show_inline()
        self.write(piece)

    def settle_line_ends(self) -> None:
        """Turn the line ends met since the last content into a break or the end of the paragraph."""
        count = self.breaks or self.newlines
        if self.breaks and self.newlines >= PARAGRAPH_ENDS:
            count = LEAVES_A_BLANK
        self.breaks = self.newlines = 0
        if not self.in_paragraph:
            return
        if count >= PARAGRAPH_ENDS:
            self.close_paragraph()
            self.blank_due = count >= LEAVES_A_BLANK
        elif count:
            self.write("<br>")

    def end_paragraph(self) -> None:
        """End the paragraph before something that is not text; a <br> written at its end stays."""
        if self.in_paragraph:
            if self.breaks == 1 and self.newlines < PARAGRAPH_ENDS:
                self.write("<br>")
            self.close_paragraph()
        self.breaks = self.newlines = 0
        self.blank_due = False

    def close_paragraph(self) -> None:
        self.hide_inline()
        self.write("</p>")
        self.in_paragraph = False

    def show_inline(self) -> None:
        while self.shown < len(self.inline):
            self.write(self.inline[self.shown])
            self.shown += 1

    def hide_inline(self) -> None:
        while self.shown:
            self.shown -= 1
            self.write(f"</{_name(self.inline[self.shown])}>")

    def end_inline(self, name: str) -> None:
        """Close the innermost inline element; one that held no content leaves no trace."""
        if self.inline:
            self.inline.pop()
        if self.shown > len(self.inline):
            self.shown -= 1
            self.write(f"</{name}>")

    def unbroken(self, name: str) -> str | None:
        """The rest of an inline element up to its end tag, or None where a block or its like lies inside."""
        end, opening = f"</{name}>", f"<{name}"
        for place in range(self.position, len(self.tokens)):
            token = self.tokens[place]
            if token == end:
                whole = "".join(self.tokens[self.position : place + 1])
                self.position = place + 1
                return whole
            if token.startswith(opening) or BLOCK_TAG.match(token):
                return None
        return None

    def verbatim(self, token: str, name: str) -> None:
        """Copy a block as it is; open inline elements go inside a <p> and round anything else."""
        self.end_paragraph()
        if name == "p":
            self.write(token)
            self.show_inline()
            self.write("".join(self.inside(name)))
            self.hide_inline()
            self.write("</p>")
            return
        self.show_inline()
        self.write(token)
        if name != "col":
            self.write("".join(self.inside(name)) + f"</{name}>")
        self.hide_inline()

    def inside(self, name: str) -> list[str]:
        """The tokens up to the end tag of the block that has just begun, and step past it."""
        begin, depth = self.position, 1
        start, end = re.compile(rf"<{name}[ >]"), f"</{name}>"
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            if token == end:
                depth -= 1
                if not depth:
                    return self.tokens[begin : self.position - 1]
            elif start.match(token):
                depth += 1
        return self.tokens[begin:]


def _name(token: str) -> str:
    found = NAME.match(token)
    return found[1] if found else ""
