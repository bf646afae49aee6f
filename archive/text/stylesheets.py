"""Takes the stylesheets of skins apart and writes them anew from what is allowed. Nothing of what was typed is passed on as it is.

No skin asks another host for anything: there is no `url()`, no `@import`, no `@font-face`. A skin hides no warning: what could
take a thing off the page, or lay another over it, is written so that it meets no warning and nothing that holds one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import tinycss2
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from tinycss2.serializer import serialize_identifier

from archive.text import selectors, style_words
from archive.text.selectors import NotAllowed, Selector, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tinycss2.ast import Node

CLEANER_VERSION = 3  # raised with every change of what comes out: the addresses of skins change with it
LONGEST = 60_000  # characters
MOST_SELECTORS = 2_000
LONGEST_WRITTEN = 200_000  # characters that come out: quotation marks and the like are written as their numbers
PREFIXED = len("#workskin &, ")  # what stands round each selector
MOST_REFUSALS = 20  # told at once
DEEPEST = 12  # brackets inside brackets
DEEPEST_TYPED = 200  # before anything is taken apart
IN_FILES = frozenset({"block", "inline", "inline-block", "list-item"})  # of display: what is so shown is there to be seen
HIGHEST = 100  # of z-index; guard.css lays warnings over it
NO_URL = _lazy("url(…) cannot be used: a page asks nobody else for pictures. Colours and gradients can.")
LAYERS = "@layer guard, reset, tokens, base, layout, components, pages, skin;\n"

# What warns on a page. No skin looks at it nor at anything in it, and what takes room away not at what holds it, either.
HELD = ".advisory, .work-header, .chapter-advisory, .passage-note"
WARNS = f"{HELD}, .required-tags, .passage-end, .passage-fold > summary, .flash, .moderation-notice"
NOT_WARNING = f":where(:not(.passage-fold, :is({WARNS}), :is({WARNS}) *))"
NOT_HOLDING = f"{NOT_WARNING}:where(:not(:has({HELD})))"
AROUND = "&"  # in a rule, what stands around the block that it is in


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that cannot be in a skin, and why."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Declaration:
    """A property with its value, as it is written anew."""

    name: str
    value: str
    is_important: bool = False

    def __str__(self) -> str:
        return f"{self.name}: {self.value}{' !important' if self.is_important else ''}"

    @property
    def base(self) -> str:
        """The property without the mark of one browser."""
        return style_words.without_prefix(self.name)

    @property
    def is_paint(self) -> bool:
        """Whether it takes nothing off its place."""
        return self.base in style_words.PAINT or self.name.startswith("--")


@dataclass(frozen=True, slots=True)
class Rule:
    """Selectors, and what is said of what they find."""

    selectors: list[Selector]
    declarations: list[Declaration]

    @property
    def longest(self) -> int:
        """How many characters it comes to on a page at most: its selectors once for its paint, once for what takes room."""
        looks = sum(len(str(one)) + PREFIXED for one in self.selectors)
        return 2 * (looks + len(" {  }\n")) + sum(len(str(one)) + len("; ") for one in self.declarations)


@dataclass(slots=True)
class Stylesheet:
    """What of a typed stylesheet is allowed, and sentences about the rest."""

    rules: list[Rule] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    count: int = 0  # of selectors
    length: int = 0  # of all that is written, in characters

    def refuse(self, node: Node | None, sentence: object) -> None:
        """Note what cannot be."""
        if len(self.refusals) < MOST_REFUSALS:
            self.refusals.append(Refusal(node.source_line if node else 1, str(sentence)))

    def __str__(self) -> str:
        return "\n".join(_written(map(str, rule.selectors), rule.declarations) for rule in self.rules)

    def on_page(self, *, scope: str = "", media: str = "") -> str:
        """Answer it as pages load it: in its layer, inside its scope, and away from warnings.

        What keeps it away is written once, around all rules: inside, `&` stands for it, and weighs nothing. Browsers without
        nesting (before 2023) take the whole block for a mistake and show no skin.
        """
        inside = "\n".join(
            f"{but} {{\n{rules}\n}}"
            for is_paint, but in ((True, NOT_WARNING), (False, NOT_HOLDING))
            if (rules := self._nested(scope, is_paint=is_paint))
        )
        return f"{LAYERS}@layer skin {{\n{f'@media {media} {{\n{inside}\n}}' if media else inside}\n}}\n"

    def _nested(self, scope: str, *, is_paint: bool) -> str:
        """Answer the rules for inside a block: paint, or what takes room. No property is of both kinds, so their order holds."""
        written = []
        for rule in self.rules:
            said = [one for one in rule.declarations if one.is_paint is is_paint]
            if said:
                written.append(_written([one.within(scope, AROUND) for one in rule.selectors], said))
        return "\n".join(written)

    def in_file(self, *, scope: str) -> str:
        """Answer it as a file holds it: letters, paint and boxes inside the text alone."""
        written = []
        for rule in self.rules:
            said = [
                Declaration(one.name, one.value)
                for one in rule.declarations
                if one.base not in style_words.NOT_IN_FILES and not (one.base == "display" and one.value not in IN_FILES)
            ]
            if said:
                written.append(_written([one.within(scope) for one in rule.selectors], said))
        return "\n".join(written)


def _written(where: Iterable[str], said: Iterable[Declaration]) -> str:
    return f"{', '.join(where)} {{ {'; '.join(map(str, said))} }}"


def in_style_element(css: str) -> SafeString:
    """Answer a written stylesheet for a <style> of an HTML file; nothing that `quoted` and the names let through can end one."""
    return mark_safe(css.replace("<", ""))


def read(typed: str, *, names_values: bool = False) -> Stylesheet:
    """Take a stylesheet apart. `names_values` lets it name values (`--x`) and use them (`var(--x)`), as the site's skins may."""
    sheet = Stylesheet()
    if len(typed) > LONGEST:
        sheet.refuse(None, _("This is longer than %(most)d characters. Please shorten it.") % {"most": LONGEST})
        return sheet
    if _is_too_deep(typed):
        sheet.refuse(None, _("Too many brackets stand inside one another."))
        return sheet
    for node in tinycss2.parse_stylesheet(typed, skip_whitespace=True):
        if node.type == "comment":
            continue
        if node.type == "qualified-rule":
            _read_rule(sheet, node, names_values=names_values)
        elif node.type == "at-rule":
            sheet.refuse(node, _why_not_at(node.lower_at_keyword))
        else:
            sheet.refuse(node, _("This is no rule. Is a bracket missing before it, or one too many?"))
    return sheet


