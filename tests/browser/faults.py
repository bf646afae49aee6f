"""What is wrong with a page that stands in the browser: for whom it cannot be read, used or laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVERY_RULE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
NARROWEST = {"width": 320, "height": 640}

# One heading that says where one is; a name for each field; nothing that the security policy would have to allow.
STRUCTURE = """() => {
  const found = [];
  const say = (what, nodes) => nodes.forEach((node) => found.push(`${what}: ${node.outerHTML.slice(0, 160)}`));
  const all = (selector) => [...document.querySelectorAll(selector)];
  const named = (field) => field.labels?.length || field.getAttribute("aria-label") || field.getAttribute("aria-labelledby");
  if (all("h1").length !== 1) found.push(`${all("h1").length} h1`);
  say("no label", all("input:not([type=hidden]):not([hidden]), select, textarea:not([hidden])").filter((field) => !named(field)));
  say("inline style", all("style, [style]"));
  say("inline script", all('script:not([src]):not([type="application/ld+json"])'));
  say("inline script", all("*").filter((node) => node.getAttributeNames().some((name) => name.startsWith("on"))));
  return found;
}"""

# Wider than the window, and what it is that reaches over the edge.
OVERFLOW = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= window.innerWidth) return [];
  const reaches = (node) => node.getBoundingClientRect().right > window.innerWidth + 1;
  const over = [...document.body.querySelectorAll("*")].filter((node) => reaches(node) && ![...node.children].some(reaches));
  return [`${page.scrollWidth} wide in ${window.innerWidth}`, ...over.slice(0, 4).map((node) => node.outerHTML.slice(0, 160))];
}"""

# A thing to press is 24 by 24 at least (WCAG 2.2, 2.5.8). Links within a sentence need not be, nor does what nobody sees.
SMALL_TARGETS = """() => {
  const pressed = [...document.querySelectorAll("button, summary, select, .button, input:not([type=hidden])")];
  const target = (node) => (node.matches("[type=checkbox], [type=radio]") && node.closest("label")) || node;
  const isSmall = ({ width, height }) => width > 1 && height > 1 && (width < 24 || height < 24);
  return [...new Set(pressed.map(target))].filter((node) => node.checkVisibility() && isSmall(node.getBoundingClientRect()))
    .map((node) => `small: ${node.outerHTML.slice(0, 160)}`);
}"""


def barriers(page: Page, *, rules: dict[str, object] = EVERY_RULE) -> list[str]:
    """Answer what axe finds on the page as it stands."""
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE_SCRIPT)
    # Left to itself axe fetches each imported style sheet again, from a wrong address.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [
        f"{rule['id']}: {', '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"
        for rule in violations
        for node in rule["nodes"]
    ]


def structure(page: Page) -> list[str]:
    """Answer what is wrong with the page's headings, names and inline code."""
    return page.evaluate(STRUCTURE)


def layout(page: Page) -> list[str]:
    """Answer what reaches over the edge of the narrowest screen, and what is too small there to be pressed."""
    before = page.viewport_size
    page.set_viewport_size(NARROWEST)
    found = page.evaluate(OVERFLOW) + page.evaluate(SMALL_TARGETS)
    page.set_viewport_size(before)
    return found
