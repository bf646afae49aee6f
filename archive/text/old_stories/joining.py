"""Joins lines that were broken only because they were full, as mail programs and old editors did it."""

from archive.text.paragraphs import is_scene_break

NARROWEST, WIDEST = 40, 100  # characters; lines were broken at 65 to 80 of them, verse is shorter
FEW = 3  # lines that tell nothing


def edge_of(text: str) -> int:
    """The width at which the lines of a text were broken, or 0 where they were not."""
    widths = [len(line.rstrip()) for line in text.split("\n") if line.strip()]
    edge = max(widths, default=0)
    return edge if len(widths) >= FEW and NARROWEST <= edge <= WIDEST else 0


def joined(text: str) -> str:
    """The text with such lines joined; blank lines, drawn breaks, lines set in and short lines stay as they are."""
    edge = edge_of(text)
    if not edge:
        return text
    answer: list[str] = []
    before = ""
    for line in text.split("\n"):
        if answer and _goes_on(before, line, edge):
            answer[-1] = f"{answer[-1].rstrip()} {line}"
        else:
            answer.append(line)
        before = line
    return "\n".join(answer)


def _goes_on(before: str, line: str, edge: int) -> bool:
    """Whether a line goes on where the one before was full: its first word would not have fitted."""
    if not before.strip() or not line.strip() or line[0].isspace() or is_scene_break(line) or is_scene_break(before):
        return False
    return len(before.rstrip()) + 1 + len(line.split(maxsplit=1)[0]) > edge
