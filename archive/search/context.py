"""What the index has yet to be told, for the pages of wranglers: asked for only where a page shows it."""

from django.http import HttpRequest

from archive.search.index import progress


def works_to_index(_request: HttpRequest) -> dict[str, object]:
    """Answer, for templates, a function: calling it is theirs."""
    return {"works_to_index": progress.works_untold_of_late}
