"""Selectors of skins, taken apart and written anew: what they may look for, and where they must stay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from tinycss2.ast import FunctionBlock, HashToken, IdentToken, LiteralToken, SquareBracketsBlock, StringToken, WhitespaceToken
from tinycss2.serializer import serialize_identifier

from archive.text import style_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinycss2.ast import Node

WORKSKIN = "workskin"
WHOLE = frozenset({"html", "body"})  # in the skin of a work they mean what is a work's
NAME = re.compile(r"[\w-]+")
COUNT = re.compile(r"(?:odd|even|[+-]?\d{0,4}n?(?:\s*[+-]\s*\d{1,4})?)", re.IGNORECASE)
LANGUAGE = re.compile(r"[\w-]{1,35}")
COMBINATORS = frozenset(">+~")
COMPARISONS = frozenset({"=", "~=", "|=", "^=", "$=", "*="})
DEEPEST = 6  # functions inside functions


class NotAllowed(Exception):
    """A selector or value holds what no skin may; the sentence says what."""


@dataclass(frozen=True, slots=True)
class Selector:
    """One selector: compounds and combinators as they are written, and the pseudo-element at its end."""

    text: str
    pseudo_element: str = ""

    def __str__(self) -> str:
        return self.text + self.pseudo_element

    def within(self, scope: str, but: str = "") -> str:
        """Answer it looking inside a scope alone, and at nothing that `but` (a pseudo-class, or `&`) leaves out.

        The scope itself is meant by its name, by `html` and by `body`. What comes behind it must lie in it: never beside it.
        """
        first, space, rest = self.text.partition(" ")
        # What stands beside the scope is out of it: such a selector is taken as it is, and finds nothing.
        if scope and (first == f"#{WORKSKIN}" or first in WHOLE) and not rest.startswith(("+", "~")):
            if not space:
                return f"{scope}{but}{self.pseudo_element}"
            return f"{scope} {rest}{but}{self.pseudo_element}"
        return f"{scope} {self.text}{but}{self.pseudo_element}" if scope else f"{self.text}{but}{self.pseudo_element}"


def read(tokens: Sequence[Node]) -> list[Selector]:
    """Answer the selectors of a list. Raises `NotAllowed`."""
    return [_complex(part, depth=0) for part in _parts(tokens)]


def _parts(tokens: Sequence[Node]) -> list[list[Node]]:
    """Answer what stands between the commas."""
    parts: list[list[Node]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    stripped = [_stripped(part) for part in parts]
    if not all(stripped):
        raise NotAllowed(_("Before a { or a comma a selector is missing."))
    return stripped


def _stripped(tokens: list[Node]) -> list[Node]:
    while tokens and tokens[0].type == "whitespace":
        tokens = tokens[1:]
    while tokens and tokens[-1].type == "whitespace":
        tokens = tokens[:-1]
    return tokens


def _complex(tokens: list[Node], *, depth: int, is_relative: bool = False) -> Selector:
    """Answer one selector: simple ones in a row, with spaces and combinators between them."""
    written: list[str] = []
    pseudo_element = ""
    place = 0
    is_after_space = False
    while place < len(tokens):
        token = tokens[place]
        if pseudo_element:
            raise NotAllowed(_("Nothing can follow ::%(name)s.") % {"name": pseudo_element.strip(":")})
        if isinstance(token, WhitespaceToken):
            is_after_space = True
            place += 1
            continue
        if isinstance(token, LiteralToken) and token.value in COMBINATORS:
            if (not written and not is_relative) or (written and written[-1] in COMBINATORS):
                raise NotAllowed(_("A selector cannot begin with %(sign)s.") % {"sign": token.value})
            written += [" ", token.value] if written else [token.value]
            is_after_space = True
            place += 1
            continue
        if is_after_space and written:
            written.append(" ")
        is_after_space = False
        if isinstance(token, IdentToken) and written and written[-1] != " ":
            said = {"name": token.value[:40], "other": written[-1][:40]}
            raise NotAllowed(_("%(name)s cannot stand right behind %(other)s.") % said)
        simple, pseudo_element, place = _simple(tokens, place, depth)
        if not pseudo_element:
            written.append(simple)
    if written and written[-1] in COMBINATORS:
        raise NotAllowed(_("A selector cannot end with %(sign)s.") % {"sign": written[-1]})
    return Selector("".join(written).strip() or "*", pseudo_element)


def _simple(tokens: list[Node], place: int, depth: int) -> tuple[str, str, int]:
    """Answer the simple selector at a place, or the pseudo-element there, and the place behind it."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if isinstance(token, IdentToken):
        if token.value.startswith("--"):  # inside a block it would be the name of a value
            raise NotAllowed(_("%(name)s is not a name that a skin can look for.") % {"name": token.value[:40]})
        return _name(token.value), "", place + 1
    if isinstance(token, HashToken) and token.is_identifier:
        return f"#{_name(token.value)}", "", place + 1
    if isinstance(token, SquareBracketsBlock):
        return _attribute(token), "", place + 1
    if isinstance(token, LiteralToken) and token.value == "*":
        return "*", "", place + 1
    if isinstance(token, LiteralToken) and token.value == "." and isinstance(following, IdentToken):
        return f".{_name(following.value)}", "", place + 2
    if isinstance(token, LiteralToken) and token.value == ":":
        return _pseudo(tokens, place, depth)
    raise NotAllowed(_("%(what)s cannot stand in a selector.") % {"what": token.serialize()[:40]})


