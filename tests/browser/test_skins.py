"""Skins in a browser: no skin, of a work or of the pages, hides or covers what warns, or leaves its place."""

import pytest

from archive.works import skinning
from archive.works.skinning import SkinEntry
from archive.works.skins import Kind
from tests.factories.works import add_chapter, make_work

pytestmark = pytest.mark.browser
PASSAGE = '<div class="passage" data-note="There is blood in it."><p>The passage itself.</p></div>'
TEXT = f'<p>Before it.</p><div class="phone"><p>On a phone.</p>{PASSAGE}</div><p>After it.</p>' + "<p>The lamp was lit.</p>" * 40
# Everything that a skin may say and that could hide something, said of everything that it could be said of.
HIDES = """display: none; visibility: hidden; opacity: 0; position: absolute; top: -9999px; left: -9999px; width: 0; height: 0;
max-height: 0; overflow: hidden; transform: scale(0); scale: 0; translate: -9999px; rotate: 90deg; clip: rect(0 0 0 0);
filter: opacity(0); font-size: 0; line-height: 0; color: transparent; background: white; text-indent: -9999px; letter-spacing: -1em;
white-space: nowrap; order: 9; z-index: 100; padding: 0 0 0 9999px; float: right; writing-mode: vertical-rl"""
COVERS = """content: ""; display: block; position: absolute; top: -9999px; left: -9999px; width: 99999px; height: 99999px;
background: white; z-index: 100"""
TURNS = "display: flex; flex-direction: column-reverse"
EVERYTHING = (
    "#workskin, html, body, *, .phone, .chapter, .chapter.preface, .preface.group, #chapters, .passage, .passage-fold, "
    ".userstuff, .chapter-advisory, .chapter-advisory *, .passage-note, .passage-note *, .advisory, .advisory *, .work-header, "
    ".work-header *, div:has(> .passage-note), div:has(.chapter-advisory), :is(div, p):not(.x), .flash, main, #main, .sheet"
)
DRAWING = [".userstuff", ".phone", "p", "#workskin", ".title", "body"]
HOSTILE = [
    f"{EVERYTHING} {{ {HIDES.replace(';', ' !important;')} !important }}",
    ", ".join(f"{one}::{when}" for one in DRAWING for when in ("before", "after")) + f" {{ {COVERS} }}",
    f"#workskin, #chapters, .chapter, .userstuff, .passage, .phone, .advisory, .sheet, main {{ {TURNS} }}",
    f".userstuff, .userstuff p, .title {{ {COVERS.replace('content: "";', '')} }}",
    "html { font-size: 1px; color-scheme: dark; color: white; background: white }",
    # What tries to get out of the block that keeps rules away.
    f"& , .x& , & * {{ {HIDES} }} }} }} }} * {{ {HIDES} }} @layer guard {{ * {{ {HIDES} }} }}",
    f"*::before {{ {COVERS.replace('""', '"}}}}} * {visibility: hidden}"')} }} width:hover {{ {HIDES} }} --ink:hover {{ {HIDES} }}",
    f"*:where(*):is(*):not(x) {{ {HIDES} }} *:where(.advisory *, .work-header *) {{ {HIDES} }}",
    ".a { color: red }" * 1_950 + f"* {{ {HIDES} }}",
]
# What is on top in the middle of a thing, and whether it can be read: its own letters, on its own ground.
SEEN = """warning => {
  warning.scrollIntoView({ block: "center" });
  const box = warning.getBoundingClientRect();
  const style = getComputedStyle(warning);
  const top = document.elementFromPoint(box.x + Math.min(box.width, innerWidth) / 2, box.y + box.height / 2);
  return {
    isOnTop: warning.contains(top), isThere: box.width > 60 && box.height > 10 && box.x >= 0 && box.right <= innerWidth + 1,
    isOpaque: style.opacity === "1" && style.visibility === "visible" && style.color !== style.backgroundColor,
    isLegible: parseFloat(style.fontSize) >= 12,
  };
}"""
# Whether nothing of a paragraph is where it was put: what holds it clips it.
CLIPPED = """place => {
  const box = document.querySelectorAll(".userstuff.module p")[place].getBoundingClientRect();
  const top = document.elementFromPoint(box.x + 5, box.y + 5);
  return !top?.closest(".userstuff.module");
}"""
IS_SEEN = {"isOnTop": True, "isThere": True, "isOpaque": True, "isLegible": True}


@pytest.fixture
def work(author):
    """A work with warnings at each place where there can be some."""
    work = make_work(by=author, text=TEXT, rating="Explicit", expected_chapters=None)
    add_chapter(work, text=TEXT, content_notes="Storms ahead.")
    return work


def dress(work, author, css):
    skin = skinning.make(Kind.WORK, SkinEntry(title="Hostile", source=css), by=author)
    skinning.wear(work, skin, by=author)


