"""A marked passage is told of, folded and passed as its reader wants it, through every page that shows it."""

import re
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from selectolax.lexbor import LexborHTMLParser

from archive.ops import defining
from archive.tags.models import Tag
from archive.text.cleaning import Profile
from archive.text.passages import OPENING
from archive.warnings import consenting, memory, passages
from archive.warnings.readers import ONCE, Reader
from archive.works import wording
from archive.works.entries import Words
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work

pytestmark = pytest.mark.django_db

DEATH, VIOLENCE = "Major Character Death", "Graphic Depictions Of Violence"
CANARY = "zqxcanaryzqx"
MARKED = f"""Before.

[warning: {DEATH}]
[note: drowning, {CANARY}]
[what happens: Tom {CANARY} dies.]
The sea took him.
[end warning]

After."""
GUEST = AnonymousUser()


@pytest.fixture
def work():
    return make_work(text=MARKED, warnings=(DEATH, VIOLENCE), tags={"freeform": ["Drowning"]}, expected_chapters=None)


def page_of(client, work, **query):
    return LexborHTMLParser(client.get(work.get_absolute_url(), {ONCE: "true", "view_full_work": "true"} | query).text)


def is_folded(page):
    (fold,) = page.css("details.passage-fold")
    return "open" not in fold.attributes


def leaves_out(reader, name, *, hides_which=False):
    consenting.choose({Tag.objects.get(name=name): "out"}, by=reader, hides_which=hides_which, folds_left_out=False)


def test_a_guest_is_told_before_the_passage_and_can_fold_and_pass_it(client, work):
    page = page_of(client, work)

    (passage,) = page.css(".passage")
    way = passage.css_first(".passage-way a").attributes["href"]
    assert passage.css_first(".passage-says").text() == f"In this passage: {DEATH}: drowning, {CANARY}"
    assert passage.css_first(".passage-gist").text() == f"What happens: Tom {CANARY} dies."
    assert passage.css_first(f"details ~ {way}") is not None
    assert passage.attributes["aria-labelledby"] == passage.css_first(".passage-says").id
    assert not is_folded(page)


def test_what_the_author_wrote_is_all_there_in_its_order(client, work):
    words = page_of(client, work).css_first(".userstuff.module").text(separator=" ")

    assert re.search("Before.*In this passage.*Fold or show.*The sea took him.*What happens.*passage ends.*After", words, re.DOTALL)


@pytest.mark.parametrize(("name", "folds"), [(DEATH, True), ("Drowning", True), (VIOLENCE, False)])
def test_a_member_who_leaves_out_what_it_is_marked_with_has_it_folded(client, work, name, folds):
    reader = UserFactory()
    leaves_out(reader, name)
    client.force_login(reader)

    assert is_folded(page_of(client, work)) == folds


@pytest.mark.parametrize(("name", "folds"), [(DEATH, True), ("Drowning", True), (VIOLENCE, False)])
def test_a_guest_who_leaves_it_out_has_it_folded(client, work, name, folds):
    choices = memory.Choices().leaving_out(Tag.objects.get(name=name))
    client.cookies[memory.CHOICES_COOKIE] = memory.signed(
        memory.CHOICES_COOKIE, {"o": list(choices.left_out), "t": list(choices.tags)}
    )

    assert is_folded(page_of(client, work)) == folds


@pytest.mark.parametrize("left_out", [DEATH, VIOLENCE])
def test_who_wants_no_warning_named_learns_only_that_there_is_one(client, left_out):
    work = make_work(text=MARKED, warnings=(DEATH, VIOLENCE))
    reader = UserFactory()
    leaves_out(reader, left_out, hides_which=True)
    client.force_login(reader)

    response = client.get(work.get_absolute_url(), {ONCE: "true"})

    page = LexborHTMLParser(response.text)
    assert page.css_first(".passage-says").text() == "This passage has a warning. Show which"
    assert is_folded(page)
    assert CANARY not in response.text
    assert DEATH not in response.text
    assert "data-warning" not in response.text


