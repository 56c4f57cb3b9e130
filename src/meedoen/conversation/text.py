"""What people write: Markdown-lite that comes out as clean HTML.

Paragraphs, line breaks where they were typed, lists, quotes, bold and links. No headings, pictures, tables or HTML:
these stand as the characters that they are.
"""

import re
from functools import cache, lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from meedoen.kernel.markup import whole

REMEMBERED = 512  # texts; of 10,000 characters each, the longest there are, some 15 MB
MAX_NESTING = 20  # quotes and lists within each other; deeper is nobody's text, and costs time

_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code"}
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
_WHOLE_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_OWN_PAGE = re.compile(r"/(?![/\\])|/$|#")
_RULES = ["heading", "lheading", "code", "fence", "hr", "html_block", "reference"]
# An address on its own becomes a link; one that stands in a link already, or between < >, is left as it is. Brackets
# belong to it when they open in it, as in the names of encyclopedias.
_IN_ADDRESS = r"[^\s<>()\[\]\"'`]"
_BARE_ADDRESS = re.compile(
    r"(?<![<\[\"'=/\w])(?<!\]\()https?://"
    rf"(?:{_IN_ADDRESS}|\({_IN_ADDRESS}*\))*(?:[^\s<>()\[\]\"'`.,;:!?*_]|\({_IN_ADDRESS}*\))"
)
# A year at the start of a line is no number of a list.
_YEAR = re.compile(r"^((?:\s|>)*)(\d{3,9})([.)])(?=\s)", re.MULTILINE)


@lru_cache(maxsize=REMEMBERED)
def render(text: str) -> SafeString:
    """The HTML of what somebody wrote; links lead out without power or praise. Any text gives a page.

    The newest texts are remembered by their words, in this process alone: a page of twenty costs a third less.
    """
    html = _parser().render(_prepared(text))
    return mark_safe(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=_own_or_clear,
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow ugc noopener noreferrer",
        )
    )


def own_words(text: str) -> str:
    """The words of somebody's own as people read them: no marks, quotes, code or addresses, and links by their words.

    Each item of a list stands on its own line, with a blank line between paragraphs.
    """
    parts: list[str] = []
    quotes = items = 0
    for token in _parser().parse(_prepared(text)):
        quotes += token.nesting * (token.type in ("blockquote_open", "blockquote_close"))
        items += token.nesting * (token.type in ("list_item_open", "list_item_close"))
        if token.type == "inline" and not quotes:
            parts += ["\n" if items else "\n\n", _words_in(token)]
    return "".join(parts).strip()


def _words_in(token: Token) -> str:
    words: list[str] = []
    is_address = False
    for child in token.children or ():
        if child.type in ("link_open", "link_close"):
            is_address = child.type == "link_open" and child.info == "auto"
        elif child.type in ("softbreak", "hardbreak"):
            words.append("\n")
        elif child.type == "text" and not is_address:
            words.append(child.content)
    return "".join(words)


def _prepared(text: str) -> str:
    return _BARE_ADDRESS.sub(r"<\g<0>>", _YEAR.sub(r"\1\2\\\3", text))


def _own_or_clear(tag: str, attribute: str, value: str) -> str | None:
    """Let a link lead to a whole address or to a page of ours; whatever else a browser might make of it, not."""
    if attribute != "href" or _WHOLE_ADDRESS.match(value) or _OWN_PAGE.match(value):
        return value
    return None


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "breaks": True, "maxNesting": MAX_NESTING}
    return whole(MarkdownIt("commonmark", options).disable([*_RULES, "image", "html_inline"]))
