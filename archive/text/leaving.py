"""Clean HTML on its way out of the archive: in a file there is no site that an address could be read from."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from django.utils.html import format_html, format_html_join

from archive.text import images
from archive.text.passage_notes import ShownHTML

# A link as the cleaner writes it. What begins with a scheme leads where it says, and a "#" leads nowhere outside of its page.
RELATIVE = re.compile(r'(<a\b[^<>]*? href=")(?![A-Za-z][A-Za-z0-9+.-]*:|#)([^"]*)"')
# An image as the cleaner writes it, and the links that it may stand in: a link cannot hold another.
IMAGE = re.compile(r"<(?P<end>/?)(?P<name>a|img)\b(?P<rest>[^<>]*)>")
ATTRIBUTE = re.compile(r'\b([a-z]+)="([^"]*)"')


def with_images_described(shown: str) -> ShownHTML:
    """The same HTML with a link in the place of each image that says what it shows, for where none is to be fetched."""
    if "<img" not in shown:
        return ShownHTML(shown)
    within_link = False

    def described(found: re.Match[str]) -> str:
        nonlocal within_link
        if found["name"] == "a":
            within_link = not found["end"]
            return found[0]
        given = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(found["rest"])}
        marks = format_html_join("", ' {}="{}"', images.marks_of(given).items())
        if within_link or not given.get("src"):
            return format_html("<span{}>{}</span>", marks, images.words_for(given))
        return format_html('<a href="{}"{} rel="nofollow noopener">{}</a>', given["src"], marks, images.words_for(given))

    return ShownHTML(IMAGE.sub(described, shown))


def with_whole_addresses(clean: str, *, site: str) -> ShownHTML:
    """The same HTML, its links within the archive with the archive's own address before them; linear in the length."""
    if "<a " not in clean:
        return ShownHTML(clean)
    return ShownHTML(RELATIVE.sub(lambda found: f'{found[1]}{whole_address(found[2], site=site)}"', clean))


def whole_address(written: str, *, site: str) -> str:
    """Where a link of a page of the archive leads, both as they stand in HTML; the link as it is where that cannot be told."""
    try:
        return html.escape(urljoin(f"{site}/", html.unescape(written)))
    except ValueError:
        return written
