"""Gives the words of clean HTML without the markup, for excerpts, previews and mail."""

import html
import re

LINE_END = re.compile(
    r"<(?:br|hr)[^<>]*+>|</(?:address|blockquote|caption|center|dd|details|div|dl|dt|figcaption|figure|h[1-6]|li|ol|p|pre|summary|table|tr|ul)>",
)
CELL_END = re.compile(r"</t[dh]>")
TAG = re.compile(r"<[^<>]*+>")
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r" ?\n\s*")


def plain_text(html_text: str) -> str:
    """The text of clean HTML, entities decoded: one line for each paragraph, item or row; linear in the length."""
    text = TAG.sub("", CELL_END.sub(" ", LINE_END.sub("\n", html_text.replace("\n", " "))))
    return LINES.sub("\n", SPACES.sub(" ", html.unescape(text))).strip()
