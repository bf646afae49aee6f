"""How fast files that authors bring along become drafts. All of it is undone at the end."""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import Random

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from archive.ops.seeding.vocabulary import pool
from archive.people import registering
from archive.transfer.bringing import keeping, working
from archive.transfer.bringing.models import BroughtFile
from archive.works.models import Work

AUTHOR = "bench_author"
TAGS = 12


@dataclass(frozen=True, slots=True)
class Brought:
    """What was read: how many works with how many words, in how many seconds."""

    works: int
    words: int
    seconds: float

    @property
    def works_a_second(self) -> float:
        """How many became drafts in a second."""
        return self.works / self.seconds


@transaction.atomic
def brought(works: int, *, words: int) -> Brought:
    """Have the worker read so many of AO3's downloads of so many words each, three chapters in each, and undo it."""
    author = registering.register(username=AUTHOR, email="bench@bench.invalid", password=None)
    random = Random(works)  # noqa: S311 # the same works each time
    batch = keeping.keep([_uploaded(number, _download(random, number, words)) for number in range(works)], by=author)
    began = time.perf_counter()
    while working.work_on(batch.pk):
        pass
    seconds = time.perf_counter() - began
    read = Work.objects.editable_by(author).count()
    if read != works or batch.files.exclude(state=BroughtFile.State.READ).exists():
        message = f"Of {works} files {read} were read."
        raise RuntimeError(message)
    found = Brought(read, sum(Work.objects.editable_by(author).values_list("word_count", flat=True)), seconds)
    transaction.set_rollback(True)
    return found


def _uploaded(number: int, html: str) -> UploadedFile[bytes]:
    content = html.encode()
    return UploadedFile(ContentFile(content), f"{number}.html", "text/html", len(content))


def _download(random: Random, number: int, words: int) -> str:
    """A download as AO3 makes it, of a story that says nothing."""
    latin = pool("latin")
    said = latin.script
    site, link = "https://archiveofourown.org", '<a href="https://archiveofourown.org/tags/{0}">{0}</a>'
    tags = ", ".join(link.format(tag) for tag in {said.title(random, 2) for _ in range(TAGS)})
    chapters = "".join(
        f'<div class="meta group"><h2 class="heading">Chapter {place}: {said.title(random, 3)}</h2></div>\n'
        f'<div class="userstuff">{latin.text(random, words // 3)}</div>\n'
        for place in (1, 2, 3)
    )
    return f"""<html><head><title>{number}</title></head><body><div id="preface"><h2 class="toc-heading">Preface</h2>
<p class="message"><b>{number}</b><br>Posted originally on the <a href="{site}/">archive</a>
at <a href="{site}/works/{number + 1}">it</a>.</p>
<div class="meta"><dl class="tags"><dt>Rating:</dt><dd>{link.format("Mature")}</dd>
<dt>Archive Warning:</dt><dd>{link.format("No Archive Warnings Apply")}</dd>
<dt>Fandom:</dt><dd>{link.format("Bench Fandom")}</dd><dt>Additional Tags:</dt><dd>{tags}</dd>
<dt>Language:</dt><dd>English</dd>
<dt>Stats:</dt><dd>Published: 2019-04-03 Completed: 2020-01-02 Words: 5,000 Chapters: 3/3</dd></dl>
<h1>{said.title(random, 4)}</h1><div class="byline">by <a rel="author" href="{site}/users/x/pseuds/x">x</a></div>
<p>Summary</p><blockquote class="userstuff"><p>{said.sentence(random, 40)}</p></blockquote></div></div>
<div id="chapters" class="userstuff">{chapters}</div>
<div id="afterword"><h2 class="toc-heading">Afterword</h2></div></body></html>"""
