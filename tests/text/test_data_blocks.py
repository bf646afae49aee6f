import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from archive.text.data_blocks import linked_data

HOSTILE = ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029", "]]>", "& &amp; \\ \" '", "灯台 🔥"]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_stands_in_it_stays_in_it(name):
    page = LexborHTMLParser(f"<head>{linked_data({'name': name})}<title>After</title></head>")

    [script] = page.css("script")
    assert json.loads(script.text()) == {"name": name}
    assert page.css_first("title").text() == "After"
