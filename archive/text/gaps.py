"""Gaps in drawn pieces of pages: places that are left open while a piece is drawn, and filled anew each time that it is shown.

A gap stands in a template as a variable does. What fills it is escaped then; whoever draws looks at it in no condition and
puts it through no filter, since all that is known of it is where it stands.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, NamedTuple, Self

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Nobody knows what a gap looks like in this process, so nothing that anybody wrote is taken for one.
SIGN = f"gap{secrets.token_hex(16)}"
GAP = re.compile(f"{SIGN}-([a-z0-9_]+)-")


def gaps_named(names: Iterable[str]) -> dict[str, str]:
    """Answer what stands for each of these gaps while a piece is drawn."""
    return {name: f"{SIGN}-{name}-" for name in names}


class Gapped(NamedTuple):
    """A drawn piece, cut at its gaps."""

    parts: tuple[str, ...]  # one more than there are gaps
    names: tuple[str, ...]

    @classmethod
    def of(cls, piece: SafeString) -> Self:
        """Cut a piece that was drawn with `gaps_named`."""
        cut = GAP.split(piece)
        return cls(tuple(cut[::2]), tuple(cut[1::2]))

    def filled(self, filling: Mapping[str, object]) -> SafeString:
        """Answer the piece with its gaps filled."""
        shown = {name: value if isinstance(value, SafeString) else escape(str(value)) for name, value in filling.items()}
        whole = [self.parts[0]]
        for name, part in zip(self.names, self.parts[1:], strict=True):
            whole += (shown[name], part)
        return mark_safe("".join(whole))
