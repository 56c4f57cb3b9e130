"""What people write comes out readable and harmless, whatever they write."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.conversation.text import render

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code"}
OWN_PAGE = re.compile(r"/[a-z0-9/-]*$|#[a-z0-9-]*$")
SCHEMES = ("http://", "https://", "mailto:")


class Reader(HTMLParser):
    """Notes every tag and attribute that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]


def is_harmless(html: str) -> bool:
    reader = Reader()
    reader.feed(html)
    return reader.tags <= TAGS and all(
        (tag, name) == ("a", "rel")
        or (tag, name) == ("ol", "start")
        or ((tag, name) == ("a", "href") and (value.lower().startswith(SCHEMES) or OWN_PAGE.match(value)))
        for tag, name, value in reader.attributes
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Dag.\nTot morgen.\n\nGroet", "<p>Dag.<br>\nTot morgen.</p>\n<p>Groet</p>\n"),
        ("- een\n- twee", "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"),
        ("> niets over ons", "<blockquote>\n<p>niets over ons</p>\n</blockquote>\n"),
        ("Dit is **belangrijk**.", "<p>Dit is <strong>belangrijk</strong>.</p>\n"),
        ("# geen kop", "<p># geen kop</p>\n"),
        ("    ingesprongen", "<p>ingesprongen</p>\n"),
        ("| a | b |\n|---|---|", "<p>| a | b |<br>\n|---|---|</p>\n"),
        ("1986. Wat een jaar.", "<p>1986. Wat een jaar.</p>\n"),
        ("> 2019) toen", "<blockquote>\n<p>2019) toen</p>\n</blockquote>\n"),
        ("1. een\n2. twee", "<ol>\n<li>een</li>\n<li>twee</li>\n</ol>\n"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>\n"),
    ],
)
def test_simple_marks_and_nothing_more(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Zie https://vng.nl/a_b?x=1.", ["https://vng.nl/a_b?x=1"]),
        ("(https://vng.nl)", ["https://vng.nl"]),
        ("https://w.example/Zeist_(gemeente)", ["https://w.example/Zeist_(gemeente)"]),
        ("(zie https://w.example/Zeist_(gemeente))", ["https://w.example/Zeist_(gemeente)"]),
        ("https://w.example/a(", ["https://w.example/a"]),
        ("[VNG](https://vng.nl)", ["https://vng.nl"]),
        ("<https://vng.nl>", ["https://vng.nl"]),
        ("vng.nl", []),
        ("[klik](javascript:alert(1))", []),
        ("ftp://vng.nl", []),
        ("[hier](/gemeenten/zeist/)", ["/gemeenten/zeist/"]),
        ("[daar](//evil.example)", []),
        ("[daar](onder/iets)", []),
    ],
)
def test_addresses_become_links_without_praise(text, addresses):
    reader = Reader()
    reader.feed(render(text))
    assert [value for _tag, name, value in reader.attributes if name == "href"] == addresses
    assert {value for _tag, name, value in reader.attributes if name == "rel"} <= {"nofollow ugc noopener noreferrer"}


@pytest.mark.parametrize("text", [">>>>>>>> diep", "- - - - - - - - diep"])
def test_words_in_deep_quotes_are_not_lost(text):
    assert "diep" in render(text)


SCRIPTS = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "&#106;avascript:alert(1)",
           "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "\x01javascript:alert(1)", "//evil.example",
           "javascript&colon;alert(1)", "feed:javascript:alert(1)", "view-source:javascript:alert(1)"]  # fmt: skip
WRAPPINGS = ["[x]({})", "[x](<{}>)", "![x]({})", "<{}>", '<a href="{}">x</a>', "[x][1]\n\n[1]: {}", "[x]({} 'title')",
             "> [x]({})", "- [x]({})", "**[x]({})**", "[![x]({})](https://a.example)", "<img src={} onerror=alert(1)>"]  # fmt: skip
MARKUP = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=javascript:alert(1)><button>x",
    "<style>@import '//evil.example'</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<object data=javascript:alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<a href='x' style='position:fixed;inset:0'>x</a>",
    "<p class=mee-notification id=fouten>x</p>",
    "`<script>alert(1)</script>`",
    "{{ request.user }}{% include 'x' %}",
    "\u202e<script>alert(1)</script>",
    "<scr\x00ipt>alert(1)</script>",
    "<<script>script>alert(1)<</script>/script>",
    'https://a.example/"onmouseover=alert(1)//',
    "https://a.example/<script>alert(1)</script>",
    "https://a.example/`onclick=alert(1)",
    "mailto:a@b.example?subject=<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


ELEMENTS = ["img src=x", "svg", "video src=x", "audio src=x", "body", "iframe", "input autofocus", "select", "textarea",
            "marquee", "object", "embed src=x", "a href=x", "p", "details open", "math", "table background=x", "x"]  # fmt: skip
EVENTS = ["onload=alert(1)", "onerror=alert(1)", "onfocus=alert(1)", "onmouseover='alert(1)'", 'onclick="alert(1)"',
          "onanimationstart=alert(1) style=animation-name:x", "style=background:url(javascript:alert(1))"]  # fmt: skip
MARKUP += [f"<{element} {event}>" for element in ELEMENTS for event in EVENTS]


@pytest.mark.parametrize("text", [*MARKUP, *(wrap.format(script) for wrap in WRAPPINGS for script in SCRIPTS)])
def test_an_attack_comes_out_as_words(text):
    assert is_harmless(render(text))


def test_the_test_itself_sees_an_attack():
    assert not is_harmless("<p onclick=x>a</p>")
    assert not is_harmless('<a href="javascript:x">a</a>')


@given(st.text(max_size=300))
def test_any_text_is_harmless(text):
    assert is_harmless(render(text))


@given(
    st.lists(
        st.sampled_from(["[", "]", "(", ")", "<", ">", "*", "_", "`", "\n", "- ", "> ", "https://a", "!", '"', "x"])
    )
)
def test_any_marks_are_harmless(marks):
    assert is_harmless(render("".join(marks)))
