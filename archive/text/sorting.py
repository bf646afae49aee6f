"""Makes the key under which a title stands in an alphabetical list."""

import re

LEADING = re.compile(r"^[\s.…\"'`´‘’‚‛“”„‟«»‹›「」『』]+")
ARTICLE = re.compile(r"^(an?|the)\s+(.+)$", re.DOTALL)
DIGITS = re.compile(r"\d+")
PADDED_TO = 5


def sort_title(title: str) -> str:
    """The title in lower case, without leading quotes and dots, its article last, its numbers padded to five digits."""
    lowered = " ".join(title.lower().split())
    # A title of nothing but dots is still a title.
    key = LEADING.sub("", lowered) or lowered
    if article := ARTICLE.match(key):
        key = f"{article[2]}, {article[1]}"
    return DIGITS.sub(lambda number: number[0].zfill(PADDED_TO), key)
