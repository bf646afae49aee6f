"""What cannot be understood in a search: each says what is wrong, where, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


LONGEST_SHOWN = 40  # characters of what was typed


class Mistake(ArchiveError):
    """A search that cannot be understood."""


class TooLong(Mistake):
    """More characters than are read."""

    def __init__(self, typed: int, *, most: int) -> None:
        sentence = _(
            "This search is too long: it has %(typed)d characters, and %(most)d can be read. Leave out what matters least."
        )
        super().__init__(sentence % {"typed": typed, "most": most})


class TooManyWords(Mistake):
    """More words than are looked up."""

    def __init__(self, *, most: int) -> None:
        super().__init__(_("This search has more than %(most)d words. Leave out what matters least.") % {"most": most})


class TooManyWildcards(Mistake):
    """More signs that stand for others than are looked up."""

    def __init__(self, *, most: int) -> None:
        sentence = _("This search has more than %(most)d * and ?. Take some of them out. In quotation marks they say nothing.")
        super().__init__(sentence % {"most": most})


class TooDeep(Mistake):
    """Parentheses within parentheses, too often."""

    def __init__(self, *, most: int) -> None:
        super().__init__(_("Parentheses are nested deeper than %(most)d here. Take some of them out.") % {"most": most})


class Unclosed(Mistake):
    """A parenthesis that nothing closes."""

    def __init__(self, where: str) -> None:
        super().__init__(_("There is a ( without its ), here: “%(where)s”. Add the ), or take the ( out.") % {"where": where})


class Unopened(Mistake):
    """A parenthesis that nothing opened."""

    def __init__(self, where: str) -> None:
        super().__init__(
            _("There is a ) without its (, here: “%(where)s”. Add the (, or take the ) out. In quotation marks it says nothing.")
            % {"where": where}
        )


class HalfQuoted(Mistake):
    """A quotation mark without the other."""

    def __init__(self, where: str) -> None:
        sentence = _("There is a quotation mark without its other half, here: “%(where)s”. Add the other, or take it out.")
        super().__init__(sentence % {"where": where})


class NothingAfter(Mistake):
    """A name or a sign at the end of what it should have stood before."""

    def __init__(self, said: str) -> None:
        sentence = _(
            "There is nothing after “%(said)s”. Add what it is about, or take it out. In quotation marks it is an ordinary word."
        )
        super().__init__(sentence % {"said": said})


class NothingBeside(Mistake):
    """AND or OR with only one side."""

    def __init__(self, operator: str) -> None:
        sentence = _(
            "“%(operator)s” needs something on both sides. Add it, or take it out. In quotation marks it is an ordinary word."
        )
        super().__init__(sentence % {"operator": operator})


class BeginsWithStar(Mistake):
    """A word of which not even the first letter is known."""

    def __init__(self, word: str) -> None:
        sentence = _("“%(word)s” begins with a *. Write at least the first letter before it. In quotation marks a * says nothing.")
        super().__init__(sentence % {"word": _shown(word)})


class TooFuzzy(Mistake):
    """A word that nearly any other would do for."""

    def __init__(self, word: str, *, most: int) -> None:
        sentence = _(
            "“%(word)s” asks for too much: at most %(most)d letters can differ. In quotation marks it is an ordinary word."
        )
        super().__init__(sentence % {"word": _shown(word), "most": most})


class TooWild(Mistake):
    """A pattern that more could be like than an index can look through."""

    def __init__(self, word: str) -> None:
        sentence = _("“%(word)s” leaves too much open. Take out some of its * and ?. In quotation marks they say nothing.")
        super().__init__(sentence % {"word": _shown(word)})


class NoSuchValue(Mistake):
    """What stands behind a name is not what the name takes. The refusal is the name's own."""

    def __init__(self, refusal: StrPromise, *, written: str, name: str) -> None:
        super().__init__(refusal % {"written": _shown(written), "name": name})


class NothingWithin(Mistake):
    """A range that holds nothing."""

    def __init__(self, written: str) -> None:
        sentence = _("Nothing can be within “%(written)s”. Write the lower end of a range first, such as 100-200 or 3-6 months.")
        super().__init__(sentence % {"written": _shown(written)})


class NoSuchOrder(Mistake):
    """Nothing that works can be sorted by."""

    def __init__(self, written: str) -> None:
        sentence = _(
            "“%(written)s” is no order. Write sort:kudos, or instead of kudos: words, hits, comments, bookmarks, title, author, "
            "posted, updated, score. If these are words that you look for, put them in quotation marks."
        )
        super().__init__(sentence % {"written": _shown(written)})


def _shown(written: str) -> str:
    """Answer what was typed, cut where a sentence could not bear more."""
    typed = written.strip()
    return typed if len(typed) <= LONGEST_SHOWN else f"{typed[: LONGEST_SHOWN - 1]}…"
