"""The HTML of a mail as lines. What programs say in it about quotes, signatures and pictures stays known."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

from .charsets import cleaned
from .lines import Line, Mark

MAX_DEPTH = 400  # open elements; what is deeper is read as if it stood here
NEAR = 60  # open elements that an end tag is sought among; what closes one further away closes nothing

CHARS_AT_A_TIME = 20_000  # after each of these it is looked at whether there are lines enough
MAX_BROKEN_TAGS = 200  # that never end; after so many all is text

_TAG_BEGINS = re.compile(r"</?[a-zA-Z]")
_TAG = re.compile(
    r"""<(?:[^<>"']|"[^"<>]{0,4000}"|'[^'<>]{0,4000}')*>|<[^<>]*>|<[^<>"']*(?:"[^"]{0,4000}"[^<>"']*|'[^']{0,4000}'[^<>"']*)*>"""
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p",
     "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"})
_UNREAD = frozenset({"head", "style", "script", "title", "template", "noscript", "svg", "math"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)  # fmt: skip
_SIGNATURE = re.compile(
    r"gmail_signature|moz-signature|protonmail_signature_block|composer_signature|"
    r"(?:^|[\s_-])(?:x_)?(?:ms-outlook-mobile-)?signature(?:$|[\s_-])|^applemailsignature$|bloop_sign|ydp\w*signature",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r"gmail_attr|moz-cite-prefix|moz-email-headers-table", re.IGNORECASE)
_HEADER = re.compile(
    r"^(?:x_)*(?:divrplyfwdmsg|appendonsend|mail-editor-reference-message-container|olk_src_body_section)$",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|ydp\w*yahoo_quoted", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*[;\"]", re.IGNORECASE
)
_WORDS = re.compile(r"(?:^|\s)x?_?Mso(?:Normal|PlainText|NoSpacing|ListParagraph)", re.IGNORECASE)
_NO_MARGIN = re.compile(r"margin\s*:\s*0(?:cm|in|px|pt)?\s*(?:;|$|0)", re.IGNORECASE)
_BARRED = re.compile(r"border-left\s*:[^;]{0,40}\bsolid\b", re.IGNORECASE)
_INDENTED = re.compile(r"border\s*:\s*(?:none|medium none|0)", re.IGNORECASE)


def from_html(html: str, *, most: int) -> tuple[list[Line], str]:
    """The lines of ``html`` as a reader sees them, about ``most`` of them, and the HTML of what comes after these."""
    reader = _Reader()
    whole = _with_whole_tags(html)
    at = 0
    while at < len(whole) and len(reader.lines) < most:
        reader.feed(whole[at : at + CHARS_AT_A_TIME])
        at += CHARS_AT_A_TIME
    if at >= len(whole):
        reader.close()
    return reader.done(), whole[at:]


def _with_whole_tags(html: str) -> str:
    """``html`` without comments and declarations; what looks like a tag and never ends stands as text.

    Python's parser looks to the end of the text for each tag or comment that does not end.
    """
    pieces: list[str] = []
    broken = at = 0
    while (begin := html.find("<", at)) >= 0:
        pieces.append(html[at:begin])
        end = _end_of_tag(html, begin) if broken < MAX_BROKEN_TAGS else -1
        if end < 0:
            broken += html[begin : begin + 2] not in ("< ", "<<")
            pieces.append("&lt;")
            at = begin + 1
        else:
            if html[begin + 1] not in "!?":
                pieces.append(html[begin:end])
            at = end
    pieces.append(html[at:])
    return "".join(pieces)


def _end_of_tag(html: str, begin: int) -> int:
    """Where the tag, comment or declaration ends that begins here; -1 for none."""
    if html.startswith("<!--", begin):
        end = html.find("-->", begin + 2)
        return end + len("-->") if end >= 0 else -1
    if html.startswith(("<!", "<?"), begin):
        return html.find(">", begin) + 1 or -1
    if not _TAG_BEGINS.match(html, begin):
        return -1
    found = _TAG.match(html, begin)
    return found.end() if found else -1


class _Open(NamedTuple):
    """An open element, and what it says of all inside it."""

    tag: str
    depth: int
    mark: Mark
    is_unread: bool
    is_tight: bool  # a paragraph without space around it


class _Reader(HTMLParser):
    """Walks through the HTML once, and keeps what each open element says of all inside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.open: list[_Open] = []
        self.words: list[str] = []
        self.pictures: list[str] = []
        self.lists: list[int] = []  # of open lists: 0 for bullets, else the next number
        self.is_below = False  # a header was seen: all that follows was answered
        self.wants_space = False
        self.holds_space = False  # an empty line that somebody wants: &nbsp;
        self._link = ""  # where the link leads whose words are being read
        self._link_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._end_line(is_wanted=True)
            return
        if tag in _BLOCKS:
            self._end_line()
            self.wants_space = self.wants_space or (tag in _SPACED and not _is_tight(tag, said))
        if tag == "hr" or tag in _VOID:
            if tag == "img":
                self._picture(said)
            return
        if tag in ("ul", "ol") and len(self.lists) < MAX_DEPTH:
            self.lists.append(1 if tag == "ol" else 0)
        depth, mark, is_unread = self._state()
        own = _said(tag, said)
        if own is Mark.HEADER:
            self.is_below = True
        mark = own if own is not Mark.NONE else mark
        if _is_quote(tag, said):
            depth += 1
        is_unread = is_unread or tag in _UNREAD
        if len(self.open) < MAX_DEPTH:
            self.open.append(_Open(tag, depth, mark, is_unread, _is_tight(tag, said)))
        if tag == "li":
            self.words.append(self._bullet())
        elif tag == "a":
            self._link = said.get("href", "")
            self._link_from = len(self.words)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag == "a" and self._link:
            self._end_link()
        if tag in _BLOCKS:
            self._end_line()
            self.wants_space = self.wants_space or (tag in _SPACED and not self._closes_tight(tag))
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        for place in range(len(self.open) - 1, max(-1, len(self.open) - NEAR), -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                break

    def handle_data(self, data: str) -> None:
        if self._state()[2]:
            return
        if any(element.tag == "pre" for element in self.open[-NEAR:]):
            first, *others = cleaned(data).split("\n")
            self.words.append(first)
            for other in others:
                self._end_line(is_wanted=True)
                self.words.append(other)
        else:
            self.holds_space = self.holds_space or "\xa0" in data
            self.words.append(cleaned(data).replace("\n", " ").replace("\xa0", " "))

    def done(self) -> list[Line]:
        self._end_line()
        return self.lines

    def _state(self) -> tuple[int, Mark, bool]:
        if self.open:
            last = self.open[-1]
            return last.depth, last.mark, last.is_unread
        return 0, Mark.NONE, False

    def _end_line(self, *, is_wanted: bool = False) -> None:
        """End the line that is being read; an empty one is kept where it is wanted (``<br>``)."""
        text = " ".join("".join(self.words).split())
        depth, mark, _ = self._state()
        if self.is_below and mark is not Mark.HIDDEN:
            mark = Mark.HEADER
        if text or self.pictures:
            if self.wants_space and self.lines:
                self.lines.append(Line("", "", min(depth, self.lines[-1].depth)))
            self.lines.append(Line(text, "> " * depth + text, depth, mark, tuple(self.pictures)))
            self.wants_space = False
        elif is_wanted or self.holds_space:
            self.lines.append(Line("", "", depth, mark))
        self.words.clear()
        self.pictures.clear()
        self.holds_space = False

    def _closes_tight(self, tag: str) -> bool:
        return next((element.is_tight for element in reversed(self.open[-NEAR:]) if element.tag == tag), False)

    def _bullet(self) -> str:
        if not self.lists or not self.lists[-1]:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1] - 1}. "

    def _picture(self, said: dict[str, str]) -> None:
        source = said.get("src", "")
        if source.lower().startswith("cid:"):
            self.pictures.append(source[4:].strip())
        elif not said.get("width") == said.get("height") == "1" and len(alt := said.get("alt", "").strip()) <= 2:
            self.words.append(alt)  # an emoji that a webmail draws

    def _end_link(self) -> None:
        """Where a link leads, after its words, unless the words say so."""
        words = "".join(self.words[self._link_from :]).strip()
        if self._link.lower().startswith(("http:", "https:")) and words and not _same(words, self._link):
            self.words.append(f" <{self._link}>")
        self._link = ""


def _is_tight(tag: str, said: dict[str, str]) -> bool:
    """Whether a paragraph has no space around it: those of Word, where an empty line is a paragraph of its own."""
    return tag == "p" and bool(_WORDS.search(said.get("class", "")) or _NO_MARGIN.search(said.get("style", "")))


def _same(words: str, link: str) -> bool:
    return re.sub(r"^https?://|/$", "", words) == re.sub(r"^https?://|/$", "", link)


def _said(tag: str, said: dict[str, str]) -> Mark:
    names = f"{said.get('class', '')} {said.get('id', '')}"
    if _HIDDEN.search(said.get("style", "") + ";"):
        return Mark.HIDDEN
    if _SIGNATURE.search(names) or "data-smartmail" in said:
        return Mark.SIGNATURE
    if _ATTRIBUTION.search(names):
        return Mark.ATTRIBUTION
    if any(_HEADER.match(name) for name in names.split()):
        return Mark.HEADER
    return Mark.NONE


def _is_quote(tag: str, said: dict[str, str]) -> bool:
    names = f"{said.get('class', '')} {said.get('id', '')}"
    if tag == "blockquote":
        return bool("gmail_quote" in names or said.get("type") == "cite" or not _INDENTED.search(said.get("style", "")))
    return bool(_QUOTE.search(names)) or (tag == "div" and bool(_BARRED.search(said.get("style", ""))))
