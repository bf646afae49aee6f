"""Every way out of the archive, for everybody, whatever state a work is in; and no word of a text on any of them."""

from __future__ import annotations

import io
import re
import zipfile
from functools import partial

import pytest
from django.conf import settings
from django.urls import reverse

from archive.transfer.presenting import sitemaps
from archive.transfer.taking import formats, names
from archive.warnings.readers import ONCE
from tests.transfer.matrix import (
    DRAFTED,
    GONE,
    LOG_IN,
    NO_SUCH_ROLE,
    NO_SUCH_STATE,
    ROLES,
    SEEN,
    STATES,
    WORDS,
    expected,
    first_series,
    planted,
    rows,
)

pytestmark = pytest.mark.django_db

MAKERS = {"author", "coauthor"}
SEE_DRAFTS = {*MAKERS, "coauthor_invited"}  # who is asked to make a work sees what their name would stand under
CARD = "card for other sites"  # has no words, agreed to or not
FANDOM = "The Lighthouse Keepers (TV)"


def agreed(address_of, world):
    """The same way, by a tool that says yes in the address."""
    return f"{address_of(world)}?{ONCE}=true"


# Each way out that shows one work, and the kind of page of the matrix that says for whom it is.
OF_A_WORK = {
    "page": ("page", lambda world: world.page()),
    CARD: ("tag_feed", lambda world: f"/oembed?url={settings.SITE_ADDRESS}{world.page()}"),
    **{
        f"{form} file": ("download", lambda world, form=form: names.download_address(world.work, form))
        for form, one in formats.ALL.items()
        if not one.is_slow
    },
}
AGREED = {f"{way}, agreed to": (kind, partial(agreed, address)) for way, (kind, address) in OF_A_WORK.items() if way != CARD}
# Each way out that shows many.
OF_MANY = {
    "works": ("browse", lambda _world: "/works"),
    "works of a tag": ("browse", lambda _world: reverse("tag_works", args=[FANDOM])),
    "search": ("search", lambda _world: f"/works/search?work_search[fandom_names]={FANDOM}"),
    "series": ("series_list", lambda _world: f"/series/{first_series().pk}"),
    "author": ("author_page", lambda world: f"/users/{world.work.pseuds.first().user.username}/works"),
    "site map": ("sitemap", lambda world: f"/sitemap-works-{world.work.pk // sitemaps.SPAN}.xml"),
    "feed of a work": ("tag_feed", lambda world: f"/works/{world.work.pk}/feed.atom"),
    "feed of a tag": ("tag_feed", lambda _world: f"{reverse('tag_works', args=[FANDOM])}/feed.atom"),
    "feed of all works": ("tag_feed", lambda _world: "/works/feed.atom"),
    "feed of a series": ("tag_feed", lambda _world: f"/series/{first_series().pk}/feed.atom"),
    "feed of an author": ("tag_feed", lambda world: f"/users/{world.work.pseuds.first().user.username}/works/feed.atom"),
    "catalogue": ("opds", lambda _world: "/opds/works"),
    "catalogue of a series": ("opds", lambda _world: f"/opds/series/{first_series().pk}"),
    "search of the catalogue": ("opds", lambda _world: f"/opds/works?work_search[fandom_names]={FANDOM}"),
    "works in a language": ("browse", lambda _world: "/languages/en/works"),
}


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"


def walked(client, world, ways):
    """Go every way as everybody, and give who went where, what the answer was, and all that it said."""
    for role in ROLES:
        client.logout()
        if person := world.people[role]:
            client.force_login(person)
        for way, (_surface, address_of) in ways.items():
            yield role, way, *looked(client, address_of(world))


def looked(client, address):
    """Answer what is at an address: the answer, and all that it says, unpacked."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return answer, body.decode(errors="replace")


def met(answer):
    """Answer what the answer of a page of one work means."""
    if answer.status_code == 401:
        return LOG_IN  # told to whoever does not ask for HTML, and so cannot be sent to a page
    if answer.status_code == 302 and answer.headers["Location"].startswith("/users/login"):
        return LOG_IN
    # Of a work that asks first, whoever does not ask for HTML is told so in words.
    return {200: SEEN, 302: SEEN, 403: SEEN, 404: GONE}.get(answer.status_code, f"status {answer.status_code}")


@pytest.mark.parametrize("state", STATES)
def test_each_way_to_one_work_is_open_to_whom_it_is_for_and_asks_first(client, state):
    world = planted(state)
    found, unwarned = {}, []

    for role, way, answer, said in walked(client, world, OF_A_WORK):
        found.setdefault(way, {})[role] = met(answer)
        # Whoever made a work needs no advisory before their own words.
        unwarned += [(way, role) for words in (WORDS, DRAFTED) if words in said and role not in MAKERS]

    assert found == {way: expected(surface, state) for way, (surface, _address) in OF_A_WORK.items()}
    assert unwarned == []


@pytest.mark.parametrize("state", STATES)
def test_saying_yes_opens_a_work_to_nobody_else_and_no_chapter_that_is_not_posted(client, state):
    world = planted(state)
    found, drafted = {}, []

    for role, way, answer, said in walked(client, world, AGREED):
        found.setdefault(way, {})[role] = met(answer)
        assert (WORDS in said) == (met(answer) == SEEN and not (world.draft and way.startswith("page")))
        if DRAFTED in said and not (way.startswith("page") and role in SEE_DRAFTS):
            drafted.append((way, role))

    assert found == {way: expected(surface, state) for way, (surface, _address) in AGREED.items()}
    assert drafted == []


@pytest.mark.parametrize("state", STATES)
def test_each_list_names_a_work_to_whom_it_is_for_and_has_no_word_of_its_text(client, state):
    world = planted(state)
    found, unwarned = {}, []

    for role, way, _answer, said in walked(client, world, OF_MANY):
        found.setdefault(way, {})[role] = SEEN if re.search(rf"{world.names()}\b", said) else GONE
        unwarned += [(way, role) for words in (WORDS, DRAFTED) if words in said]

    assert found == {way: expected(surface, state) for way, (surface, _address) in OF_MANY.items()}
    assert unwarned == []


def test_the_matrix_names_no_state_and_nobody_that_is_forgotten_here():
    states = {state for surface, state, _role in rows() if surface == "download"} - {"export_zip"}
    roles = {role for surface, _state, role in rows() if surface == "download"}

    assert (states, roles) == ({*STATES, *NO_SUCH_STATE}, {*ROLES, *NO_SUCH_ROLE})
