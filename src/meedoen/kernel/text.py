"""Text made safe and comparable: folding, slugs, and Markdown-lite that comes out as clean HTML."""

import html
import re
import unicodedata
from functools import cache, lru_cache

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .markup import CALLOUT, whole, with_our_own

REMEMBERED = 128  # texts of editors: a page shows one or two, and asks for its words too
MAX_MARKDOWN_NESTING = 20  # deeper quotes and lists are nobody's text, and cost time

_TAGS = {
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "div", "span",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope"},
    "div": {"role"},
    "span": {"lang", "dir"},
}
_CLASSES = {"div": {CALLOUT, f"{CALLOUT}--warning"}}
_BETWEEN_WORDS = re.compile(r"<(?!/?(?:strong|em|a|code)\b)")  # a tag that also parts words
_HEADING = re.compile(r"<h[2-6]\b[^>]*>(.*?)</h[2-6]>", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|li|td|th|tr|pre|blockquote|div)>|<br>|<hr>|<h1\b.*?</h1>", re.DOTALL)
# Letters that do not come apart into a letter and an accent.
_FOLDED_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ĳ": "ij"})


def fold(text: str) -> str:
    """``text`` in the form in which names are compared: lower case, no accents, no marks, single spaces.

    ``'s-Hertogenbosch`` and ``s hertogenbosch`` fold to the same.
    """
    lower = unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED_LETTERS)
    apart = unicodedata.normalize("NFKD", lower)
    letters = "".join(char if char.isalnum() else " " for char in apart if not unicodedata.combining(char))
    return " ".join(letters.split())


def slug(text: str) -> str:
    """The folded text as part of an address: ``sudwest-fryslan``. Empty when no letter or digit is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


@lru_cache(maxsize=REMEMBERED)
def render_markdown(text: str, *, heading_from: int = 2, is_editors: bool = True) -> SafeString:
    """The HTML of Markdown-lite, cleaned, its highest heading at ``heading_from``.

    Paragraphs, lists, quotes, bold, links, headings and tables, and what ``markup`` has beyond these; raw HTML stands
    as the text it is. Links that leave the site carry no referrer and no power over it. Where not all words are an
    editor's (``is_editors``), ``markup`` has no say: a stranger's warning is no warning of ours. The newest texts are
    remembered.
    """
    parser = _parser(is_editors=is_editors)
    tokens = parser.parse(text)
    _fit_into_page(tokens, heading_from)
    rendered = parser.renderer.render(tokens, parser.options, {})
    return mark_safe(
        nh3.clean(
            rendered,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            allowed_classes=_CLASSES,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer",
        )
    )


def plain_text(text: str) -> str:
    """The words of Markdown-lite without its marks, in one line; a mark inside a word does not cut it."""
    return " ".join(html.unescape(strip_tags(_BETWEEN_WORDS.sub(" <", render_markdown(text)))).split())


def headings_and_words(text: str) -> tuple[str, str]:
    """What Markdown-lite says in its headings, and in all the rest: a line for each, without marks or addresses."""
    return headings_and_words_in(render_markdown(text))


def headings_and_words_in(page: str) -> tuple[str, str]:
    """The same of HTML, below its first heading."""
    headings = [_line(found[1]) for found in _HEADING.finditer(page)]
    rest = _BLOCK_END.sub("\n", _HEADING.sub("\n", page))
    return "\n".join(filter(None, headings)), "\n".join(filter(None, map(_line, rest.split("\n"))))


def _line(part: str) -> str:
    return " ".join(html.unescape(strip_tags(part)).split())


@cache
def _parser(*, is_editors: bool) -> MarkdownIt:
    options = {"html": False, "maxNesting": MAX_MARKDOWN_NESTING}
    parser = MarkdownIt("commonmark", options).enable("table").disable("image")
    return whole(with_our_own(parser) if is_editors else parser)


def _fit_into_page(tokens: list[Token], heading_from: int) -> None:
    """Bring the headings to the levels that are free, none skipped; tell which way a table's headers point."""
    above: list[int] = []  # the levels as typed of the headings that the present one stands under, and its own
    for token in tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1])
            above = [*(level for level in above if level < typed), typed]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, heading_from + len(above) - 1)}"
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
