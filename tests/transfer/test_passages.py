"""A passage that an archive wrote into a file is the same passage when the file is brought back."""

import pytest

from archive.text import passage_notes
from archive.text.cleaning import Profile
from archive.text.passages import Passage, passages_in
from archive.transfer.bringing import drafting
from archive.transfer.bringing.brought import Brought, BroughtChapter
from archive.works.entries import Words
from archive.works.texts import ChapterText
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_passage_comes_back_without_the_note_that_a_file_needs():
    typed = (
        "Before.\n[warning: Major Character Death]\n[note: drowning]\n[what happens: Tom dies.]\nThe sea took him.\n[end warning]"
    )
    html = Words.cleaned(typed, Profile.CHAPTER).html
    chapter = BroughtChapter(passage_notes.in_file(html, key=7))

    drafting.draft(Brought(format="html", chapters=(chapter,)), by=UserFactory())

    assert ChapterText.objects.get().html == html


def test_a_warning_of_another_archive_becomes_the_authors_own_words():
    typed = '<div class="passage" data-warning="Self-Harm, Major Character Death" data-note="a scene">x</div>'

    work, _fitted = drafting.draft(Brought(format="html", chapters=(BroughtChapter(typed),)), by=UserFactory())

    text = ChapterText.objects.get(chapter__work=work)
    assert passages_in(text.html) == [Passage(("Major Character Death",), "Self-Harm: a scene")]
