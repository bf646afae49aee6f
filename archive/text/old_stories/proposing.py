"""What the header of an old story proposes for the fields of a work. Nothing here is chosen: the author chooses."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.text.folding import fold
from archive.text.old_stories import phrases, ratings
from archive.text.old_stories.labels import Label
from archive.text.old_stories.phrases import Found
from archive.text.old_stories.reading import Pair, Parted, part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LONGEST_VALUE = 10_000  # characters of one label that are looked through; no note is longer
MOST_LOOKED_THROUGH = 20_000  # characters in which phrases are looked for; no header is longer
WARNED_IN = frozenset([Label.WARNING, Label.RATING, Label.CATEGORY, Label.NOTE])
CATEGORY_IN = frozenset([Label.CATEGORY, Label.RELATIONSHIP, Label.RATING, Label.WARNING, Label.NOTE, Label.SUBJECT])
# What goes into the notes, each with its label before it, so that no word of the author's is lost.
NOTED = {Label.DISCLAIMER: "Disclaimer", Label.SPOILER: "Spoilers", Label.SERIES: "Series", Label.THANKS: "Thanks"}
NOTHING = re.compile(r"(?:none?|n/?a|nil|no pairings?|nothing|no one|nobody|see (?:above|below)|-+|\?+)[\s.!]*", re.IGNORECASE)
SPLIT = re.compile(r"\s*[,;，、]\s*")
# What stands in brackets is said beside a name, but for a medium or a year, which tell two of one name apart.
TOLD_APART = (
    r"(?:tv|television|movies?|films?|animes?|mangas?|comics?|cartoons?|books?|novels?|(?:video )?games?"
    r"|radio|podcasts?|plays?|musicals?|bands?|albums?|rpf|\d{4})"
)
ASIDE = re.compile(rf"\s*\((?!(?:[^()]*\s)?{TOLD_APART}(?:\s[^()]*)?\))[^()]*\)|\s*\[[^\[\]]*\]", re.IGNORECASE)
QUALIFIED = re.compile(
    r"^(?:(?:implied|past|hints? of|slight|mentions? of|mentioned|eventual|pre-|pre|ust|brief|minor|main|background|unrequited|"
    r"one-?sided|established|some|a bit of|mostly|mainly|possible|light)[ -]+)+",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r"(?:\s+(?:friendship|ust|friendly|pre-?slash|slash|implied|mentioned|romance|if you squint|undertones|hints))+$", re.IGNORECASE
)
FRIENDS = re.compile(r"\s(?:&|and|und|et|y)\s|&", re.IGNORECASE)
LOVERS = re.compile(r"\s*(?:/|／|\+)\s*|\s+[xX×]\s+|(?<=[a-z])[xX×](?=[A-Z])")
CATEGORY_WORD = re.compile(
    r"(?:[mf](?:\s?/\s?[mf])+|het|slash|gen|femslash|multi|poly|none|various|many|everyone|others?|etc|ensemble|oc|ocs)\.?",
    re.IGNORECASE,
)
ENDING = re.compile(r"[\s.;:!*_]+$")
TITLE_PART = re.compile(r"[\s,:-]*[(\[]?(?:(?:part|chapter|ch\.?)\s*)?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?)[)\]]?\s*$", re.IGNORECASE)
SUBJECT_HEAD = re.compile(
    r"^(?:\s*(?:(?:re|fwd?|fw|fic|fanfic|story|new|repost|re-post|ff|post)\s*:|\[[^\]]*\]|(?:new )?fic\s+-))+", re.IGNORECASE
)
SUBJECT_TAIL = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
TITLE_BY = re.compile(r"^(?P<title>.{2,80}?),?\s+by\s+(?P<by>\S+(?:\s+\S+){0,2})$", re.IGNORECASE)
QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»", "_": "_", "*": "*", "~": "~", "「": "」", "『": "』"}
LONGEST_LIST = 2_000  # characters of one value in which names are looked for
MOST_VALUES = 20  # of one label; a header says a thing once or twice
MOST_NAMES = 40  # of one kind; more are no header but a list of something else


@dataclass(frozen=True, slots=True)
class Proposals:
    """What may go into the fields of a work, and what the author is only shown beside them."""

    title: str = ""
    summary: str = ""
    notes: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()
    relationships: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    ratings: tuple[Found, ...] = ()
    categories: tuple[Found, ...] = ()
    warnings: tuple[Found, ...] = ()
    content_notes: tuple[str, ...] = ()
    disclaimers: tuple[str, ...] = ()
    spoilers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # of genres and keywords: additional tags, if the author wants them


@dataclass(frozen=True, slots=True)
class OldStory:
    """An old story: its header, its text, and what the one proposes for the other."""

    parted: Parted
    proposals: Proposals

    @property
    def text(self) -> str:
        """The story without its header."""
        return self.parted.text

    @property
    def header(self) -> str:
        """The lines that were taken for its header."""
        return self.parted.header_text


def read(raw: str) -> OldStory:
    """Read an old story: part it, and propose what its header says."""
    parted = part(raw)
    return OldStory(parted, propose(parted.pairs))


def propose(pairs: Iterable[Pair]) -> Proposals:
    """What the labels of a header propose."""
    said = [one for pair in pairs for one in _alone(pair)]
    heard = list(_first(said, MOST_LOOKED_THROUGH))
    of = {label: [pair.value for pair in said if pair.label is label and pair.value] for label in Label}
    warned = [value for value in of[Label.WARNING] if not phrases.says_no_warnings(value) and not NOTHING.fullmatch(value)]
    answer = Proposals(
        title=_title(of),
        summary="\n\n".join(_unquoted(value) for value in of[Label.SUMMARY]),
        notes=tuple(_notes(said)),
        fandoms=_names(of[Label.FANDOM], _fandom),
        relationships=_names(of[Label.RELATIONSHIP] or _pairings(of), _relationship),
        characters=_names(of[Label.CHARACTER], _character),
        ratings=tuple(_ratings(heard)),
        categories=tuple(_once(one for pair in heard if pair.label in CATEGORY_IN for one in phrases.categories_in(pair.value))),
        warnings=tuple(_once(_warnings(heard))),
        content_notes=tuple(dict.fromkeys(warned)),
        disclaimers=tuple(of[Label.DISCLAIMER]),
        spoilers=tuple(value for value in of[Label.SPOILER] if not NOTHING.fullmatch(value)),
        words=_names(of[Label.CATEGORY], _word),
    )
    kept = tuple(name for name in answer.characters if fold(name) not in {fold(one) for one in answer.relationships})
    return replace(answer, characters=kept)


def _first(said: list[Pair], most: int) -> Iterator[Pair]:
    """The first labels, as many as have that many characters together."""
    for pair in said:
        most -= len(pair.value)
        if most < 0:
            return
        yield pair


def _alone(pair: Pair) -> Iterator[Pair]:
    """A label of its own for each part of a joined one such as `Pairing/Rating`, with its part of the words where these show it."""
    short = pair._replace(value=pair.value[:LONGEST_VALUE])
    labels = (pair.label, *pair.others)
    if len(labels) == 1:
        yield short
        return
    for parts in (re.split(r"\s*[;|]\s*", short.value), re.split(r"\s+[-–—/]+\s+", short.value), SPLIT.split(short.value)):
        if len(parts) == len(labels):
            yield from (short._replace(label=label, value=part.strip()) for label, part in zip(labels, parts, strict=True))
            return
    for label in labels:
        if label is Label.CHARACTER and Label.RELATIONSHIP in labels:
            yield short._replace(label=label, value=", ".join(name for name in SPLIT.split(short.value) if not LOVERS.search(name)))
        elif label is Label.RELATIONSHIP and Label.CHARACTER in labels:
            yield short._replace(label=label, value=", ".join(name for name in SPLIT.split(short.value) if LOVERS.search(name)))
        else:
            yield short._replace(label=label)


def _title(of: dict[Label, list[str]]) -> str:
    for value in of[Label.TITLE]:
        title = TITLE_PART.sub("", _unquoted(value)).strip() or value
        if found := TITLE_BY.match(title):
            title = found["title"].rstrip(" -–—")
        if title := _unquoted(title):
            return title
    for value in of[Label.SUBJECT]:
        title = SUBJECT_HEAD.sub("", value)
        for _ in range(3):
            title = TITLE_PART.sub("", SUBJECT_TAIL.sub("", title))
        if title := _unquoted(title):
            return title
    return ""


def _unquoted(value: str) -> str:
    """The words without the marks that enclose all of them."""
    words = value.strip()
    while len(words) > 1 and QUOTES.get(words[0]) == words[-1]:
        words = words[1:-1].strip()
    return words.strip("*_~ ") or words


def _notes(said: list[Pair]) -> Iterator[str]:
    """The author's notes, in the order of the header, other matter with its label before it."""
    for pair in said:
        if not pair.value or NOTHING.fullmatch(pair.value):
            continue
        if pair.label is Label.NOTE:
            yield pair.value
        elif pair.label in NOTED:
            word = NOTED[pair.label]
            yield pair.value if fold(pair.value).startswith(fold(word)[:6]) else f"{word}: {pair.value}"