def test_it_is_named_where_they_ask(client, work):
    reader = UserFactory()
    consenting.choose({}, by=reader, hides_which=True, folds_left_out=False)
    client.force_login(reader)
    asking = page_of(client, work).css_first(".passage-says a").attributes["href"]

    named = LexborHTMLParser(client.get(asking).text)

    assert named.css_first(".passage-says strong").text() == DEATH
    assert not is_folded(named)


def test_nothing_is_folded_or_unsaid_for_its_own_author(client, work):
    author = work.pseuds.get().user
    leaves_out(author, DEATH, hides_which=True)
    client.force_login(author)

    page = page_of(client, work)

    assert DEATH in page.css_first(".passage-says").text()
    assert not is_folded(page)


def test_a_passage_bears_the_name_that_its_warning_has_now(client, work):
    entry = defining.ValueEntry(name="Somebody Dies", explanation="", is_accepted=True, asks_consent=True, place=1)
    defining.change_value(Tag.objects.get(name=DEATH), entry, by=UserFactory(is_superuser=True))

    assert page_of(client, work).css_first(".passage-says strong").text() == "Somebody Dies"


def test_no_two_passages_of_a_work_read_entire_share_an_id(client, work):
    add_chapter(work, text=f"{MARKED}\n{MARKED}")

    ids = [element.id for element in page_of(client, work).css(".passage [id]")]

    assert len(ids) == len(set(ids)) == 6


@pytest.mark.parametrize("address", ["/works", "/tags/Drowning/works", "/languages/en/works"])
def test_no_list_shows_a_word_of_a_note(client, work, address):
    response = client.get(address)

    assert response.status_code == 200
    assert CANARY not in response.text


def test_the_index_is_told_no_word_of_a_note(work):
    (words,) = wording.texts_of([work.pk]).values()

    assert "The sea took him" in words
    assert CANARY not in words


def test_before_consent_no_word_of_a_note_is_there(client, work):
    assert CANARY not in client.get(work.get_absolute_url()).text


def test_texts_cost_a_query_only_where_passages_are_marked(django_assert_num_queries, work):
    work = Work.objects.for_header().get(pk=work.pk)
    plain, marked = (Words.cleaned(text, Profile.CHAPTER).html for text in ("Nothing here.", MARKED))
    reader = Reader(user=GUEST)

    with django_assert_num_queries(0):
        assert passages.for_reader({1: plain, 2: plain}, work=work, reader=reader) == {1: plain, 2: plain}
    with django_assert_num_queries(1):
        passages.for_reader({1: marked, 2: marked, 3: marked}, work=work, reader=reader)


def test_a_file_has_the_note_and_a_way_past_and_can_be_read_back(work):
    work = Work.objects.for_header().get(pk=work.pk)
    made = Words.cleaned(MARKED, Profile.CHAPTER).html

    written = passages.for_files({7: made}, work=work, reader=Reader(user=GUEST))[7]

    page = LexborHTMLParser(written)
    assert page.css_first(".passage-note > p").text() == f"In this passage: {DEATH}: drowning, {CANARY}"
    assert page.css_first(page.css_first(".passage-note a").attributes["href"]) is not None
    assert not page.css("details")
    assert Words.cleaned(passages.out_of_file(written), Profile.CHAPTER).html == made


def test_two_hundred_passages_in_a_long_chapter_take_no_time(work):
    work = Work.objects.for_header().get(pk=work.pk)
    some = f"<p>{'The lamp burns low. ' * 100}</p>"
    html = "".join(
        f'{some}<div class="passage" data-warning="{DEATH}" data-note="one, {n}" data-gist="x">{some[:450]}</p></div>'
        for n in range(200)
    )
    reader = Reader(user=GUEST, left_out=frozenset(Tag.objects.filter(name=DEATH).values_list("pk", flat=True)))
    passages.for_reader({1: html}, work=work, reader=reader)
    begun = time.process_time()

    shown = passages.for_reader({1: html}, work=work, reader=reader)[1]

    assert time.process_time() - begun < 0.5  # ten times what it may take on a machine that has nothing else to do
    assert len(html) > 490_000
    assert html.count(OPENING) == shown.count('class="passage-fold"') == 200