def _name(value: str) -> str:
    if not NAME.fullmatch(value):
        raise NotAllowed(_("%(name)s is not a name that a skin can look for.") % {"name": value[:40]})
    return str(serialize_identifier(value))


def _pseudo(tokens: list[Node], place: int, depth: int) -> tuple[str, str, int]:
    """Answer what begins with a colon or two."""
    place += 1
    is_double = place < len(tokens) and tokens[place].type == "literal" and tokens[place].value == ":"
    place += is_double
    token = tokens[place] if place < len(tokens) else None
    if isinstance(token, IdentToken):
        name = style_words.without_prefix(token.lower_value)
        if name in style_words.PSEUDO_ELEMENTS:
            return "", f"::{token.lower_value}", place + 1
        if not is_double and name in style_words.PSEUDO_CLASSES:
            return f":{token.lower_value}", "", place + 1
    if isinstance(token, FunctionBlock) and not is_double:
        return f":{token.lower_name}({_argument(token, depth)})", "", place + 1
    written = token.serialize()[:40] if token is not None else ""
    raise NotAllowed(_(":%(name)s is none of the pseudo-classes that a skin can use.") % {"name": written})


def _argument(block: FunctionBlock, depth: int) -> str:
    """Answer what stands between the brackets of a pseudo-class."""
    inside = "".join(token.serialize() for token in block.arguments if token.type != "comment").strip()
    if block.lower_name in style_words.SELECTING and depth < DEEPEST:
        is_relative = block.lower_name == "has"
        found = [_complex(part, depth=depth + 1, is_relative=is_relative) for part in _parts(block.arguments)]
        if not any(one.pseudo_element for one in found):
            return ", ".join(map(str, found))
    if block.lower_name in style_words.COUNTING and COUNT.fullmatch(inside) and inside:
        return inside.lower()
    if block.lower_name in style_words.SPEAKING and LANGUAGE.fullmatch(inside):
        return inside
    raise NotAllowed(_(":%(name)s(…) cannot stand here.") % {"name": block.lower_name[:40]})


def _attribute(block: SquareBracketsBlock) -> str:
    """Answer a question for an attribute."""
    tokens = [token for token in block.content if token.type not in {"whitespace", "comment"}]
    match tokens:
        case [IdentToken() as name]:
            return f"[{_name(name.value)}]"
        case [IdentToken() as name, LiteralToken() as sign, (IdentToken() | StringToken()) as value, *flags]:
            flag = "".join(f" {one.lower_value}" for one in flags if isinstance(one, IdentToken) and one.lower_value in {"i", "s"})
            if sign.value in COMPARISONS and len(flags) == bool(flag):
                return f"[{_name(name.value)}{sign.value}{quoted(value.value)}{flag}]"
    raise NotAllowed(_("%(what)s cannot stand in a selector.") % {"what": block.serialize()[:40]})


def quoted(value: str) -> str:
    """Answer a string in quotation marks, with nothing in it that could end it, or the element of a page that it stands in."""
    odd = re.compile(r'["\\<>&\x00-\x1f\x7f-\x9f\ud800-\udfff]')
    return '"' + odd.sub(lambda found: f"\\{ord(found[0]):x} ", value) + '"'
