"""Clean HTML on its way out of the archive: in a file there is no site that an address could be read from."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from archive.text.passage_notes import ShownHTML

# A link as the cleaner writes it. What begins with a scheme leads where it says, and a "#" leads nowhere outside of its page.
RELATIVE = re.compile(r'(<a\b[^<>]*? href=")(?![A-Za-z][A-Za-z0-9+.-]*:|#)([^"]*)"')


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
