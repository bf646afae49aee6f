"""Foretells what a browser's tree builder will have to do for a text, and refuses what would take it seconds.

A cleaner that builds the tree takes quadratic time over deep nesting (100,000 nested elements: 31 s, and it
cannot be interrupted), and formatting that is never closed is opened anew in every block. So this follows
the open elements as the HTML standard does, roughly but never cheaper, and stops counting at the limit.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import ClassVar

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError


class TooDeep(ArchiveError):
    """Elements lie deeper inside one another than the limit."""

    def __init__(self, deepest: int) -> None:
        super().__init__(
            format_lazy(
                _("The formatting is nested more than {deepest} levels deep. Some tags may never be closed."),
                deepest=deepest,
            )
        )


class TooManyTags(ArchiveError):
    """The text holds more elements than the limit."""

    def __init__(self, most: int) -> None:
        super().__init__(format_lazy(_("The text holds more than {most} HTML tags."), most=most))


class TooManyAttributes(ArchiveError):
    """One tag carries more attributes than the limit."""

    def __init__(self, name: str, count: int, most: int) -> None:
        super().__init__(
            format_lazy(
                _("One <{name}> tag carries {count} attributes; at most {most} are allowed."),
                name=name,
                count=count,
                most=most,
            )
        )


VOID = frozenset(["br", "col", "hr", "img"])
FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "i", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
CELLS = frozenset(["caption", "td", "th"])
TABLE_PARTS = frozenset(["colgroup", "tbody", "tfoot", "thead", "tr"])
BLOCKS = HEADINGS | frozenset({
    "address", "blockquote", "center", "details", "dl", "div", "figcaption", "figure", "ol", "p", "pre", "summary", "ul",
})  # fmt: skip
SPECIAL = BLOCKS | CELLS | TABLE_PARTS | frozenset(["dd", "dt", "li", "table"])
SCOPE_ENDS = CELLS | {"table"}
# An open item ends where the next begins, unless one of these stands between them.
ITEM_STOPS = SPECIAL - {"address", "div", "p"}
# What an end tag cannot reach across: cells for blocks, lists as well for their items, any block for the rest.
END_STOPS = dict.fromkeys(SPECIAL, SCOPE_ENDS) | {"li": SCOPE_ENDS | {"ol", "ul"}}
ITEMS = {
    "li": frozenset({"li"}),
    "dd": frozenset({"dd", "dt"}),
    "dt": frozenset({"dd", "dt"}),
}
TABLE_ONLY = frozenset({"table"})
ROW_PARENTS = frozenset({"table", "tbody", "tfoot", "thead"})
PARENTS = {"tr": ROW_PARENTS, "td": ROW_PARENTS | {"tr"}, "th": ROW_PARENTS | {"tr"}}
RUBY_TEXT = frozenset({"rp", "rt"})
# The standard opens no more than this many alike again.
SAME_FORMATTING = 3


@dataclass(slots=True, eq=False)
class _Element:
    name: str
    attributes: str = ""
    is_open: bool = True


class Tally:
    """Counts what a text would cost, one tag at a time; raises as soon as it is too much."""

    DEPTH: ClassVar[int] = 256
    TAGS: ClassVar[int] = 50_000
    ATTRIBUTES: ClassVar[int] = 64

    def __init__(self) -> None:
        self._open: list[_Element] = []
        # Formatting that has not been closed by its own end tag; None marks the edge of a table cell.
        self._formatting: list[_Element | None] = []
        self._made = 0

    def attributes(self, name: str, count: int) -> None:
        """Note the number of attributes of one tag."""
        if count > self.ATTRIBUTES:
            raise TooManyAttributes(name, count, self.ATTRIBUTES)

    def text(self, text: str) -> None:
        """Note some text: unclosed formatting is opened again round it."""
        if self._formatting and text and not text.isspace():
            self._reopen_formatting()

    def start(self, name: str, attributes: str) -> None:
        """Note a start tag."""
        if name == "hr":
            self._close({"p"}, stops=SCOPE_ENDS)
            self._make()
        elif name in VOID:
            self._reopen_formatting()
            self._make()
        elif name in FORMATTING:
            self._start_formatting(name, attributes)
        elif name in TABLE_PARTS or name in CELLS:
            self._start_table_part(name)
        else:
            self._start_plain(name)

    def end(self, name: str) -> None:
        """Note an end tag: it may close what lies inside its element, or nothing at all."""
        if name in FORMATTING:
            self._end_formatting(name)
        elif name in HEADINGS:
            self._close(HEADINGS, stops=SCOPE_ENDS)
        elif (name == "p" and not self._close({"p"}, stops=SCOPE_ENDS)) or name == "br":
            self._make()
        elif name == "table" or name in TABLE_PARTS or name in CELLS:
            self._close({name}, stops=frozenset({"table"} - {name}))
        else:
            self._close({name}, stops=END_STOPS.get(name, SPECIAL))

    def _make(self) -> None:
        self._made += 1
        if self._made > self.TAGS:
            raise TooManyTags(self.TAGS)

    def _push(self, element: _Element) -> None:
        self._make()
        self._open.append(element)
        element.is_open = True
        if len(self._open) > self.DEPTH:
            raise TooDeep(self.DEPTH)

    def _start_plain(self, name: str) -> None:
        if name in BLOCKS or name == "table":
            self._close({"p"}, stops=SCOPE_ENDS)
        if name in HEADINGS and self._open and self._open[-1].name in HEADINGS:
            self._pop()
        if name in ITEMS:
            self._close(ITEMS[name], stops=ITEM_STOPS - ITEMS[name])
            self._close({"p"}, stops=SCOPE_ENDS)
        if name in RUBY_TEXT and any(element.name == "ruby" for element in self._open):
            while self._open[-1].name in RUBY_TEXT:
                self._pop()
        if name not in SPECIAL:
            self._reopen_formatting()
        self._push(_Element(name))

    def _start_formatting(self, name: str, attributes: str) -> None:
        if name == "a" and any(element and element.name == "a" for element in self._after_edge()):
            self._end_formatting("a")
        self._reopen_formatting()
        alike = [e for e in self._after_edge() if e and e.name == name and e.attributes == attributes]
        if len(alike) >= SAME_FORMATTING:
            self._formatting.remove(alike[0])
        element = _Element(name, attributes)
        self._push(element)
        self._formatting.append(element)

    def _start_table_part(self, name: str) -> None:
        if not any(element.name == "table" for element in self._open):
            return
        above = PARENTS.get(name, TABLE_ONLY)
        while self._open[-1].name not in above:
            self._pop()
        self._push(_Element(name))
        if name in CELLS:
            self._formatting.append(None)

    def _end_formatting(self, name: str) -> None:
        """Close formatting: alone where blocks opened inside it stay, else with all that lies inside it."""
        element = next((e for e in reversed(self._after_edge()) if e and e.name == name), None)
        if element is None:
            self._close({name}, stops=SPECIAL)
            return
        self._formatting.remove(element)
        if not element.is_open:
            return
        place = self._open.index(element)
        if any(inner.name in SPECIAL for inner in self._open[place + 1 :]):
            element.is_open = False
            del self._open[place]
            self._make()
            return
        while element.is_open:
            self._pop()

    def _reopen_formatting(self) -> None:
        closed: list[_Element] = []
        for element in reversed(self._formatting):
            if element is None or element.is_open:
                break
            closed.append(element)
        for element in reversed(closed):
            self._push(element)

    def _after_edge(self) -> list[_Element | None]:
        for place in range(len(self._formatting) - 1, -1, -1):
            if self._formatting[place] is None:
                return self._formatting[place + 1 :]
        return self._formatting

    def _close(self, names: AbstractSet[str], *, stops: AbstractSet[str]) -> bool:
        """Close the innermost of `names` with all inside it, unless one of `stops` is met first."""
        for place in range(len(self._open) - 1, -1, -1):
            name = self._open[place].name
            if name in names:
                while len(self._open) > place:
                    self._pop()
                return True
            if name in stops:
                return False
        return False

    def _pop(self) -> None:
        element = self._open.pop()
        element.is_open = False
        if element.name in CELLS:
            while self._formatting and self._formatting.pop() is not None:
                pass
