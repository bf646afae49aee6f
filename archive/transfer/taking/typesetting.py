"""Sets a PDF in a process of its own, which is run as this file: what the typesetter takes of memory it then gives back."""

import os
import sys
from pathlib import Path

POLITELY = 10  # pages come first


def typeset(folder: Path) -> None:
    """Make `book.pdf` of `book.typ` and `book.json` in a folder, outside of which nothing is read."""
    import typst  # noqa: PLC0415 - large, and only needed here

    (folder / "book.pdf").write_bytes(typst.compile(folder / "book.typ", root=folder))


if __name__ == "__main__":
    os.nice(POLITELY)
    typeset(Path(sys.argv[1]))
