"""Counts words as this field counts them, so that a number here means what it means elsewhere."""

import html
import re
import unicodedata

TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*+>", re.DOTALL)
# Written without spaces, so every character counts: Han, kana (with the long mark) and Thai.
SINGLE = re.compile(
    "[\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d\U0001b000-\U0001b16f"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59]",
)
# Inside a word these part nothing: don't, arm-rest.
JOINING = frozenset("'’‘＇-‐‑\u00ad")


class _Separated(dict[int, str]):
    """A translation table that leaves words of letters and digits with spaces between; learns as it is asked."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = answer = self._answer(character)
        return answer

    @staticmethod
    def _answer(character: str) -> str:
        category = unicodedata.category(character)
        if SINGLE.match(character):
            return f" {character} "
        if category[0] == "L" or category in ("Nd", "Nl"):
            return character
        # Marks and underscores belong to a word but make none of their own.
        if category[0] == "M" or category == "Pc" or character in JOINING:
            return ""
        return " "


SEPARATED = _Separated()


def count_words(html_text: str) -> int:
    """The number of words in HTML; a tag parts words, and each Han, kana or Thai character is one.

    Linear in the length; meant for clean HTML, and harmless for any other.
    """
    text = html.unescape(TAG.sub(" ", html_text)) if "<" in html_text or "&" in html_text else html_text
    return len(text.replace("--", " ").translate(SEPARATED).split())
