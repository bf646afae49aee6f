"""What the worker does for readers who take works along."""

from django.tasks import task

from archive.transfer.taking import formats, making

PRIORITY = -10  # behind mail, duties and the files that authors bring: any guest may order one of each work, each a minute's work


@task(priority=PRIORITY)
def make_file(work: int, name: str, extension: str, viewer: int | None, hides_which: bool) -> None:
    """Make a file that was ordered."""
    form = formats.ALL[extension]
    making.make(work, name, form, viewer=making.viewer_of(viewer), hides_which=hides_which)
