"""Clean HTML as somebody would type it."""

import pytest

from archive.text.cleaning import Profile, clean
from archive.text.typed import markdown_of, plain_of
from tests.text.rows import rows

SITE = "https://archive.example"


def cleaned(source):
    return clean(source, profile=Profile.CHAPTER, site=SITE)


@pytest.mark.parametrize(
    ("source", "markdown", "plain"),
    [
        ("<p>One <em>two</em> <strong>three</strong></p><p>four</p>", "One *two* **three**\n\nfour", "One _two_ *three*\n\nfour"),
        ("<p>a<br>b</p>", "a\\\nb", "a\nb"),
        ("<p>a<em> b </em>c</p>", "a *b* c", "a _b_ c"),
        ("<p>a</p><hr><p>b</p>", "a\n\n* * *\n\nb", "a\n\n* * *\n\nb"),
        ("<p><code>a</code><code>b</code> `<code>c</code></p>", "`ab` \\``c`", "ab `c"),
        ("<blockquote><p>&nbsp;</p></blockquote><p>a</p>", "> \xa0\n\na", "> \xa0\n\na"),
        ("<h2>Part</h2><p>a</p>", "#### Part\n\na", "Part\n\na"),
        ("<h1>Part</h1><p>a</p>", "### Part ###\n\na", "Part\n\na"),
        ("<p>a<em>b</em>c <em>停！</em>她</p>", "a*b*c <em>停！</em>她", "a_b_c _停！_她"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n+ b", "- a\n\n- b"),
        ('<p>See!<a href="/works/1">it</a></p>', f"See\\![it]({SITE}/works/1)", f"See!it <{SITE}/works/1>"),
        ("<p>a<br>---</p><p>[warning: x]</p>", "a\\\n\\---\n\n\\[warning: x\\]", "a\n ---\n\n [warning: x]"),
        (
            '<div class="passage" data-note="fog" data-gist="A fall."><p>a</p></div>',
            "[note: fog]\n\n[what happens: A fall.]\n\na\n\n[end warning]",
            "[note: fog]\n\n[what happens: A fall.]\n\na\n\n[end warning]",
        ),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b", "> a\n>\n> b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n\n  - b\n- c", "- a\n\n  - b\n- c"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b", "3. a\n4. b"),
        ("<pre>  a\n b</pre>", "```\n  a\n b\n```", "  a\n b"),
        ('<p><a href="/works/1">it</a></p>', f"[it]({SITE}/works/1)", f"it <{SITE}/works/1>"),
        (
            '<p><img src="https://x.example/a(1).png" alt="A lamp"></p>',
            "![A lamp](https://x.example/a%281%29.png)",
            "[Image: A lamp] <https://x.example/a(1).png>",
        ),
        ("<p><u>a</u> <s>b</s> x<sup>2</sup></p>", "<u>a</u> ~~b~~ x<sup>2</sup>", "a b x2"),
        ("<p><ruby>灯<rt>ひ</rt></ruby></p>", "<ruby>灯<rt>ひ</rt></ruby>", "灯 (ひ)"),
        ("<table><tr><th>a</th><td>b</td></tr></table>", "| a | b |\n| --- | --- |", "a | b"),
        ("<p>*not* _this_ &lt;b&gt; [x](y) `z` 1 &amp;amp; 2</p>", r"\*not\* \_this\_ \<b\> \[x\](y) \`z\` 1 \&amp; 2", None),
        ("<p># no heading</p><p>- no item</p><p>1. nor this</p>", "\\# no heading\n\n\\- no item\n\n1\\. nor this", None),
        ("<p>&nbsp;</p><p>a</p>", "\N{NO-BREAK SPACE}\n\na", None),
        ("<details><summary>More</summary><p>a</p></details>", "**More**\n\na", "*More*\n\na"),
    ],
)
def test_html_is_typed(source, markdown, plain):
    assert markdown_of(cleaned(source), site=SITE) == markdown
    assert plain is None or plain_of(cleaned(source), site=SITE) == plain


def test_whatever_the_cleaner_lets_through_can_be_typed():
    for row in [*rows("xss_payloads"), *rows("formatting_cases")]:
        text = cleaned(row.get("payload") or row["input"])

        assert "<script" not in markdown_of(text, site=SITE).lower().replace("\\<", "")
        plain_of(text, site=SITE)