def _is_too_deep(typed: str) -> bool:
    """Whether brackets could stand too deep, strings and comments counted along."""
    depth = 0
    for sign in typed:
        if sign in "([{":
            depth += 1
            if depth > DEEPEST_TYPED:
                return True
        elif sign in ")]}" and depth:
            depth -= 1
    return False


def _why_not_at(keyword: str) -> str:
    """Answer what to do instead of an at-rule."""
    if keyword == "media":
        return _("@media cannot stand here. Choose below the text for which screens the skin is, and make one skin for each.")
    if keyword in {"import", "font-face"}:
        return _("@%(name)s cannot be used: a page asks nobody else for anything. Name a font that readers have.") % {
            "name": keyword
        }
    return _("@%(name)s cannot be used in a skin. Take it out; rules inside it can stand by themselves.") % {"name": keyword[:40]}


def _read_rule(sheet: Stylesheet, node: Node, *, names_values: bool) -> None:
    try:
        where = selectors.read([token for token in node.prelude if token.type != "comment"])
    except NotAllowed as refusal:
        sheet.refuse(node, str(refusal))
        return
    said = []
    # Comments are looked at, too: without a trace of them one word would come of two.
    for one in tinycss2.parse_blocks_contents(node.content, skip_whitespace=True):
        if one.type == "comment":
            continue
        if one.type != "declaration":
            nested = one.type in {"qualified-rule", "at-rule"}
            sheet.refuse(
                one, _("No rule can stand inside another.") if nested else _("This is no property with a value. Is a ; missing?")
            )
            continue
        try:
            said.append(_read_declaration(one, names_values=names_values))
        except NotAllowed as refusal:
            sheet.refuse(one, str(refusal))
    if not said:
        return
    sheet.count += len(where)
    if sheet.count > MOST_SELECTORS:
        sheet.refuse(node, _("These are more than %(most)d selectors. Please take some away.") % {"most": MOST_SELECTORS})
        return
    rule = Rule(where, said)
    sheet.length += rule.longest
    if sheet.length > LONGEST_WRITTEN:
        sheet.refuse(
            node, _("This comes to more than %(most)d characters of CSS on a page. Please shorten it.") % {"most": LONGEST_WRITTEN}
        )
        return
    sheet.rules.append(rule)


