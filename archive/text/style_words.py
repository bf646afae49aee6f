"""The words that a skin may use: properties, functions, pseudo-classes. What is not here is refused."""

import re

PREFIX = re.compile(r"-(?:moz|ms|o|webkit)-")
SIDES = (
    "",
    "-top",
    "-right",
    "-bottom",
    "-left",
    "-block",
    "-block-start",
    "-block-end",
    "-inline",
    "-inline-start",
    "-inline-end",
)
CORNERS = ("", "-top-left", "-top-right", "-bottom-left", "-bottom-right", "-start-start", "-start-end", "-end-start", "-end-end")


def _family(name: str, parts: str) -> set[str]:
    return {name, *(f"{name}-{part}" for part in parts.split())}


# Paint and letters. They pass on to what stands inside, where guard.css has the last word over warnings.
PAINT = frozenset(
    {"accent-color", "caret-color", "color", "color-scheme", "cursor", "direction", "hyphens", "line-break", "line-height"}
    | {"letter-spacing", "orphans", "overflow-wrap", "quotes", "tab-size", "unicode-bidi", "vertical-align", "white-space"}
    | {"widows", "word-break", "word-spacing", "word-wrap"}
    | _family("background", "attachment blend-mode clip color image origin position position-x position-y repeat size")
    | _family("font", "family feature-settings kerning optical-sizing size size-adjust stretch style synthesis variant")
    | _family("font-variant", "alternates caps east-asian ligatures numeric position")
    | {"font-weight", "font-variation-settings"}
    | _family("list-style", "image position type")
    | {"text-align", "text-align-last", "text-justify", "text-overflow", "text-shadow", "text-transform", "text-wrap"}
    | _family("text-decoration", "color line style thickness skip-ink")
    | _family("text-emphasis", "color position style")
    | {"text-indent", "text-orientation", "text-rendering", "text-underline-offset", "text-underline-position"}
)

# Room and place: what could take a thing off the page, or lay it over another.
GEOMETRY = frozenset(
    {f"margin{side}" for side in SIDES}
    | {f"padding{side}" for side in SIDES}
    | {f"border{side}{part}" for side in SIDES for part in ("", "-color", "-style", "-width")}
    | {f"border{corner}-radius" for corner in CORNERS}
    | {f"inset{side}" for side in SIDES}
    | {f"{bound}{size}" for bound in ("", "min-", "max-") for size in ("width", "height", "inline-size", "block-size")}
    | {"border-collapse", "border-spacing", "bottom", "box-decoration-break", "box-shadow", "box-sizing", "caption-side", "clear"}
    | {"clip", "content", "display", "empty-cells", "float", "isolation", "left", "mix-blend-mode", "object-fit", "object-position"}
    | {"opacity", "order", "position", "resize", "right", "rotate", "scale", "table-layout", "top", "translate", "visibility"}
    | {
        "writing-mode",
        "z-index",
        "filter",
        "aspect-ratio",
        "perspective",
        "perspective-origin",
        "backface-visibility",
        "user-select",
    }
    | {
        "counter-increment",
        "counter-reset",
        "counter-set",
        "pointer-events",
        "scroll-behavior",
        "scrollbar-color",
        "scrollbar-width",
    }
    | _family("outline", "color offset style width")
    | _family("overflow", "x y")
    | _family("column", "count fill gap rule rule-color rule-style rule-width span width")
    | {"columns", "gap", "row-gap"}
    | _family("flex", "basis direction flow grow shrink wrap")
    | _family("grid", "area auto-columns auto-flow auto-rows column column-end column-start row row-end row-start template")
    | _family("grid-template", "areas columns rows")
    | {f"{where}-{what}" for where in ("align", "justify", "place") for what in ("content", "items", "self")}
    | {f"{what}-{when}" for what in ("break", "page-break") for when in ("after", "before", "inside")}
    | _family("transform", "origin style")
    | _family("transition", "delay duration property timing-function")
)

# What cannot be in a file: it has no guard that keeps its place above the text.
NOT_IN_FILES = frozenset(
    {"position", "top", "right", "bottom", "left", "z-index", "opacity", "visibility", "filter", "clip", "order", "isolation"}
    | {"mix-blend-mode", "pointer-events", "user-select", "cursor", "writing-mode", "perspective", "perspective-origin"}
    | {"backface-visibility", "rotate", "scale", "translate", "resize", "color-scheme", "scroll-behavior"}
    | {"direction", "unicode-bidi", "box-shadow"}  # the first two no e-book may hold; shadows and outlines reach over others
    | {
        name
        for name in GEOMETRY
        if name.startswith(("inset", "transform", "transition", "grid", "flex", "scrollbar", "overflow", "outline"))
    }
)

FUNCTIONS = frozenset(
    {"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark"}
    | {"calc", "min", "max", "clamp", "counter", "counters", "repeat", "minmax", "fit-content", "rect", "steps", "cubic-bezier"}
    | {f"{again}{kind}-gradient" for again in ("", "repeating-") for kind in ("linear", "radial", "conic")}
    | {f"{what}{axis}" for what in ("translate", "scale", "rotate") for axis in ("", "x", "y", "z", "3d")}
    | {"skew", "skewx", "skewy", "matrix", "matrix3d", "perspective", "blur", "brightness", "contrast", "drop-shadow"}
    | {"grayscale", "hue-rotate", "invert", "saturate", "sepia", "opacity"}
)
VARIABLE = "var"

PSEUDO_CLASSES = frozenset(
    {"link", "visited", "hover", "focus", "focus-visible", "focus-within", "active", "target", "checked", "disabled", "enabled"}
    | {"empty", "root", "first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type", "open"}
    | {"read-only", "required", "optional"}
)
SELECTING = frozenset({"is", "where", "not", "has"})  # functions that take selectors
COUNTING = frozenset({"nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"})
SPEAKING = frozenset({"lang", "dir"})
PSEUDO_ELEMENTS = frozenset({"before", "after", "first-letter", "first-line", "marker", "selection", "placeholder"})


def without_prefix(name: str) -> str:
    """Answer a property or function without the mark of one browser."""
    return PREFIX.sub("", name, count=1) if PREFIX.match(name) else name
