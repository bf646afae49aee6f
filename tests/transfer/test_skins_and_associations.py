"""What stands round a work in files: its author's skin, for whom it is, what it came from."""

import io
import re
import zipfile

import pytest

from archive.works import crediting, giving, skinning
from archive.works.skinning import SkinEntry
from archive.works.skins import Kind
from tests.factories.people import UserFactory
from tests.factories.works import author_of, make_work

pytestmark = pytest.mark.django_db
CSS = 'p { color: teal; position: absolute }\n.a::before { content: "</style>" }'


def file_of(client, work, extension):
    answer = client.get(f"/downloads/{work.pk}/any.{extension}")
    content = b"".join(answer.streaming_content)
    if extension != "epub":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())


@pytest.fixture
def author():
    return UserFactory()


def dressed(author, css=CSS):
    work = make_work(by=author)
    skin = skinning.make(Kind.WORK, SkinEntry(title="Teal", source=css), by=author)
    skinning.wear(work, skin, by=author)
    return work, skin


@pytest.mark.parametrize(("extension", "scope"), [("epub", "#workskin"), ("html", "#chapters")])
def test_a_skin_goes_along_inside_the_text(client, author, extension, scope):
    work, _skin = dressed(author)

    told = file_of(client, work, extension)

    assert f"{scope} p {{ color: teal }}" in told
    assert "position: absolute" not in told
    assert told.count("</style>") == (extension == "html")


@pytest.mark.parametrize("extension", ["epub", "html"])
def test_what_a_skin_builds_on_comes_before_it_and_a_change_of_it_makes_another_file(client, author, extension):
    work, skin = dressed(author)
    below = skinning.make(Kind.WORK, SkinEntry(title="Below", source="p { color: olive }"), by=author)
    skinning.change(skin, SkinEntry(title="Teal", source=CSS, parent=below), by=author)
    told = file_of(client, work, extension)
    skinning.change(below, SkinEntry(title="Below", source="p { color: navy }"), by=author)

    assert -1 < told.find("p { color: olive }") < told.find("p { color: teal }")
    assert "p { color: navy }" in file_of(client, work, extension)


@pytest.mark.parametrize("extension", ["epub", "html"])
def test_in_a_file_no_skin_reaches_into_what_warns(client, author, extension):
    hides = "color: transparent; background: black; font-size: 0; letter-spacing: -9em; max-height: 0; vertical-align: 900px"
    work, _skin = dressed(author, f".passage-note * {{ {hides} }}")

    told = file_of(client, work, extension)

    kept = re.search(r"^\.passage-note, \.passage-note \*, \.chapter-advisory, \.chapter-advisory \* {(.*)}$", told, re.MULTILINE)
    kept_to = {one.partition(":")[0].strip() for one in kept[1].split(";") if one.endswith("!important") or "!important " in one}
    assert {one.partition(":")[0].strip() for one in hides.split(";")} - kept_to == set()


@pytest.mark.parametrize("extension", ["epub", "html"])
def test_in_a_file_nothing_that_a_skin_lets_run_over_lies_on_what_warns(client, author, extension):
    work, _skin = dressed(author, "p { height: 0; position: relative; z-index: 9 } em { background: black }")

    told = file_of(client, work, extension)

    assert re.search(r" p { height: 0 }", told)  # what stands in it runs over
    assert re.findall(r"^(.*) { position: (.*); z-index: (.*) }$", told, re.MULTILINE) == [
        (".passage-note, .chapter-advisory", "relative !important", "1 !important")
    ]


@pytest.mark.parametrize("extension", ["txt", "md"])
def test_what_is_typed_wears_nothing(client, author, extension):
    work, _skin = dressed(author)

    assert "teal" not in file_of(client, work, extension)


def test_a_changed_skin_makes_another_file(client, author):
    work, skin = dressed(author)
    before = file_of(client, work, "epub")

    skinning.change(skin, SkinEntry(title="Red", source="p { color: red }"), by=author)

    assert ("color: teal" in before, "color: red" in file_of(client, work, "epub")) == (True, True)


@pytest.mark.parametrize("extension", ["epub", "html", "txt", "md"])
def test_a_source_that_only_members_may_know_is_named_to_them_alone(client, author, extension):
    source = make_work(by=UserFactory(), title="Behind the Door", is_restricted=True)
    work = make_work(by=author)
    crediting.credit(work, crediting.Source(address=source.get_absolute_url()), by=author)
    client.force_login(UserFactory())
    to_member = file_of(client, work, extension)
    client.logout()

    to_guest = file_of(client, work, extension)

    assert ("Behind the Door" in to_member, "Behind the Door" in to_guest) == (True, False)
    assert "Inspired by" in to_guest
    assert source.get_absolute_url() not in to_guest


@pytest.mark.parametrize("extension", ["epub", "html"])
def test_behind_the_last_line_stands_what_a_work_inspired(client, author, extension):
    work = make_work(by=author)
    before = file_of(client, work, extension)
    for title, is_restricted in (("Open <Door>", False), ("Behind the Door", True)):
        other = make_work(by=UserFactory(), title=title, is_restricted=is_restricted)
        named = crediting.credit(other, crediting.Source(address=work.get_absolute_url()), by=author_of(other))
        crediting.accept(named, by=author)

    behind = file_of(client, work, extension).partition("Afterword</h2>")[2]

    assert "Works inspired by this one" not in before
    assert ("Works inspired by this one" in behind, "Open &lt;Door&gt;" in behind, "Behind the Door" in behind) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("extension", ["epub", "html", "txt", "md"])
def test_a_gift_says_for_whom_it_is(client, author, extension):
    work = make_work(by=author)
    giving.give(work, ["Old Tom"], by=author)

    assert "Old Tom" in file_of(client, work, extension)