def _read_declaration(node: Node, *, names_values: bool) -> Declaration:
    name = node.name if node.name.startswith("--") else node.lower_name
    base = style_words.without_prefix(name)
    if name.startswith("--"):
        if not names_values or not selectors.NAME.fullmatch(name):
            raise NotAllowed(_("%(name)s: values cannot be named in the skin of a work.") % {"name": name[:60]})
    elif base not in style_words.PAINT and base not in style_words.GEOMETRY:
        raise NotAllowed(_("%(name)s is none of the properties that a skin can set.") % {"name": name[:60]})
    value = _values(node.value, depth=0, names_values=names_values).strip()
    if not value:
        raise NotAllowed(_("%(name)s has no value.") % {"name": name[:60]})
    _hold_back(base, tinycss2.parse_component_value_list(value))
    return Declaration(serialize_identifier(name), value, node.important)


def _hold_back(base: str, tokens: Sequence[Node]) -> None:
    """Refuse values that would lay a thing over others, or draw what comes before a text away."""
    words = {token.lower_value for token in tokens if token.type == "ident"}
    numbers = [token for token in tokens if token.type in {"number", "dimension", "percentage"}]
    has_sums = any(token.type == "function" for token in tokens)
    if base == "position" and words & {"fixed", "sticky"}:
        raise NotAllowed(
            _("position cannot be %(word)s: it would lie over other things.") % {"word": min(words & {"fixed", "sticky"})}
        )
    if base == "display" and "contents" in words:
        raise NotAllowed(_("display cannot be contents: a text whose place has no box lies over other things."))
    if base in {"display", "position"} and has_sums:
        raise NotAllowed(_("%(name)s is a plain word.") % {"name": base})
    if base.startswith("margin") and (has_sums or any(token.value < 0 for token in numbers)):
        raise NotAllowed(_("A margin is a plain number and never below 0: it could draw the text over its warnings."))
    if base == "z-index" and (has_sums or any(token.value > HIGHEST for token in numbers)):
        raise NotAllowed(_("z-index is a plain number of at most %(most)d.") % {"most": HIGHEST})
    if base == "content" and any(token.type not in {"string", "ident", "whitespace", "comment", "function"} for token in tokens):
        raise NotAllowed(_("content is a text in quotation marks, or none."))


def _values(tokens: Sequence[Node], *, depth: int, names_values: bool) -> str:
    """Answer values written anew. Raises `NotAllowed`."""
    if depth > DEEPEST:
        raise NotAllowed(_("Too many brackets stand inside one another."))
    return "".join(_value(token, depth=depth, names_values=names_values) for token in tokens)


def _value(token: Node, *, depth: int, names_values: bool) -> str:
    """Answer one value, or all that stands between its brackets."""
    if token.type == "() block":
        return f"({_values(token.content, depth=depth + 1, names_values=names_values)})"
    if token.type == "function":
        return _function(token, depth=depth, names_values=names_values)
    return _plain_value(token)


def _plain_value(token: Node) -> str:
    written = ""
    match token.type:
        case "whitespace" | "comment":
            written = " "
        case "ident" if selectors.NAME.fullmatch(token.value):
            written = serialize_identifier(token.value)
        case "number" | "percentage":
            written = token.representation + "%" * (token.type == "percentage")
        case "dimension" if token.unit.isalpha() and token.unit.isascii():
            written = f"{token.representation}{token.lower_unit}"
        case "string":
            written = quoted(token.value)
        case "hash" if token.value.isalnum() and token.value.isascii():
            written = f"#{token.value}"
        case "literal" if token.value in {",", "/", "+", "-", "*"}:
            written = token.value
        case "url":
            raise NotAllowed(str(NO_URL))
    if not written:
        raise NotAllowed(_("%(what)s cannot stand in a value.") % {"what": token.serialize()[:40]})
    return written


def _function(token: Node, *, depth: int, names_values: bool) -> str:
    name = style_words.without_prefix(token.lower_name)
    if name == "url":
        raise NotAllowed(str(NO_URL))
    if name == style_words.VARIABLE and not names_values:
        raise NotAllowed(_("var(…) cannot be used in the skin of a work."))
    if name not in style_words.FUNCTIONS and name != style_words.VARIABLE:
        raise NotAllowed(_("%(name)s(…) cannot be used in a skin.") % {"name": token.lower_name[:40]})
    return f"{token.lower_name}({_values(token.arguments, depth=depth + 1, names_values=names_values)})"