def _ratings(said: list[Pair]) -> Iterator[Found]:
    found: dict[str, Found] = {}
    for pair in said:
        if pair.label is Label.RATING:
            for code, word in ratings.in_value(pair.value):
                found.setdefault(code, Found(code, word))
    for pair in said:
        if not found and pair.label in {Label.SUBJECT, Label.NOTE, Label.CATEGORY, Label.WARNING, Label.TITLE}:
            for code, word in ratings.in_sentence(pair.value):
                found.setdefault(code, Found(code, word))
    yield from found.values()


def _warnings(said: list[Pair]) -> Iterator[Found]:
    for pair in said:
        if pair.label is Label.WARNING and phrases.says_no_warnings(pair.value):
            yield Found(phrases.NONE, pair.value.strip())
        elif pair.label in WARNED_IN:
            yield from phrases.warnings_in(pair.value)


def _once(found: Iterable[Found]) -> Iterator[Found]:
    """Each code with each of its phrases once, the phrases of one code together in one line of words."""
    words: dict[str, list[str]] = {}
    for one in found:
        if one.words not in (led := words.setdefault(one.code, [])):
            led.append(one.words)
    return (Found(code, "; ".join(led)) for code, led in words.items())


def _pairings(of: dict[Label, list[str]]) -> list[str]:
    """Pairings that a subject names in brackets, as mailing lists asked for: `The Lamp [A/B, NC-17]`."""
    named = [one for value in of[Label.SUBJECT] for one in re.findall(r"[(\[]([^()\[\]]*)[)\]]", value)]
    return [one for value in named for one in SPLIT.split(value) if re.fullmatch(r"[A-Z][\w.' ]*/[A-Z][\w.' ]*", one)]


