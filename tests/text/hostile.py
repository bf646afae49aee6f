"""Makes the inputs of tests/data/hostile_inputs.jsonl that are text or HTML: texts that have hurt archives like ours."""

from collections.abc import Callable

# As long as a chapter may be when it is stored.
FULL = 510_000


def filled(piece: str) -> str:
    """As many whole repetitions as fit into one chapter."""
    return piece * (FULL // len(piece))


TEXTS: dict[str, Callable[[], str]] = {
    "nul_in_title": lambda: "a\x00b",
    "c0_c1_controls": lambda: "".join(map(chr, [*range(1, 32), *range(127, 160)])),
    "xml_forbidden": lambda: "a\x0b\x0c\x1f\ufffe\uffffb",
    "bidi_override": lambda: "abc\u202egnp.exe\u2066x",
    "zero_width_name": lambda: "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e",
    "invisible_title": lambda: "\u2800\u3164\u115f\uffa0",
    "zalgo_1": lambda: "Z" + "\u0336\u0353\u034f" * 200,
    "zalgo_flood": lambda: ("a" + "\u0301" * 500) * 100,
    "homograph_user": lambda: "\u0430dmin",
    "homograph_mixed": lambda: "p\u0430yp\u0430l",
    "fullwidth_user": lambda: "ａｄｍｉｎ",
    "turkish_i": lambda: "M\u0130KE@EXAMPLE.ORG",
    "kelvin_sign_email": lambda: "mi\u212ae@example.org",
    "nfd_nfc_tag": lambda: "Poke\u0301mon",
    "noncharacters": lambda: "\U0010ffff\ufdd0",
    "tag_chars_flags": lambda: "hi\U000e0041\U000e0042",
    "rtl_mark_username": lambda: "\u200fadmin",
    "emoji_zwj_long": lambda: "👩‍❤️‍💋‍👨" * 40,
    "crlf_header_name": lambda: "x\r\nBcc: victim@example.org\r\n\r\nbody",
    "crlf_filename": lambda: 'a"; filename="evil.html\r\nX: y',
    "path_filename": lambda: "../../../../etc/passwd",
    "format_string": lambda: "{0.__class__.__mro__} %s %(x)s {{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "csv_formula": lambda: '=HYPERLINK("http://e","x")',
    "sql_like_wild": lambda: "%_" * 2000,
    "tsquery_syntax": lambda: "a & | ! ( ) : * <-> ' \\ \"",
    "regex_meta": lambda: "(((((a+)+)+)+)+$" + "[" * 50,
    "log_injection": lambda: "x\r\n2026-01-01 ERROR fake admin login ok",
    "many_tags": lambda: ",".join(f"tag{number}" for number in range(2000)),
    "long_tag": lambda: "x" * 151,
    "urlize_brackets": lambda: "[" * 200_000,
    "urlize_entities": lambda: "&:" + ";" * 200_000,
    "email_validator": lambda: "a@" + "a." * 50_000 + "!",
    "wrap": lambda: " " * 500_000,
    "markdown_emphasis": lambda: "**a " * 60_000,
    "one_word": lambda: filled("W"),
    "newline_flood": lambda: filled("\n"),
    "inline_span_newlines": lambda: "<i><b><u><s>" + filled("a\n\n"),
    "cjk_max_urlencoded": lambda: "漢" * 500_000,
    "emoji_max_urlencoded": lambda: "😀" * 500_000,
    "max_plus_one": lambda: "x" * (FULL + 1),
}

MARKUP: dict[str, Callable[[], str]] = {
    "bidi_unclosed_body": lambda: "<p>\u202e\u2067\u2067\u2067 text</p>",
    "strip_tags_nested": lambda: "<a" * 250_000,
    "truncator_words": lambda: "</p>" * 100_000 + "&" * 200_000,
    "nest_div_512": lambda: "<div>" * 512 + "x",
    "nest_div_2000": lambda: "<div>" * 2000 + "x",
    "nest_div_10000": lambda: "<div>" * 10_000 + "x",
    "nest_div_100000": lambda: "<div>" * 100_000 + "x",
    "nest_li_2000": lambda: "<ul><li>" * 2000,
    "nest_li_20000": lambda: "<ul><li>" * 20_000,
    "nest_b": lambda: filled("<b>"),
    "nest_blockquote": lambda: filled("<blockquote>"),
    "adoption_agency": lambda: filled("<b><i><u><p>"),
    "a_p_misnest": lambda: filled("<a><p>"),
    "attrs_50k": lambda: "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">x",
    "lt_flood": lambda: filled("<"),
    "amp_flood": lambda: filled("&"),
    "one_line_nbsp": lambda: filled("a&nbsp;"),
    "br_flood": lambda: filled("<br>"),
    "empty_p_flood": lambda: filled("<p></p>"),
    "img_flood": lambda: filled('<img src="https://example.org/a.png">'),
    "link_flood": lambda: filled('<a href="https://example.org">x</a>'),
    "select_flood": lambda: "<select><option>" * 20_000,
    "table_wide": lambda: "<table><tr>" + "<td>x" * 20_000,
    "comment_unclosed": lambda: "<!-- x",
    "cdata": lambda: "<![CDATA[ x ]]> <?php x ?>",
    "textarea_close": lambda: "</textarea></form><form action=//e><button>Save",
    "script_close_json": lambda: "</script><!--<script>",
    "class_hijack": lambda: '<p class="btn btn-danger modal overlay">Delete account</p>',
    "name_clobber": lambda: "<img name=cookie><a id=location name=forms>x</a>",
}

# Found while the count of costs was being checked against the real parser: end tags that do not close.
TANGLES: dict[str, Callable[[], str]] = {
    "end tags that cannot leave a table cell": lambda: filled("<div><table><td></div></table>"),
    "inline end tags round an open block": lambda: filled("<span><div></span></div>"),
    "formatting reopened in every paragraph": lambda: (
        "<p>" + "".join(f'<b class="c{number}">' for number in range(200)) + "</p>" + "<p>x" * 40_000
    ),
    "formatting left open by its paragraph": lambda: filled("<p><i lang=a><b><u>x</p>"),
    "paragraphs ended by rules": lambda: filled("<u><cite>x<p><hr>"),
    "list items closed from a list within": lambda: filled("<ol><samp></li><ol><li>x"),
    "end tags inside a comment": lambda: filled("<div><!--</div>-->"),
    "end tags inside a textarea": lambda: filled("<div><textarea></div></textarea>"),
    "a script that hides a comment": lambda: filled("<div><script><!--</script></div>"),
    "tags that never end": lambda: filled("<a ") + '="',
    "quotes that never end": lambda: filled('<p title="'),
    "comments that never end": lambda: filled("<!--"),
    "abbreviations inside abbreviations": lambda: ("<abbr>" * 250 + "x" + "</abbr>" * 250) * 150,
    "links over many lines": lambda: filled("<a href=/x>x\n\n"),
}
