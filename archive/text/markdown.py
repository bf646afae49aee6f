"""Reads texts that say of themselves, in their first line, that they are Markdown.

The sign stands in the text, `<!-- markdown -->`, so that every version, copy and comparison of it knows what it is, and what was
typed is kept as it was typed.
"""

import html
import re

import pyromark

from archive.text.paragraphs import is_scene_break

SIGN = "<!-- markdown -->\n"
SIGNED = re.compile(r"\s*<!--[ \t]*markdown[ \t]*-->[ \t]*(?:\r?\n|\Z)?", re.IGNORECASE)
READER = pyromark.Markdown(options=pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_TABLES)
FENCE = "```"


def is_markdown(source: str) -> bool:
    """Whether a text says that it is Markdown."""
    return SIGNED.match(source) is not None


def signed(source: str) -> str:
    """The text with the sign in front; one that has it stays as it is."""
    return source if is_markdown(source) else SIGN + source


def as_html(source: str) -> str:
    """The HTML of a signed text, which has yet to be cleaned."""
    return READER.html(_with_breaks(SIGNED.sub("", source, count=1)))


def _with_breaks(text: str) -> str:
    """The text with each scene break that stands alone between empty lines drawn in the one way that Markdown knows."""
    lines = ["", *text.split("\n"), ""]
    is_fenced = False
    for place in range(1, len(lines) - 1):
        if lines[place].lstrip().startswith(FENCE):
            is_fenced = not is_fenced
        is_alone = not lines[place - 1].strip() and not lines[place + 1].strip()
        if is_alone and not is_fenced and is_scene_break(html.escape(lines[place].strip(), quote=False)):
            lines[place] = "***"
    return "\n".join(lines[1:-1])
