"""Stylesheets of skins: what comes out is allowed, stays in its scope, meets no warning and asks nobody for anything."""

import re
import time

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from archive.text import style_words, stylesheets
from tests.text.rows import rows

SCOPE = "#workskin"
KEPT = [
    "p { color: #FFF }",
    ".phone > p + p ~ b:not(.a, .b:hover) { display: none }",
    "p:nth-child(2n + 1)::first-letter { font-size: 3em }",
    '[title="a b" i]:lang(en) { margin: 0 auto 1.5em }',
    ".a { background: linear-gradient(to right, red 0%, rgb(0 0 0 / 50%)) !important }",
    '.a::before { content: "“" counter(x) }',
    ".a { -webkit-transform: rotate(3deg) translatex(-2px); z-index: 100; position: absolute; top: -9999px }",
    ".a { width: calc(100% - (2 * 3px)) }",
]
REFUSED = {
    "@import url(x.css);": "@import",
    "@font-face { src: url(x) }": "@font-face",
    '@charset "utf-7";': "@charset",
    "@media print { p { color: red } }": "@media",
    "@layer guard { p { color: red } }": "@layer",
    "p { background: url(https://x.example/a.png) }": "url",
    "p { background: url('data:image/png;base64,AA') }": "url",
    r"p { background: \75rl(//x.example) }": "url",
    "p { background: ur/**/l(x) }": "l(…)",
    "p/**/b { color: red }": "right behind",
    "p { background: image-set('//x.example/a.png' 1x) }": "image-set",
    "p { width: expression(alert(1)) }": "expression",
    "p { behavior: url(x.htc) }": "behavior",
    "p { -moz-binding: url(x.xml#x) }": "binding",
    "p { position: FIXED }": "position",
    "p { position: sticky }": "position",
    "p { display: contents }": "display",
    "p { display: calc(1) }": "display",
    "p { margin-top: -1px }": "margin",
    "p { margin: calc(0px - 90vh) }": "margin",
    "p { z-index: 101 }": "z-index",
    "p { z-index: calc(99 * 99) }": "z-index",
    "p { --ink: red }": "--ink",
    "p { color: var(--paper) }": "var",
    "p { content: attr(title) }": "attr",
    "p { all: unset }": "all",
    "p { -webkit-text-fill-color: transparent }": "text-fill-color",
    "p { b { color: red } }": "No rule",
    "p { color }": "no property",
    "} p { color: red }": "selector",
    "> p { color: red }": "begin",
    "p > { color: red }": "end",
    "p:host { color: red }": "host",
    "p::part(x) { color: red }": "part",
    "svg|p { color: red }": "selector",
    "& p { color: red }": "selector",
    "--ink:hover { color: red }": "--ink",
    "p { filter: progid:DXImageTransform.Microsoft.Alpha() }": "cannot stand",
    "<!-- p { color: red } -->": "",
    "</style>": "no rule",
}


def out(typed, **options):
    return str(stylesheets.read(typed, **options))


@pytest.mark.parametrize("typed", KEPT)
def test_what_is_allowed_stays_as_it_was_typed(typed):
    assert (out(typed), stylesheets.read(typed).refusals) == (typed, [])


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_not_allowed_is_refused_with_its_line_and_leaves_nothing(typed):
    sheet = stylesheets.read("p { color: red }\n" + typed)

    assert [refusal.line for refusal in sheet.refusals] == [2] * len(sheet.refusals)
    assert REFUSED[typed] in " ".join(map(str, sheet.refusals))
    assert str(sheet).replace("p { color: red }", "").strip() == ""


def test_values_are_named_in_the_skins_of_the_site_alone():
    typed = ":root { --ink: oklch(0.2 0.01 60); color: var(--ink) }"

    assert out(typed, names_values=True) == typed
    assert out(typed) == ""


@pytest.mark.parametrize(
    ("selector", "within"),
    [
        ("p", "#workskin p"),
        ("#workskin", "#workskin"),
        ("body", "#workskin"),
        ("html p", "#workskin p"),
        ("#workskin > p", "#workskin > p"),
        ("#workskin ~ p", "#workskin #workskin ~ p"),
        ("body + p", "#workskin body + p"),
        ("#workskin.a", "#workskin #workskin.a"),
        (":is(body, #main) p", "#workskin :is(body, #main) p"),
        ("p::after", "#workskin p::after"),
        (":root", "#workskin :root"),
    ],
)
def test_no_selector_leaves_its_scope(selector, within):
    assert stylesheets.read(f"{selector} {{ color: red }}").in_file(scope=SCOPE) == f"{within} {{ color: red }}"


def test_what_takes_room_meets_nothing_that_holds_a_warning():
    page = stylesheets.read("p, .a::before { color: red; display: none }").on_page(scope=SCOPE, media="print")

    paint, holding = stylesheets.NOT_WARNING, stylesheets.NOT_HOLDING
    assert page.splitlines()[1:] == [
        *("@layer skin {", "@media print {"),
        *(f"{paint} {{", "#workskin p&, #workskin .a&::before { color: red }", "}"),
        *(f"{holding} {{", "#workskin p&, #workskin .a&::before { display: none }", "}"),
        *("}", "}"),
    ]


