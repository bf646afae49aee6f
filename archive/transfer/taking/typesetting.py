"""Sets PDFs and paints covers in a process of its own, run as this file: what the typesetter takes of memory it then gives back."""

import os
import sys
from pathlib import Path

POLITELY = 10  # pages come first
# A cover is drawn 1,200 by 1,800; shown are thumbnails and, at most, a page of an e-reader.
COVER = '#set page(width: 400pt, height: 600pt, margin: 0pt)\n#image("cover.svg", width: 400pt, alt: "")\n'
DOTS_PER_INCH = 108


def typeset(folder: Path) -> None:
    """Make `book.pdf` of `book.typ` and `book.json` in a folder, outside of which nothing is read."""
    import typst  # noqa: PLC0415 - large, and only needed here

    (folder / "book.pdf").write_bytes(typst.compile(folder / "book.typ", root=folder))


def paint(folder: Path) -> None:
    """Make `cover.png` of `cover.svg` in a folder, outside of which nothing is read."""
    import typst  # noqa: PLC0415 - likewise

    (folder / "cover.typ").write_text(COVER, encoding="utf-8")
    (folder / "cover.png").write_bytes(typst.compile(folder / "cover.typ", root=folder, format="png", ppi=DOTS_PER_INCH))


if __name__ == "__main__":
    os.nice(POLITELY)
    {"book": typeset, "cover": paint}[sys.argv[2]](Path(sys.argv[1]))
