"""Every kind of page: without barriers in light and dark, on a phone and on a desk; and no wider than the narrowest screen."""

import itertools

import pytest

from tests.browser import faults
from tests.browser.conftest import DESK, PHONE
from tests.browser.places.groups import GROUPS
from tests.browser.places.planting import plant

pytestmark = pytest.mark.browser


@pytest.fixture
def archive():
    """An archive with something of everything in it."""
    return plant()


@pytest.fixture
def visit(open_context, log_in, archive):
    """Answer each place of a group, one after another in one page, with a list to write its faults in."""

    def visit(group, only=None, **options):
        logs_in, group_places = GROUPS[group]
        context = open_context(**options)
        if user := logs_in(archive):
            log_in(context, user)
        page = context.new_page()
        for place in [place for place in group_places if only is None or place.name in only]:
            context.watch.expected = {place.status} - {200}
            place.come(page, archive)
            page.locator("h1").first.wait_for(state="attached")  # where a click leads, the next page may still be on its way
            page.wait_for_load_state()  # and come in part
            yield place, page

    return visit


def settle(found):
    """Fail with all that was found, place by place."""
    if ill := [f"{place}: {fault}" for place, faults in found.items() for fault in faults]:
        pytest.fail("\n".join(ill), pytrace=False)


# axe looks through styles in ways that the security policy forbids; the other tests are held to it.
@pytest.mark.parametrize("group", GROUPS)
def test_without_barriers(visit, group):
    found = {}

    for place, page in visit(group, bypass_csp=True):
        for size, scheme in itertools.product((DESK, PHONE), ("light", "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            rules = faults.EVERY_RULE if scheme == "light" else faults.RULES_OF_COLOUR
            found[f"{place.name}, {size['width']}, {scheme}"] = faults.barriers(page, rules=rules)

    settle(found)


@pytest.mark.parametrize("group", GROUPS)
def test_well_built_and_no_wider_than_the_narrowest_screen(visit, group):
    settle({place.name: faults.structure(page) + faults.layout(page) for place, page in visit(group)})


THEMED = {
    "advisory",
    "chapter",
    "preview",
    "conflict",
    "deleting",
    "posting, refused",
    "old story, read",
    "warning preferences",
    "menus",
    "versions, compared",
}


@pytest.mark.parametrize("group", ["reading", "writing", "member"])
def test_legible_in_every_theme(visit, group):
    found = {}

    for place, page in visit(group, only=THEMED, bypass_csp=True):
        for theme in ("sepia", "contrast"):
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            found[f"{place.name}, {theme}"] = faults.barriers(page, rules=faults.RULES_OF_COLOUR)

    settle(found)