def test_a_file_gets_no_place_above_its_text():
    raised = "position: absolute; top: 0; z-index: 3; opacity: 0; outline: 99px solid; box-shadow: 0 0 0 99px; direction: rtl"
    hidden = ".b { display: none } .d { display: table-column }"
    typed = f".a {{ color: red !important; {raised} }} {hidden} .c {{ display: block }}"

    assert stylesheets.read(typed).in_file(scope=SCOPE) == "#workskin .a { color: red }\n#workskin .c { display: block }"


LONG = [
    *("(" * 60_000, "a{b:" + "[" * 30_000, "a" * 1_000_000, "a{}" * 20_000, "a," * 29_000 + "b{color:red}", ".a:not(" * 8_000),
    *("a{color:red}" * 5_000, "a{color:" + "calc(" * 100 + "1" + ")" * 100 + "}", "/*" * 30_000, "\\" * 59_000, '"' * 59_999),
]


@pytest.mark.parametrize("typed", LONG, ids=lambda typed: typed[:8])
def test_whatever_is_typed_is_read_in_time(typed):
    began = time.process_time()

    page = stylesheets.read(typed).on_page(scope=SCOPE)

    assert time.process_time() - began < 2
    assert len(page) < stylesheets.LONGEST_WRITTEN + 2_000


WRITTEN = {
    "many short rules": "a{color:red}" * 2_000,
    "paint and room": "a,b{color:red;margin:0}" * 1_000,
    "one long list": ",".join(["a"] * 2_000) + "{color:red;margin:0}",
    "as people write": "".join(f".phone-{n} > p {{ color: #a{n:04}; padding: 0.{n}em }}\n" for n in range(1_000)),
}


@pytest.mark.parametrize("typed", WRITTEN.values(), ids=WRITTEN)
def test_a_page_loads_not_much_more_than_was_typed(typed):
    sheet = stylesheets.read(typed)

    assert sheet.refusals == []
    assert len(sheet.on_page(scope=SCOPE)) < 2 * len(typed) + 30 * sheet.count
    assert len(sheet.on_page(scope=SCOPE)) <= sheet.length + 2_000


def test_what_comes_out_much_longer_than_it_was_typed_is_refused():
    sheet = stylesheets.read(f"a {{ color: red }} b::before {{ content: '{'<' * 59_000}' }}")

    assert "200000 characters" in str(sheet.refusals[0])
    assert str(sheet) == "a { color: red }"


def allowed(css):
    """Fail where something stands in a written stylesheet that no skin may hold."""
    assert "<" not in css.replace("\\<", "")
    for rule in tinycss2.parse_stylesheet(css, skip_whitespace=True):
        assert rule.type == "qualified-rule", rule
        for one in tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True):
            assert one.type == "declaration", one
            base = style_words.without_prefix(one.lower_name)
            assert base in style_words.PAINT | style_words.GEOMETRY, base
            assert not {"url", "error", "at-keyword", "{} block", "[] block"} & {token.type for token in one.value}
            functions = {style_words.without_prefix(token.lower_name) for token in one.value if token.type == "function"}
            assert functions <= style_words.FUNCTIONS


def looked_for(page):
    """Answer the selectors of a page's stylesheet, from inside its layer and its blocks."""
    layers, layer = tinycss2.parse_stylesheet(page, skip_whitespace=True)
    assert (layers.at_keyword, layer.at_keyword, layer.prelude[1].value) == ("layer", "layer", "skin")
    found = []
    for block in tinycss2.parse_rule_list(layer.content, skip_whitespace=True):
        assert tinycss2.serialize(block.prelude).strip() in {stylesheets.NOT_WARNING, stylesheets.NOT_HOLDING}
        for rule in tinycss2.parse_blocks_contents(block.content, skip_whitespace=True):
            assert rule.type == "qualified-rule", rule
            parts = [[]]
            for token in rule.prelude:
                parts.append([]) if token == "," else parts[-1].append(token)
            found += [tinycss2.serialize(part).strip() for part in parts]
    return found


PIECES = st.sampled_from([
    *("p", ".a", "#workskin", " ", ">", "~", ",", ":not(", ":has(", "::before", "{", "}", "(", ")", "[", "]", ";", ":", "color"),
    *("\\75rl(", "/*", "*/", "'", '"', "\\", "red", "@import", "@media", "position", "fixed", "!important", "<!--", "-->"),
    *("margin", "-1px", "content", "\x00", "\n", "é", "\ud800", "expression(", "--x", "var(--x)", "background", "display:none"),
    *("url(x)", "</style>"),
])  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60)))
def test_cleaning_twice_is_cleaning_once_and_nothing_else_comes_out(typed):
    once = out(typed)

    allowed(once)
    assert out(once) == once
    assert stylesheets.read(once).refusals == []
    for selector in looked_for(stylesheets.read(typed).on_page(scope=SCOPE)):
        assert re.fullmatch(r"#workskin\b[^&]*&(::?[\w-]+)?", selector), selector


def test_a_comment_makes_no_word_of_two():
    assert out("p { position: fix/**/ed; z-index: 9/**/9/**/9 }") == "p { position: fix ed; z-index: 9 9 9 }"


def test_no_known_attack_comes_through():
    for row in rows("xss_payloads"):
        for typed in (row["payload"], f"p {{ {row['payload']} }}"):
            allowed(out(typed))