def _names(values: Iterable[str], made: Callable[[str], str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for value in itertools.islice(values, MOST_VALUES):
        for piece in _pieces(ASIDE.sub("", value[:LONGEST_LIST]), made):
            name = made(ENDING.sub("", _unquoted(piece)))
            if name and not NOTHING.fullmatch(name):
                names.setdefault(fold(name), name)
    return tuple(names.values())[:MOST_NAMES]


def _pieces(value: str, made: Callable[[str], str]) -> Iterator[str]:
    """The names that a value lists."""
    for piece in SPLIT.split(value):
        several = FRIENDS.split(piece) if made is _character or (made is _relationship and _are_pairs(piece)) else [piece]
        yield from several


def _are_pairs(piece: str) -> bool:
    """Whether an "and" stands between pairings, and not between friends."""
    parts = FRIENDS.split(piece)
    return len(parts) > 1 and all(LOVERS.search(part) for part in parts)


def _fandom(piece: str) -> str:
    return re.sub(r"^(?:and|crossover (?:with|between))\s+|\s+(?:crossover|fandom)$", "", piece, flags=re.IGNORECASE)


def _relationship(piece: str) -> str:
    name = TRAILING.sub("", QUALIFIED.sub("", re.sub(r"^and\s+", "", piece)))
    if CATEGORY_WORD.fullmatch(name):
        return ""
    if LOVERS.search(name):
        return "/".join(part for part in LOVERS.split(name) if part)
    if FRIENDS.search(name):
        return " & ".join(part.strip() for part in FRIENDS.split(name) if part.strip())
    return ""


def _character(piece: str) -> str:
    name = re.sub(r"^(?:and|&)\s+", "", piece, flags=re.IGNORECASE)
    return "" if CATEGORY_WORD.fullmatch(name) or len(name.split()) > 5 else name  # noqa: PLR2004 - no name is longer


def _word(piece: str) -> str:
    return "" if CATEGORY_WORD.fullmatch(piece) or ratings.in_sentence(piece) or len(piece.split()) > 4 else piece  # noqa: PLR2004 - a tag, no sentence
