"""The tags of a seeded archive: fandoms with their casts, additional tags that everybody uses, and those used once.

The shape of a name tells its kind (a fandom ends with its medium, a relationship has a slash or an ampersand, a
character is two invented words, an additional tag opens with English ones), so no name can be of two kinds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from archive.ops.seeding import shapes
from archive.tags.models import CHARACTER, FANDOM, FREEFORM, RELATIONSHIP
from archive.text.fields import folded_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.ops.seeding.vocabulary import Script

# What part of the distinct tags is of which kind.
FANDOMS_FOR_A_WORK = 0.02
SHARES = {CHARACTER: 0.19, RELATIONSHIP: 0.23, FREEFORM: 0.14}
SMALLEST_CAST, FEWEST_PAIRS = 3, 2
SHARE_OF_SYNONYMS = 0.15  # of the tags used once: another spelling of a common one
SHARE_OF_FRIENDSHIPS = 0.25
FEWEST_COMMON, FEWEST_FANDOMS = 20, 3

MEDIA = {
    "TV": "TV Shows", "Anime": "Anime & Manga", "Book": "Books & Literature", "Movies": "Movies", "Game": "Video Games",
    "Comics": "Cartoons & Comics & Graphic Novels", "RPF": "Celebrities & Real People", "Band": "Music & Bands",
    "Musical": "Theater", "Podcast": "Other Media", "Works": "",
}  # fmt: skip
COMMON_OPENINGS = [
    "Angst and", "Fluff and", "Hurt/Comfort", "Slow Burn", "Alternate Universe -", "Canon Divergence -", "Post-Canon",
    "Friends to", "Enemies to", "Mutual", "First", "Found Family", "Missing Scene", "Pining", "Based on", "Crossover -",
]  # fmt: skip
RARE_OPENINGS = [
    "i wrote this on a", "there is so much", "please read the", "no one asked for this", "the author regrets the",
    "set after the", "mentions of", "they deserve a", "this was meant to be a", "blame my", "inspired by the song", "minor",
]  # fmt: skip


@dataclass(slots=True)
class Name:
    """A tag that is to exist: its name, its kind, and the places of others that it hangs on."""

    name: str
    kind: str
    is_canonical: bool = True
    parent: int | None = None
    medium: str = ""
    synonym_of: int | None = None

    @property
    def folded(self) -> str:
        """The key that it is found by."""
        return folded_key(self.name)


@dataclass(frozen=True, slots=True)
class Fandom:
    """A fandom's place among the names, and those of its characters and relationships."""

    place: int
    characters: range
    relationships: range


@dataclass(slots=True)
class Cast:
    """All names, and who is where among them. Places are indexes of `names`."""

    names: list[Name] = field(default_factory=list)
    fandoms: list[Fandom] = field(default_factory=list)
    common: range = range(0)
    rare: range = range(0)


class _Naming:
    """Gives names that nobody has been given before."""

    def __init__(self, latin: Script, random: Random) -> None:
        self.words = latin.words[100:]  # past the words that are real ones
        self.random = random
        self.given: set[str] = set()

    def word(self) -> str:
        """Answer a word with a capital."""
        return self.words[int(self.random.random() * len(self.words))].capitalize()

    def new(self, wording: Callable[[], str]) -> str:
        """Answer the first of these wordings that is new."""
        while (name := wording()).lower() in self.given:
            pass
        self.given.add(name.lower())
        return name


def cast(works: int, *, seed: int, latin: Script) -> Cast:
    """Answer the tags for so many works."""
    naming = _Naming(latin, Random(f"cast {seed}"))  # noqa: S311 # chance for shapes, not for secrets
    made = Cast()
    distinct = shapes.TAGS_FOR_A_WORK * works
    _add_fandoms(made, naming, works, distinct)
    made.common = _add(made, [_common(naming) for _ in range(max(FEWEST_COMMON, int(distinct * SHARES[FREEFORM])))])
    left = max(0, int(distinct) - len(made.names))
    made.rare = _add(made, [_rare(naming, made.common) for _ in range(left)])
    return made


def _add(made: Cast, names: list[Name]) -> range:
    """Put names behind the others and answer their places."""
    first = len(made.names)
    made.names += names
    return range(first, len(made.names))


def _add_fandoms(made: Cast, naming: _Naming, works: int, distinct: float) -> None:
    """Put in the fandoms, larger ones with larger casts."""
    count = max(FEWEST_FANDOMS, int(works * FANDOMS_FOR_A_WORK))
    # A fandom with a hundred times the works has ten times the cast.
    sizes = [(rank + 3) ** -0.6 for rank in range(count)]
    casts = shapes.spread(int(distinct * SHARES[CHARACTER]), sizes, least=SMALLEST_CAST)
    pairs = shapes.spread(int(distinct * SHARES[RELATIONSHIP]), sizes, least=FEWEST_PAIRS)
    for people, bonds in zip(casts, pairs, strict=True):
        [place] = _add(made, [_fandom(naming)])
        characters = _add(made, [_character(naming, place) for _ in range(people)])
        couples = min(bonds, people * (people - 1) // 2)  # no more than can be told apart
        relationships = _add(made, [_relationship(naming, made, characters, place) for _ in range(couples)])
        made.fandoms.append(Fandom(place, characters, relationships))


def _fandom(naming: _Naming) -> Name:
    """Answer a fandom: one to three words and, in brackets, what it is."""
    medium = list(MEDIA)[int(naming.random.random() * len(MEDIA))]
    article = "The " if naming.random.random() < 0.3 else ""  # noqa: PLR2004 # so many titles begin with it
    words = 1 + int(naming.random.random() * 3)
    name = naming.new(lambda: f"{article}{' '.join(naming.word() for _ in range(words))} ({medium})")
    return Name(name, FANDOM, medium=MEDIA[medium])


def _character(naming: _Naming, fandom: int) -> Name:
    """Answer a character of a fandom."""
    return Name(naming.new(lambda: f"{naming.word()} {naming.word()}"), CHARACTER, parent=fandom)


def _relationship(naming: _Naming, made: Cast, characters: range, fandom: int) -> Name:
    """Answer two characters of a fandom, in love or in friendship; the first of a cast are in most of them."""
    law = shapes.popularity(len(characters))
    sign = " & " if naming.random.random() < SHARE_OF_FRIENDSHIPS else "/"

    def wording() -> str:
        first = law.pick(naming.random)
        second = int(naming.random.random() * (len(characters) - 1))
        second += second >= first
        return sign.join(sorted(made.names[characters[place]].name for place in (first, second)))

    return Name(naming.new(wording), RELATIONSHIP, parent=fandom)


def _common(naming: _Naming) -> Name:
    """Answer an additional tag that many use."""

    def wording() -> str:
        opening = COMMON_OPENINGS[int(naming.random.random() * len(COMMON_OPENINGS))]
        return f"{opening} {' '.join(naming.word() for _ in range(1 + int(naming.random.random() * 2)))}"

    return Name(naming.new(wording), FREEFORM)


def _rare(naming: _Naming, common: range) -> Name:
    """Answer an additional tag that one author thought of; some are another spelling of a common one."""

    def wording() -> str:
        opening = RARE_OPENINGS[int(naming.random.random() * len(RARE_OPENINGS))]
        return f"{opening} {naming.word().lower()} {naming.word().lower()}"

    is_synonym = naming.random.random() < SHARE_OF_SYNONYMS
    synonym_of = common[int(naming.random.random() * len(common))] if is_synonym else None
    return Name(naming.new(wording), FREEFORM, is_canonical=False, synonym_of=synonym_of)
