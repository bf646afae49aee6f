"""Invented words and what is made of them: names, titles, sentences and long texts, in six scripts.

A text is cut from a pool of paragraphs with known counts of words, so that a text of any length costs next to nothing.
Every draw goes through `Random.random` and integers, which give the same on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

WORDS_OF_A_SCRIPT = 6_000  # a text of them is about as hard to compress as a novel
WORDS_IN_POOL = {"latin": 160_000}  # most works are in English
WORDS_IN_OTHER_POOLS = 20_000
LONGEST_SENTENCE = 28
SENTENCES_OF_A_LENGTH = 24
COMMONEST = (
    *("the", "and", "of", "to", "a", "in", "was", "he", "she", "it", "that", "her", "his", "with", "for", "as", "had"),
    *("at", "not", "they", "on", "but", "you", "him", "be", "said", "from", "so", "all", "what", "then", "there", "one"),
)
SHARE_IN_ITALICS = 0.06
SHARE_OF_SCENE_BREAKS = 0.02
SCENE_BREAK = "<hr>"

VOWELS = ["a", "e", "i", "o", "u", "ea", "ai", "ou"]
ONSETS = [
    "b",
    "br",
    "c",
    "d",
    "dr",
    "f",
    "g",
    "gl",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "qu",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "tr",
    "v",
    "w",
]
CODAS = ["", "", "l", "m", "n", "nd", "r", "rn", "s", "st", "t", "ck", "ll"]
LETTERS = {
    "cyrillic": "абвгдежзиклмнопрстухцчшя",
    "arabic": "ابتجحدرزسشصعفقكلمنهوي",
    "han": (
        "的一是了我不在人有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么"
        "心多天而能好都然没日于起还发成事只作当想看文无开手"
    ),
    "kana": (
        "のにはをたがでてとしれさあいうえおかきくけこすせそちつなねひふへほまみむめもやゆよらりるろわん時人日本見出来行思言手目間事"
    ),
    "hangul": "가고기나는다도를로리마만보사서시아어에여오우은을이인자저조지하한해",
}


@dataclass(frozen=True)
class Script:
    """How a script writes: its words, what stands between them, and how a sentence ends."""

    name: str
    words: list[str]
    weights: list[float]
    gap: str = " "
    comma: str = ","
    stop: str = "."

    def word(self, random: Random) -> str:
        """Answer a word, common ones often."""
        return self.words[bisect_right(self.weights, random.random() * self.weights[-1])]

    def sentence(self, random: Random, length: int) -> str:
        """Answer a sentence of exactly so many words."""
        words = [self.word(random) for _ in range(length)]
        if length > 8 and random.random() < 0.6:  # noqa: PLR2004 # a sentence that can take a breath
            words[length // 2] += self.comma
        if random.random() < SHARE_IN_ITALICS:
            words[-1] = f"<em>{words[-1]}</em>"
        return self.gap.join([words[0].capitalize(), *words[1:]]) + self.stop

    def title(self, random: Random, length: int) -> str:
        """Answer so many words as a title."""
        return self.gap.join(self.word(random).capitalize() for _ in range(length))


def latin_word(random: Random) -> str:
    """Answer an invented word of one to three syllables that an English tongue can say."""
    syllables = 1 + int(random.random() * 2.6)
    return "".join(_one_of(random, ONSETS) + _one_of(random, VOWELS) for _ in range(syllables)) + _one_of(random, CODAS)


def _one_of(random: Random, choices: str | list[str]) -> str:
    return choices[int(random.random() * len(choices))]


def invented(random: Random, letters: str | None, count: int) -> list[str]:
    """Answer so many different words: of these letters, or Latin ones."""
    words: dict[str, None] = {}
    while len(words) < count:
        length = 2 + int(random.random() * 6)
        words[latin_word(random) if letters is None else "".join(_one_of(random, letters) for _ in range(length))] = None
    return list(words)


def script(name: str) -> Script:
    """Answer a script by its name: latin, or one of LETTERS. Han and kana put no space between, each sign is a word."""
    random = Random(f"script {name}")  # noqa: S311 # chance for shapes, not for secrets
    if name in {"han", "kana"}:
        words, gap, comma, stop = list(LETTERS[name]), "", "，" if name == "han" else "、", "。"
    else:
        common = COMMONEST if name == "latin" else []
        words = list(dict.fromkeys([*common, *invented(random, LETTERS.get(name), WORDS_OF_A_SCRIPT)]))
        gap, comma, stop = " ", "،" if name == "arabic" else ",", "."
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    return Script(name, words, weights, gap, comma, stop)


class Pool:
    """Paragraphs of one script, from which texts of any length are cut."""

    def __init__(self, written: Script) -> None:
        """Write the pool; it is the same for every seed, what is cut from it is not."""
        self.script = written
        random = Random(f"pool {written.name}")  # noqa: S311 # chance for shapes, not for secrets
        self.sentences = {
            length: [written.sentence(random, length) for _ in range(SENTENCES_OF_A_LENGTH)]
            for length in range(1, LONGEST_SENTENCE + 1)
        }
        self.paragraphs: list[str] = []
        self.ends: list[int] = []
        count = 0
        while count < WORDS_IN_POOL.get(written.name, WORDS_IN_OTHER_POOLS):
            words = 0 if random.random() < SHARE_OF_SCENE_BREAKS and self.paragraphs else 4 + int(random.random() ** 2 * 120)
            self.paragraphs.append(self.paragraph(random, words) if words else SCENE_BREAK)
            count += words
            self.ends.append(count)

    def paragraph(self, random: Random, words: int) -> str:
        """Answer a paragraph of exactly so many words, as the cleaner would store it."""
        return f"<p>{self.prose(random, words)}</p>"

    def prose(self, random: Random, words: int) -> str:
        """Answer sentences of exactly so many words."""
        parts = []
        while words > 0:
            length = min(words, 3 + int(random.random() * (LONGEST_SENTENCE - 2)))
            parts.append(_one_of(random, self.sentences[length]))
            words -= length
        return self.script.gap.join(parts)

    def text(self, random: Random, words: int) -> str:
        """Answer a text of exactly so many words: a stretch of the pool, and a paragraph of what is left."""
        parts: list[str] = []
        while words > 0:
            first = int(random.random() * len(self.paragraphs))
            before = self.ends[first - 1] if first else 0
            last = bisect_right(self.ends, before + words, lo=first)
            if last == first:
                parts.append(self.paragraph(random, words))
                break
            parts += self.paragraphs[first:last]
            words -= self.ends[last - 1] - before
        return "".join(parts)


@cache
def pool(name: str) -> Pool:
    """Answer the pool of the script of this name, written once."""
    return Pool(script(name))
