"""A text in Markdown, written without scripts: the box beside it has the text say what it is, once."""

import pytest
from django.urls import reverse

from archive.text import markdown
from archive.works.models import Work
from archive.works.texts import ChapterText
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db

TYPED = "A *soft* word.\n\n~*~\n\n> Said."


def post(client, author, text, **fields):
    client.post(reverse("work_new"), form_of(author) | {"action": "post", "text": text} | fields)
    return ChapterText.objects.get()


def test_what_is_ticked_to_be_markdown_says_so_and_is_kept_as_typed(client, author):
    kept = post(client, author, TYPED, text_is_markdown="on")

    assert kept.source == markdown.SIGN + TYPED
    assert kept.html.replace("\n", "") == "<p>A <em>soft</em> word.</p><hr><blockquote><p>Said.</p></blockquote>"


def test_it_says_so_once(client, author):
    kept = post(client, author, markdown.signed(TYPED), text_is_markdown="on")

    assert kept.source == markdown.SIGN + TYPED


def test_nothing_is_markdown_that_was_not_said_to_be(client, author):
    kept = post(client, author, "A *soft* word.")

    assert (kept.source, kept.html) == ("A *soft* word.", "<p>A *soft* word.</p>")


def test_a_box_ticked_beside_nothing_writes_nothing(client, author):
    client.post(reverse("work_new"), form_of(author) | {"action": "save", "text": "", "text_is_markdown": "on"})

    assert ChapterText.objects.get().source == ""
    assert Work.objects.get().is_draft
