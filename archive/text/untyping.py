"""Makes HTML again of what `typed` wrote, as far as that could say it. What comes out has yet to be cleaned."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.text import markdown
from archive.text.passages import Passage, names_in
from archive.text.typed import BELOW_CHAPTERS, END_OF_PASSAGE, SCENE_BREAK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# What may stand before a line within quotations and lists; everything else begins words.
WITHIN = re.compile(r"(?P<within>(?:[> ]|[-+] |\d{1,7}[.)] )*+)")
NOTHING = r"(?P<within>)"
SAID = r"\[(?:(?P<kind>warning|note|what happens): (?P<said>.+)\]|warning\] .+)"
NOTE, PLAIN_NOTE = re.compile(WITHIN.pattern + SAID), re.compile(NOTHING + SAID)
END, PLAIN_END = (re.compile(before + re.escape(END_OF_PASSAGE)) for before in (WITHIN.pattern, NOTHING))
FENCE = re.compile(WITHIN.pattern + r"(?P<fence>`{3,}+)\s*")
HEADING = re.compile(r"(</?h)([1-6])>")
SAME_AS_TYPED = {"<br />\n": "<br>", "<pre><code>": "<pre>", "\n</code></pre>": "</pre>", "<del>": "<s>", "</del>": "</s>"}
# Words between two of the same marks, no letter beside them on the outside and no space on the inside.
NO_LETTER = r"[^\W\u2e80-\u9fff\uac00-\ud7af]"  # scripts that know no spaces mark words in the middle of others
EMPHASIS = re.compile(rf"(?<!{NO_LETTER})(?:_(?=[^\s_])([^_]++)(?<!\s)_|\*(?=[^\s*])([^*]++)(?<!\s)\*)(?!{NO_LETTER})")


def of_markdown(text: str) -> str:
    """The HTML of a text that was typed as Markdown."""
    lines = text.split("\n")
    verbatim = fenced(lines)
    passages = _Passages(NOTE, END, unmarked)
    for number, line in enumerate(lines):
        if number in verbatim:
            passages.written.append(line)
        else:
            passages.read(line)
    made = markdown.READER.html("\n".join(passages.ended()))
    for written, meant in SAME_AS_TYPED.items():
        made = made.replace(written, meant)
    return HEADING.sub(lambda found: f"{found[1]}{max(1, int(found[2]) - BELOW_CHAPTERS)}>", made).strip()


def of_plain(text: str) -> str:
    """The HTML of a text that was typed as plain text: paragraphs, scene breaks, passages, and what stands between marks."""
    passages = _Passages(PLAIN_NOTE, PLAIN_END, str)
    for one in text.split("\n\n"):
        if (block := one.strip("\n")).strip(" "):
            passages.read(block)
    return "\n".join(
        block if number in passages.tags else _paragraph(block) for number, block in enumerate(passages.ended()) if block
    )


def unmarked(line: str) -> str:
    """The words of a line that `typed.marked` wrote."""
    return ESCAPED.sub(r"\1", line)


def fenced(lines: Iterable[str]) -> frozenset[int]:
    """The numbers of the lines that stand as they were typed, between fences."""
    found: set[int] = set()
    fence = ""
    for number, line in enumerate(lines):
        opening = FENCE.fullmatch(line)
        if fence or opening:
            found.add(number)
        if opening and (not fence or opening["fence"] == fence):
            fence = "" if fence else opening["fence"]
    return frozenset(found)


def _paragraph(block: str) -> str:
    if block == SCENE_BREAK:
        return "<hr>"
    words = html.escape("\n".join(line.strip(" ") for line in block.split("\n")), quote=False)
    return f"<p>{_emphasised(words).replace('\n', '<br>')}</p>"


def _emphasised(words: str) -> str:
    def emphasise(found: re.Match[str]) -> str:
        return f"<em>{_emphasised(found[1])}</em>" if found[1] else f"<strong>{_emphasised(found[2])}</strong>"

    return EMPHASIS.sub(emphasise, words)


@dataclass
class _Passages:
    """One walk over the lines or the blocks of a text, which puts tags in the place of what says of a passage what it is."""

    note: re.Pattern[str]
    end: re.Pattern[str]
    said_in: Callable[[str], str]
    written: list[str] = field(default_factory=list)
    tags: set[int] = field(default_factory=set)
    # Where the passage to come begins and what is said of it; whether one has begun; whether that one is told of at all.
    place: int = -1
    said: dict[str, str] = field(default_factory=dict)
    is_within: bool = False
    is_told: bool = False

    def read(self, piece: str) -> None:
        if not self.is_within and (note := self.note.fullmatch(piece)):
            if self.place < 0:
                self.place = len(self.written)
            self.said[note["kind"] or ""] = self.said_in(note["said"] or "")
            self.written.append(note["within"])
        elif (self.is_within or self.place >= 0) and (end := self.end.fullmatch(piece)):
            self.begin()
            if self.is_told:
                self.tags.add(len(self.written))
            self.written.append(f"{end['within']}</div>" if self.is_told else end["within"].rstrip())
            self.is_within = False
        else:
            if self.place >= 0 and WITHIN.sub("", piece):
                self.begin()
            self.written.append(piece)

    def begin(self) -> None:
        """Write the tag of the passage that was told of, if it has not been written."""
        if self.is_within:
            return
        passage = Passage(names_in(self.said.get("warning", "")), self.said.get("note", ""), self.said.get("what happens", ""))
        self.is_within, self.is_told = True, bool(passage.words)
        if self.is_told:
            self.tags.add(self.place)
            self.written[self.place] += passage.tag()
        self.place, self.said = -1, {}

    def ended(self) -> list[str]:
        """What was written; a passage without an end, as only a changed file has one, ends with the text."""
        if self.is_within and self.is_told:
            self.tags.add(len(self.written))
            self.written += ["</div>"]
        return self.written
