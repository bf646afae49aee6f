"""Looks at one line of an old story: is it blank, drawn, or does it begin with the label of a header?"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from archive.text.old_stories import ratings
from archive.text.old_stories.labels import AMBIGUOUS, LONGEST_LABEL, Label, is_ambiguous, meanings
from archive.text.paragraphs import is_scene_break

LONGEST_HEADER_LINE = 6_000
QUOTED = re.compile(r"(?:[ \t]*+>)++")
MARKUP = re.compile(r"</?(?:b|i|u|em|strong|br|p|font|span|center|div|small|big|lj-cut|h[1-6])\b[^<>]{0,100}>", re.IGNORECASE)
ORNAMENT = " \t*_~=+#•·–—-[](){}<>|\"'“”«»"
SPOKEN = tuple('"“”„«»「『')  # what stands in quotation marks is said in the story
PLURAL = re.compile(r"\((?:s|es|ies)\)")
COLON = re.compile(r"[ \t*_\])}]*+[:：]++[ \t*_\])}]*+")
# Weaker than a colon: a dash, an arrow, dots, a bracket, a tab.
WEAK = re.compile(
    r"[ \t]*+(?:(?:\.[ ]?){2,}+|…|[\])}]++[ \t]*+[-–—=~]*+|\t|[ \t][-–—~=|]++>?(?=[ \t]|$)|[-–—=~]++>?(?=[ \t]|$)|=|\|)[ \t]*+"
)
SHOUTED = re.compile(r"([A-Z][A-Z/'’]{3,14})[ \t]++(?=\S)")
SOFT = {
    Label.SPOILER: re.compile(r"(?:major |minor |mild |some |slight )?spoilers? (?:for|through|up to|to|from)\b", re.IGNORECASE),
    Label.WARNING: re.compile(r"(?:warnings?|warned|be warned|contains warnings) for\b", re.IGNORECASE),
    Label.SERIES: re.compile(r"(?:a |the )?(?:sequel|prequel|companion|follow[- ]?up) to\b", re.IGNORECASE),
    Label.THANKS: re.compile(
        r"(?:dedicated to|thanks (?:also )?to|many thanks to|beta(?:'?ed|'d|-?read)? by|written for|unbeta'?e?d)\b", re.IGNORECASE
    ),
    Label.RATING: re.compile(rf"rated:?\s+(?=(?:{ratings.ANY})(?!\w))", re.IGNORECASE),
}
IS_PART = re.compile(r"[\W_]*(?:(?:part|chapter|ch\.?|section)\s+)?\(?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?)\)?[\W_]*", re.IGNORECASE)
AGAIN = re.compile(r"(?<![^\s|,;/.(\[<~*-])(?=[A-Z])(?P<label>[A-Za-z][A-Za-z'’/()& ]{1,28}?)[*_]{0,2}[:：][*_ ]{0,3}")
SIGNATURE = re.compile(r"\s*--\s*")
MOST_WORDS = 3


class Labelled(NamedTuple):
    """A label that begins in a line, and the words behind it."""

    label: Label
    value: str
    is_sure: bool
    others: tuple[Label, ...] = ()  # what else a joined label such as `Pairing/Rating` speaks of


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it lies there, and what it is."""

    written: str
    bare: str
    labelled: tuple[Labelled, ...] = ()
    is_drawn: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.bare


def look(written: str) -> Line:
    """Answer what a line is."""
    if len(written) > LONGEST_HEADER_LINE:
        return Line(written, written)
    bare = written.strip()
    if ">" in bare or "<" in bare:
        bare = MARKUP.sub("", QUOTED.sub("", bare, count=1) if bare.startswith(">") else bare).strip()
    if bare and (is_scene_break(bare) or SIGNATURE.fullmatch(bare)):
        return Line(written, bare, is_drawn=True)
    if bare and IS_PART.fullmatch(bare):
        return Line(written, bare, (Labelled(Label.PART, bare, is_sure=False),))
    return Line(written, bare, tuple(_labelled(bare)))


