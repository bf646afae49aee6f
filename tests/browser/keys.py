"""A hand off the mouse: keys that move the focus, each of which must show where it went."""

import pytest

FURTHEST = 80  # stops; more than any page here has before what is looked for

# What has the focus, and what of it can be seen. A box that is drawn by its label is seen by its label.
FOCUSED = """() => {
  const focused = document.activeElement;
  const drawn = getComputedStyle(focused).opacity === "0" ? focused.closest("label") : focused;
  const style = getComputedStyle(drawn);
  const box = drawn.getBoundingClientRect();
  const above = (x, y) => document.elementFromPoint(x, y);
  const points = [0.1, 0.5, 0.9].map((part) => above(box.left + box.width / 2, box.top + box.height * part));
  return {
    what: focused.outerHTML.slice(0, 120),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    isSeen: points.some((found) => found && (drawn.contains(found) || found.contains(drawn))),
  };
}"""


def is_focused(locator):
    """Whether a thing that is on the page has the focus."""
    return locator.count() == 1 and locator.evaluate("thing => thing === document.activeElement")


def press(page, key):
    """Press a key that moves the focus, and require that one sees where it went."""
    page.keyboard.press(key)
    focused = page.evaluate(FOCUSED)
    assert focused["outline"] >= 2, focused
    assert focused["isSeen"], focused


def tab_to(page, locator):
    """Press Tab until the focus is there."""
    for _ in range(FURTHEST):
        press(page, "Tab")
        if is_focused(locator):
            return
    pytest.fail(f"{FURTHEST} tabs did not lead to {locator}.")


def follow(page, locator):
    """Go to a link or a button, and press Enter."""
    tab_to(page, locator)
    with page.expect_navigation():
        page.keyboard.press("Enter")
