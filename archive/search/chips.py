"""What is active in a listing, in words, each with the address of the listing without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.search.forms import NO, YES
from archive.search.parameters import MOST_TAGS, field_name, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archive.search.parameters import Asked, Pairs

# What a chip says of what was typed; an order narrows nothing and has none.
TYPED = {
    "query": _("“{value}”"),
    "title": _("title: {value}"),
    "creators": _("creator: {value}"),
    "words_from": _("{value} words or more"),
    "words_to": _("{value} words or less"),
    "date_from": _("updated from {value}"),
    "date_to": _("updated to {value}"),
    "revised_at": _("updated: {value}"),
    "word_count": _("words: {value}"),
    "hits": _("hits: {value}"),
    "kudos_count": _("kudos: {value}"),
    "comments_count": _("comments: {value}"),
    "bookmarks_count": _("bookmarks: {value}"),
}
CHOSEN = {
    "complete": {YES: _("complete works"), NO: _("works in progress")},
    "crossover": {YES: _("only crossovers"), NO: _("no crossovers")},
    "single_chapter": {"1": _("in one chapter")},
}


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that is active, and the address without it."""

    text: str
    address: str
    is_out: bool = False


def chips_of(
    asked: Asked, *, names: Mapping[int, str], languages: Mapping[str, str], address: Callable[[Pairs], str]
) -> list[Chip]:
    """Answer the chips of what is asked for: tags first, then what was said. `address` is of the listing with such parameters."""
    shown = asked.tags[: 2 * MOST_TAGS]  # where there are more, nothing is looked for
    chips = [Chip(_name(tag.pk, tag.name, names), address(asked.without_tag(tag)), tag.is_out) for tag in shown]
    said = {name: text for name, value in asked.said.items() if (text := _text(name, value, languages))}
    return [*chips, *(Chip(text, address(asked.without(name))) for name, text in said.items())]


def address_without(path: str, *, has_default: bool) -> Callable[[Pairs], str]:
    """Answer what makes addresses of a listing; where a reader has a default filter, one of nothing says that it is not wanted."""

    def address(pairs: Pairs) -> str:
        sort_keys = {field_name("sort_column"), field_name("sort_direction")}
        if has_default and all(key in sort_keys for key, _value in pairs):
            pairs = [*pairs, ("default", "off")]
        return f"{path}?{written(pairs)}" if pairs else path

    return address


def _name(pk: int | None, name: str, names: Mapping[int, str]) -> str:
    return name if pk is None else names.get(pk) or str(_("a tag that is not here"))


def _text(name: str, value: str, languages: Mapping[str, str]) -> str:
    if name == "language_id":
        return languages.get(value, "")
    if name in CHOSEN:
        return str(CHOSEN[name].get(value, ""))
    return str(format_lazy(TYPED[name], value=value)) if name in TYPED else ""
