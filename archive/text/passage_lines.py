"""Reads passages that were marked with lines of their own: `[warning: …]` before, `[end warning]` behind.

Works on HTML as nh3 writes it. A line without its other half stays as the words that it is.
"""

import html
import re
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.text.paragraphs import FLOWS, TOKEN, VERBATIM
from archive.text.passages import PLACES, VOID, Passage, PassageRefused, names_in
from archive.text.plain import plain_text

_SPACE = r"(?:\s|&nbsp;)"
_END = rf"\[{_SPACE}*+(?:/|end{_SPACE}++(?:of{_SPACE}++)?(?:the{_SPACE}++)?){_SPACE}*+(?:{{0}}){_SPACE}*+\]"
START = re.compile(r"\[\s*+(warnings?|note|what happens|gist)\s*+:\s*+([^\[\]]*+)\]", re.IGNORECASE)
END = re.compile(_END.format("warnings?|note|passage"), re.IGNORECASE)
# What is never there by chance: half a pair of these is a mistake worth saying.
HALF = re.compile(rf"\[\s*+(?:warnings?|what happens)\s*+:[^\[\]]*+\]|{_END.format('warnings?|passage')}", re.IGNORECASE)
KINDS = {"warning": "warning", "warnings": "warning", "note": "note", "what happens": "gist", "gist": "gist"}
NAME = re.compile(r"</?([a-z0-9]+)")
MOST_TAGS = 20  # in a paragraph that holds nothing but a mark; more are not even looked through
LONGEST_SHOWN = 200  # characters of a line that is half a pair


class Unended(PassageRefused):
    """A line that begins or ends a passage, without the other one."""

    def __init__(self, line: str) -> None:
        super().__init__(
            format_lazy(
                _(
                    "“{line}” marks a passage, but its other half is missing. A passage begins with a line such as “[warning: …]” "
                    "and ends with the line “[end warning]”, each on a line of its own. If it is no mark but part of the text, "
                    "please use other brackets."
                ),
                line=line,
            )
        )


def refuse_unended(clean: str) -> None:
    """Raise `Unended` where clean HTML still shows half of a pair of lines."""
    if not HALF.search(clean):
        return
    for line in plain_text(clean).split("\n"):
        if HALF.fullmatch(line) or END.search(line):
            raise Unended(line[:LONGEST_SHOWN])


@dataclass
class _Frame:
    """An open element, and the marks met in it that say what the passage to come is: place among what is written, kind, value."""

    name: str
    header: list[tuple[int, str, str]] = field(default_factory=list)
    has_begun: bool = False  # something has followed the header

    def says(self, kind: str) -> str:
        """What the header says of one kind."""
        return ", ".join(value for _place, one, value in self.header if one == kind)

    def begin(self, place: int, kind: str, value: str) -> None:
        """Take one more mark into the header, or begin another with it."""
        if self.has_begun or (kind != "warning" and self.says(kind)):
            self.header = []
        self.header.append((place, kind, value))
        self.has_begun = False


def marked(made: str) -> str:
    """The same HTML with a passage wherever two lines of one element mark it."""
    if not END.search(made):
        return made
    marking = _Marking(TOKEN.findall(made))
    marking.mark()
    return "".join(marking.written)


@dataclass
class _Marking:
    """One walk over the tokens of one text."""

    tokens: list[str]
    written: list[str] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=lambda: [_Frame("")])
    position: int = 0

    def mark(self) -> None:
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            if token[0] != "<":
                self.text(token)
            elif _name(token) != "p" or not self.paragraph():
                self.tag(token)
            self.position += 1

    def tag(self, token: str) -> None:
        self.written.append(token)
        if token[1] == "/":
            self.frames.pop()
            return
        name = _name(token)
        if name != "br":
            self.frames[-1].has_begun = True
        if name not in VOID:
            self.frames.append(_Frame(name))

    def paragraph(self) -> bool:
        """Take the paragraph that begins here if it holds nothing but a mark; answers whether it did."""
        whole = self.tokens[self.position : self.position + MOST_TAGS]
        if "</p>" not in whole or any(frame.name not in PLACES for frame in self.frames[1:]):
            return False
        whole = whole[: whole.index("</p>") + 1]
        words = "".join(piece for piece in whole if piece[0] != "<")
        if "<img" in "".join(whole) or not self.take(words, "".join(whole)):
            return False
        self.position += len(whole) - 1
        return True

    def text(self, token: str) -> None:
        """Write bare text line by line, and take the lines that are marks."""
        can_mark = not any(frame.name in VERBATIM for frame in self.frames)
        written = token.split("\n")
        for place, line in enumerate(written):
            if place:
                self.written.append("\n")
            is_whole = (place > 0 or self.ends_line(-1)) and (place + 1 < len(written) or self.ends_line(1))
            if can_mark and is_whole and self.take(line, line):
                continue
            self.written.append(line)
            if line.strip():
                self.frames[-1].has_begun = True

    def ends_line(self, step: int) -> bool:
        """Whether the token before (-1) or behind (1) parts lines."""
        place = self.position + step
        name = _name(self.tokens[place]) if 0 <= place < len(self.tokens) else "br"
        return name in {"br", "hr"} or name in FLOWS or name in VERBATIM

    def take(self, words: str, whole: str) -> bool:
        """Take `whole`, whose words are these, if they are a mark that begins a passage, or one that ends what has begun."""
        line = " ".join(html.unescape(words).split())
        frame = self.frames[-1]
        if begin := START.fullmatch(line):
            frame.begin(len(self.written), KINDS[begin[1].lower()], begin[2].strip())
        elif (
            END.fullmatch(line)
            and (passage := Passage(names_in(frame.says("warning")), frame.says("note"), frame.says("gist"))).words
        ):
            places = [place for place, _kind, _value in frame.header]
            for place in places:
                self.written[place] = ""
            self.end_line_before(places[0])
            self.end_line_before(len(self.written))
            self.written[places[0]] = passage.tag()
            whole = "</div>"
            frame.header = []
        else:
            return False
        self.written.append(whole)
        return True

    def end_line_before(self, place: int) -> None:
        """Take away the <br> that stood before a mark and would be left at the end of a paragraph."""
        if place and self.written[place - 1] == "<br>":
            self.written[place - 1] = ""


def _name(token: str) -> str:
    found = NAME.match(token)
    return found[1] if found else ""
