"""What leaves the archive in a file comes back as it was."""

# ruff: noqa: E501 # one row for each thing that is compared

from __future__ import annotations

from functools import partial

import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as laws
from hypothesis import strategies as st

from archive.text import typed
from archive.text.cleaning import Profile, clean
from archive.text.passage_notes import out_of_file
from archive.transfer.bringing import recognising, sources
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.transfer.bringing import bring, states

pytestmark = pytest.mark.django_db

formats = pytest.mark.parametrize("extension", ["html", "epub", "txt", "md"])
typed_formats = pytest.mark.parametrize("extension", ["txt", "md"])
# What of a text each format carries: all of it, or what can be typed.
CARRIED = {
    "html": str,
    "epub": str,
    "txt": partial(typed.plain_of, site=settings.SITE_ADDRESS),
    "md": partial(typed.markdown_of, site=settings.SITE_ADDRESS),
}
WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x3000), min_size=1, max_size=30)
INLINE = st.builds(lambda tag, words: f"<{tag}>{words}</{tag}>", st.sampled_from(["em", "strong", "u", "s", "code"]), WORDS) | WORDS
BLOCK = st.one_of(
    st.builds(lambda inside: f"<p>{''.join(inside)}</p>", st.lists(INLINE, min_size=1, max_size=4)),
    st.builds(lambda inside: f"<blockquote><p>{inside}</p></blockquote>", INLINE),
    st.builds(lambda inside: f"<ul><li>{inside}</li></ul>", INLINE),
    st.builds(lambda inside: f"<h2>Chapter 2: {inside}</h2>", WORDS),
    st.just("<hr>"),
    st.builds('<p>See <img src="https://pictures.example/{}.png" alt="{}" width="40"> there.</p>'.format, st.sampled_from("ab"), st.sampled_from(["", "A lamp", "5 &lt; 6"])),
    st.just('<p><a href="https://lamps.example/"><img src="https://pictures.example/c.png" alt="Lamps"></a></p>'),
    st.just('<p align="center">* * *</p>'),
    st.builds(lambda note, inside: f'<div class="passage" data-note="{note}"><p>{inside}</p></div>', st.sampled_from(["a fall", "fog"]), WORDS),
)  # fmt: skip


def download(client, work, extension):
    """Answer the file of a work as its author gets it."""
    client.force_login(work.pseuds.first().user)
    response = client.get(f"/downloads/{work.pk}/a.{extension}?view_adult=true")
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def cleaned(text):
    return str(clean(text, profile=Profile.CHAPTER, site=settings.SITE_ADDRESS))


@formats
def test_a_work_comes_back_with_all_that_is_said_of_it(client, work, extension):
    brought = recognising.read(download(client, work, extension), name=f"a.{extension}")

    second = work.chapters.in_order().last()
    assert (brought.title, brought.authors, brought.language, brought.series, brought.expected_chapters) == (
        work.title, (str(work.pseuds.first()),), work.language.name, (("Lamps", 1),), None,
    )  # fmt: skip
    assert (brought.summary, brought.notes, brought.endnotes, brought.content_notes) == (
        work.summary,
        work.notes,
        work.endnotes,
        work.content_notes,
    )
    assert [
        (chapter.title, chapter.summary, chapter.notes, chapter.endnotes, chapter.content_notes, chapter.warnings)
        for chapter in brought.chapters
    ] == [
        ("", "", "", "", "", ()),
        ("Low Water", second.summary, second.notes, second.endnotes, second.content_notes, ("Graphic Depictions Of Violence",)),
    ]
    assert (brought.published, brought.source) == (
        work.published_at.date(),
        sources.known_by(f"{settings.SITE_ADDRESS}{work.get_absolute_url()}"),
    )
    names = {kind: set(found) for kind, found in brought.tags.items()}
    own = {}
    for tag in work.tags.all():
        own.setdefault(tag.kind_id, set()).add(tag.name)
    assert names == own


@formats
@laws(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(blocks=st.lists(BLOCK, min_size=1, max_size=5))
def test_every_text_comes_back_as_it_was(client, extension, blocks):
    text = cleaned("<p>The lamp was lit.</p>" + "".join(blocks))
    work = make_work(text=text)

    brought = recognising.read(download(client, work, extension), name=f"a.{extension}")

    carried = CARRIED[extension]
    assert carried(cleaned(out_of_file(brought.chapters[0].text))) == carried(text)


@formats
def test_a_file_of_a_work_that_is_here_doubles_nothing(client, work, extension):
    content = download(client, work, extension)

    batch = bring(client, (f"a.{extension}", content))

    assert (states(batch), Work.objects.count()) == (["known"], 1)


@formats
def test_a_work_of_another_archive_comes_in_whole(client, work, extension, settings):
    content = download(client, work, extension)
    settings.SITE_ADDRESS = "https://elsewhere.example"
    client.force_login(UserFactory())

    bring(client, (f"a.{extension}", content))

    draft = Work.objects.drafts().get()
    assert (draft.title, draft.word_count, draft.content_notes) == (work.title, work.word_count, work.content_notes)
    assert [list(chapter.warnings.values_list("name", flat=True)) for chapter in draft.chapters.in_order()] == [
        [],
        ["Graphic Depictions Of Violence"],
    ]
    assert client.get(reverse("work_edit", args=[draft.pk])).status_code == 200


@formats
def test_footnotes_come_back_as_they_were(client, extension):
    text = cleaned("<p>The lamp<sup>1</sup> was lit.</p><p>Before the ship.</p><p><sup>1</sup> Of brass.</p>")
    work = make_work(text=text)

    brought = recognising.read(download(client, work, extension), name=f"a.{extension}")

    carried = CARRIED[extension]
    assert carried(cleaned(brought.chapters[0].text)) == carried(text)
