"""Collects what may be names in a story: words that begin with a capital letter, and up to three of them together."""

import re
from collections import Counter

from archive.text.folding import fold

# A word, and what parts it from the one before: a single space, or else they are no name together.
WORD = re.compile(r"[^\W\d_][\w'’.-]{0,40}")
ENDING = re.compile(r"(?:['’]s|[.'’-])+$")
LONGEST = 3  # words
MOST = 3_000  # names that are asked for; those that come most often


def names_in(text: str) -> list[str]:
    """The folded names, those that come most often first."""
    counted: Counter[tuple[str, ...]] = Counter()
    for run in _runs(text):
        for length in range(1, LONGEST + 1):
            counted.update(zip(*(run[start:] for start in range(length)), strict=False))
    folded: dict[str, None] = {}
    for words, _count in counted.most_common(MOST):
        folded.setdefault(fold(ENDING.sub("", " ".join(words))), None)
    return [name for name in folded if name]


def _runs(text: str) -> list[list[str]]:
    """The capitalised words that stand side by side."""
    runs: list[list[str]] = []
    end = -1
    for found in WORD.finditer(text):
        word = found[0]
        if not word[0].isupper():
            continue
        if runs and found.start() == end + 1 and text[end] == " " and not ENDING.search(runs[-1][-1]):
            runs[-1].append(word)
        else:
            runs.append([word])
        end = found.end()
    return runs
