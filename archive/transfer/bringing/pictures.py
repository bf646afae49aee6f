"""What is said of pictures in files: they are not taken along, since a text here shows pictures by their addresses alone."""

from django.utils.translation import ngettext


def remark(count: int) -> tuple[str, ...]:
    """A sentence about this many pictures, or none."""
    if not count:
        return ()
    said = ngettext(
        "%(count)d picture of the file could not be taken along: a text here shows pictures that lie on the web.",
        "%(count)d pictures of the file could not be taken along: a text here shows pictures that lie on the web.",
        count,
    )
    return (said % {"count": count},)
