"""The count of costs follows what a browser's parser really builds."""

import re

import nh3
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.text import cleaning, costs, soup

TAG = re.compile(r"<(/?)([a-z0-9]+)")
REPEATED = 300
PIECES = [f"<{slash}{name}>" for name in sorted(cleaning.ELEMENTS) for slash in ("", "", "/")] + ["x", "y z"]


def keep(_name: str, _attributes: object, _inside: str) -> None:
    """Put nothing in the place of a tag."""


def depth_built(html: str) -> int:
    """How deep the tree is that the real parser makes."""
    depth = deepest = 0
    for slash, name in TAG.findall(nh3.clean(html, tags=cleaning.ELEMENTS, link_rel=None)):
        if name not in costs.VOID:
            depth += -1 if slash else 1
            deepest = max(deepest, depth)
    return deepest


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map("".join))
@settings(max_examples=120)
def test_what_passes_the_count_is_never_much_deeper_than_counted(piece):
    try:
        tidied = soup.tidy(
            piece * REPEATED,
            elements=cleaning.ELEMENTS,
            replaced=frozenset(),
            substitute=keep,
        )
    except ArchiveError:
        return

    # Table cells bring a row and a body of their own, so four elements may stand where one was written.
    assert depth_built(tidied) <= 4 * costs.Tally.DEPTH