def seen(page, *selectors):
    """Answer how the warnings of a page can be seen."""
    return {one: page.locator(f"{one} >> visible=true").first.evaluate(SEEN) for one in selectors}


@pytest.mark.parametrize("css", HOSTILE, ids=range(len(HOSTILE)))
def test_no_skin_of_a_work_hides_what_warns(page, work, author, css):
    dress(work, author, css)
    page.goto(f"{work.chapters.last().get_absolute_url()}?view_adult=true")
    warnings = [".work-header", ".chapter-advisory", ".passage-note"]

    assert seen(page, *warnings) == dict.fromkeys(warnings, IS_SEEN)
    assert page.locator(".masthead").evaluate(SEEN)["isOnTop"]


LIFTS = [
    "#workskin, #chapters, .chapter, .userstuff { display: contents } .userstuff p { position: absolute; top: 0; left: 0 }",
    "#workskin, .userstuff { rotate: 90deg; transform-origin: 0 0 } .userstuff p { position: absolute; top: -900px }",
]


@pytest.mark.parametrize("css", LIFTS, ids=range(len(LIFTS)))
def test_no_skin_of_a_work_lifts_its_text_over_its_warnings(page, author, css):
    work = make_work(by=author, text="<p>The lamp was lit.</p>" * 3, rating="Explicit")
    dress(work, author, css)
    page.goto(f"{work.get_absolute_url()}?view_adult=true")

    header = page.locator(".work-header").evaluate("one => one.getBoundingClientRect().bottom")
    tops = page.locator(".userstuff.module p").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")

    assert [top >= header or page.evaluate(CLIPPED, place) for place, top in enumerate(tops)] == [True] * 3


@pytest.mark.parametrize("css", HOSTILE, ids=range(len(HOSTILE)))
def test_no_skin_of_the_pages_hides_what_warns(page, work, author, css):
    skin = skinning.make(Kind.SITE, SkinEntry(title="Hostile", source=f":root {{ --ink: white; --leaf: white }} {css}"), by=author)
    skinning.offer(skin, by=author)
    author.is_staff = True
    skinning.publish(skin, by=author)
    page.goto(f"{work.chapters.last().get_absolute_url()}?site_skin={skin.pk}")
    advisory = seen(page, ".advisory", ".advisory dt")
    page.goto(f"{work.chapters.last().get_absolute_url()}?view_adult=true&site_skin={skin.pk}")

    assert advisory == dict.fromkeys([".advisory", ".advisory dt"], IS_SEEN)
    warnings = [".work-header", ".chapter-advisory", ".passage-note"]
    assert seen(page, *warnings) == dict.fromkeys(warnings, IS_SEEN)


MARKED = """() => [...document.querySelectorAll("*")].filter(one => getComputedStyle(one).backgroundPositionX === "3px")
  .map(one => [one.closest("#workskin") !== null, one.closest(".chapter-advisory, .passage-note") !== null])"""
REACHES = """*, html, body, :root, main, #main, .work-header, :not(#workskin), html *, body *, :root *, * *, * > *, * ~ *, * + *,
:is(html, body) *, :where(main) > *, header ~ *, #workskin ~ *, #workskin + *, body + *, html:has(#workskin) *, *:has(#workskin),
.masthead, .masthead a, .work.meta, p:not(#workskin p), [class], [id], a:link, footer, .chapter-advisory, .chapter-advisory *,
.passage-note, .passage-note *, :is(.passage-note, .passage-note *), .userstuff > :first-child"""


def test_what_a_skin_looks_for_lies_in_its_work_and_is_no_warning(page, work, author):
    dress(work, author, "".join(f"{one} {{ background-position: 3px 3px }}\n" for one in REACHES.split(",")))
    page.goto(f"{work.chapters.last().get_absolute_url()}?view_adult=true")

    marked = page.evaluate(MARKED)

    assert len(marked) > 40
    assert {tuple(one) for one in marked} == {(True, False)}


def test_a_skin_dresses_the_text_and_nothing_else(page, work, author):
    dress(work, author, ".phone p, .passage-text p, body { color: rgb(0, 128, 128) } p { margin: 3px } main, a { color: red }")
    page.goto(f"{work.get_absolute_url()}?view_adult=true&view_full_work=true")

    colour = "one => getComputedStyle(document.querySelector(one)).color"
    teal = [".phone > p", ".passage-text p", "#workskin"]
    assert [page.evaluate(colour, one) for one in teal] == ["rgb(0, 128, 128)"] * 3
    assert page.evaluate(colour, ".masthead a") != "rgb(255, 0, 0)"
    page.get_by_role("link", name="Hide Creator's Style").click()
    page.get_by_role("link", name="Show Creator's Style").wait_for()
    page.wait_for_load_state()
    assert page.evaluate(colour, ".phone > p") != "rgb(0, 128, 128)"