def _labelled(bare: str) -> list[Labelled]:
    """Answer the labels of a line, where it begins with one."""
    if bare.startswith(SPOKEN):
        return []
    line = PLURAL.sub("s", bare[: LONGEST_LABEL + 20]) + bare[LONGEST_LABEL + 20 :]
    closes = {"[": "]", "(": ")", "{": "}", "<": ">"}.get(line[:1], "")
    line = line.lstrip(ORNAMENT)
    first = _by_colon(line) or _by_less(line) or _by_phrase(line)
    if first is None:
        return []
    value = (
        first.value.removesuffix(closes) if closes and not first.value.count(closes) > 1 + first.value.count("(") else first.value
    )
    return _divided(first._replace(value=value))


def _by_colon(line: str) -> Labelled | None:
    for found in COLON.finditer(line, 0, LONGEST_LABEL + 10):
        label = line[: found.start()].rstrip(ORNAMENT)
        if kinds := meanings(label):
            return Labelled(kinds[0], line[found.end() :].strip(), not is_ambiguous(label), kinds[1:])
        return None
    return None


def _by_less(line: str) -> Labelled | None:
    """A label before something weaker than a colon: only the words that are nothing but labels."""
    for found in WEAK.finditer(line, 0, LONGEST_LABEL + 10):
        label = line[: found.start()].rstrip(ORNAMENT)
        kinds = meanings(label)
        if kinds and label[:1].isupper() and not is_ambiguous(label):
            return Labelled(
                kinds[0], line[found.end() :].lstrip(ORNAMENT.replace("(", "").replace("[", "")).strip(), True, kinds[1:]
            )
    if (shouted := SHOUTED.match(line)) and not is_ambiguous(shouted[1]) and not line.isupper():
        kinds = meanings(shouted[1])
        if kinds and kinds[0] in SHOUTED_LABELS:
            return Labelled(kinds[0], line[shouted.end() :].strip(), True)
    return None


SHOUTED_LABELS = frozenset(
    [Label.WARNING, Label.RATING, Label.DISCLAIMER, Label.SUMMARY, Label.RELATIONSHIP, Label.FANDOM, Label.SPOILER]
)


def _by_phrase(line: str) -> Labelled | None:
    """Words that speak as a label does, such as `Rated R` or `Spoilers for the second season`."""
    for label, phrase in SOFT.items():
        if found := phrase.match(line):
            is_short = label is Label.RATING
            return Labelled(
                label, line[found.end() :].strip() if is_short else line, is_sure=label in {Label.RATING, Label.SPOILER}
            )
    return None


def _divided(first: Labelled) -> list[Labelled]:
    """Answer the labels of a line that holds several, each with its own words."""
    pieces, begin, last = [], 0, first
    for found in AGAIN.finditer(first.value):
        for start, label in _endings(found["label"]):
            kinds = meanings(label)
            if kinds and label[0].isupper() and not _is_word_of_a_sentence(label):
                pieces.append(last._replace(value=_closed(first.value[begin : found.start("label") + start])))
                last, begin = Labelled(kinds[0], "", not is_ambiguous(label), kinds[1:]), found.end()
                break
    pieces.append(last._replace(value=first.value[begin:].strip(" \t*_") if begin else first.value))
    return pieces


def _endings(words: str) -> list[tuple[int, str]]:
    """Answer the last words, the most first, each with the place where they begin."""
    starts = [found.start() for found in re.finditer(r"\S+", words)][-MOST_WORDS:]
    return [(start, words[start:]) for start in starts]


def _is_word_of_a_sentence(label: str) -> bool:
    return label.lower() in AMBIGUOUS and label.lower() not in {"part", "date", "complete", "words", "status"}


def _closed(value: str) -> str:
    """The words of a label without what parts it from the next."""
    return value.strip().rstrip("|/;,~*_-[<( \t").rstrip()
