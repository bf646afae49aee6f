"""The clients of feeds and catalogues: feedparser, Thorium's parser, Palace's models, each over HTTP."""

import json
import os
import shutil
import subprocess

import pytest

from archive.tags.models import Tag
from tests.clients.conftest import HERE, SECONDS, needed_from_npm
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, co_author_of, make_work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clients]

JSON, ATOM = "application/opds+json", "*/*"
ADVISORY = "Rating: Explicit\nWarnings: Major Character Death\n"
HOSTILE = ["]]> <b>&amp;</b>", "👩‍❤️‍💋‍👨 🔥", "قصة «قصيرة»", "灯台守の長い夜", "\"quoted\" 'twice'"]


@pytest.fixture
def work():
    author = UserFactory(username="ines")
    work = make_work(
        by=author, title="The Lamp", rating="Explicit", warnings=("Major Character Death",), series="Lamps",
        summary="A <em>storm</em>.", tags={"freeform": ["Fog"], "relationship": ["Ines/Tom"]}, expected_chapters=None,
    )  # fmt: skip
    add_chapter(work, title="Two")
    co_author_of(work, username="old_tom")
    Tag.objects.filter(kind__in=["freeform", "relationship", "fandom"]).update(is_canonical=True)
    for number, title in enumerate(HOSTILE):
        make_work(by=author, title=title, tags={"freeform": [f"Lamp {number}"]})
    return work


def thorium(live_server, accept):
    """What Thorium's parser finds in the catalogue, asked for in one of its languages."""
    needed_from_npm("r2-opds-js")
    if shutil.which("node") is None:
        message = "r2-opds-js needs Node.js: apt-get install nodejs"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    command = ["node", HERE / "opds_here.js", live_server.url, accept]
    said = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert said.returncode == 0, said.stderr[-3000:]
    return json.loads(said.stdout)


@pytest.mark.parametrize("path", ["/works/feed.atom", "/tags/The Lighthouse Keepers (TV)/works/feed.atom", "/users/ines/feed.atom"])
def test_feedparser_reads_a_listing(run, work, path):
    told = run("feedparser", "feedparser_here.py", path.replace(" ", "%20"))

    lamp = next(entry for entry in told["entries"] if entry["title"] == "The Lamp")
    assert (told["bozo"], told["again"], len(told["entries"])) == ("", 304, len(HOSTILE) + 1)
    assert [name for name, _address in lamp["authors"]] == ["ines", "old_tom"]
    assert lamp["tags"] == sorted(
        [name, kind, name]
        for kind, name in [
            ("rating", "Explicit"), ("warning", "Major Character Death"), ("fandom", "The Lighthouse Keepers (TV)"),
            ("freeform", "Fog"), ("relationship", "Ines/Tom"),
        ]
    )  # fmt: skip
    assert lamp["id"] == f"tag:localhost,{work.created_at:%Y-%m-%d}:work:{work.pk}"
    assert lamp["summary"].startswith("<p>Rating: Explicit</p><p>Warnings: Major Character Death</p>")
    assert lamp["content"] == []


def test_feedparser_reads_the_chapters_of_a_work(run, work):
    told = run("feedparser", "feedparser_here.py", f"/works/{work.pk}/feed.atom")

    assert (told["bozo"], told["again"]) == ("", 304)
    assert [entry["title"] for entry in told["entries"]] == ["The Lamp · Chapter 2: Two", "The Lamp · Chapter 1"]


@pytest.mark.parametrize("accept", [ATOM, JSON])
def test_thorium_finds_every_work_and_every_way(live_server, settings, work, accept):
    settings.SITE_ADDRESS = live_server.url

    told = thorium(live_server, accept)

    assert {"New works", "Popular works", "Fandoms", "Series", "Languages", "Lamps", "English"} <= set(told["ways"])
    assert set(told["works"]) == {"The Lamp", *HOSTILE}
    assert told["asked"][:2] == [401, "application/opds-authentication+json"]
    assert told["asked"][2][0]["type"] == "http://opds-spec.org/auth/basic"
    facets = {name: titles for name, *titles in told["facets"]}
    assert (facets["Order"][0], "Fog" in facets["Additional Tags"]) == ("Newest first", True)


@pytest.mark.parametrize("accept", [ATOM, JSON])
def test_thorium_reads_a_work(live_server, settings, work, accept):
    settings.SITE_ADDRESS = live_server.url

    lamp = thorium(live_server, accept)["works"]["The Lamp"]

    assert sorted(lamp["authors"]) == ["ines", "old_tom"]
    assert lamp["description"].startswith(ADVISORY)
    assert lamp["subjects"] == ["Explicit", "Fog", "Ines/Tom", "Major Character Death", "The Lighthouse Keepers (TV)"]
    assert (lamp["series"], set(lamp["images"])) == ([["Lamps", 1]], {"image/png"})
    assert [kind for kind, _address in lamp["files"]] == ["application/epub+zip", "text/html", "text/plain", "text/markdown"]


def test_palace_has_nothing_to_say_about_any_page(run, work):
    told = run("palace.opds", "palace_here.py")

    assert {"New works", "Fandoms", "Lamps"} <= set(told["ways"])
    assert set(told["works"]) == {"The Lamp", *HOSTILE}
    assert told["works"]["The Lamp"] == ["ines", "old_tom"]
    assert told["asked"] == [401, ["http://opds-spec.org/auth/basic"]]
