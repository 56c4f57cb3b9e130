"""What our Markdown has beyond the common: callouts, and words in another language. Pure.

A callout is a quotation whose first line names its kind between brackets::

    > [let op]
    > Vraag een tolk op tijd aan.

Words in another language stand after its name, so that a voice says them as they sound: ``[Engels: design for all]``.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from .languages import FROM_RIGHT_TO_LEFT, LANGUAGES, OWN

CALLOUTS = {"let op": "Let op", "tip": "Tip", "voorbeeld": "Voorbeeld", "goed om te weten": "Goed om te weten"}
CALLOUT = "mee-callout"  # the class of all, and before the kind that of each
WARNING = "let op"  # the kind that stands out
_KIND = re.compile(r"\[[ \t]*([^\[\]\n]{1,40}?)[ \t]*\][ \t]*(?:\n|$)")
_LANGUAGE = re.compile(r"\[[ \t]*([^\W\d_]{3,12}):[ \t]*")


def language_named(name: str) -> str:
    """The code of the language with that name in Dutch, other than the site's own; empty when there is none."""
    wanted = name.casefold()
    return next((code for code, words in LANGUAGES.items() if code != OWN and str(words).casefold() == wanted), "")


def with_our_own(parser: MarkdownIt) -> MarkdownIt:
    """The parser with the marks of our own."""
    parser.inline.ruler.before("link", "language", _language)
    parser.core.ruler.after("inline", "callout", _callouts)
    return parser


def whole(parser: MarkdownIt) -> MarkdownIt:
    """The parser, to be shared by threads from now on.

    The library puts a parser's rules together at the first text that it reads. Who comes upon them half-way, in another
    thread, finds none of them, and an empty text.
    """
    for ruler in (parser.core.ruler, parser.block.ruler, parser.inline.ruler, parser.inline.ruler2):
        ruler.getRules()
    return parser


def _language(state: StateInline, silent: bool) -> bool:
    """``[Engels: words]``; between them all that may stand in a line, also a link."""
    found = _LANGUAGE.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    code = language_named(found[1]) if found else ""
    if not found or not code:
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    if end < found.end() or state.src[end + 1 : end + 2] == "(" or not state.src[found.end() : end].strip():
        return False  # never closed, the words of a link, or nothing said
    if not silent:
        most, state.posMax = state.posMax, end
        state.pos = found.end()
        said = state.push("language_open", "span", 1)
        said.attrs["lang"] = code
        if code in FROM_RIGHT_TO_LEFT:
            said.attrs["dir"] = "rtl"
        state.md.inline.tokenize(state)
        state.push("language_close", "span", -1)
        state.posMax = most
    state.pos = end + 1
    return True


def _callouts(state: StateCore) -> None:
    """Quotations that begin with the name of a kind become callouts, with that name above their words."""
    made: list[Token] = []
    ends: list[bool] = []  # of each quotation around the present place, whether it is a callout
    skipped = 0
    for number, token in enumerate(state.tokens):
        if skipped:
            skipped -= 1
            continue
        if token.type == "blockquote_open":
            kind = _kind_of(state.tokens, number)
            ends.append(bool(kind))
            if kind:
                begun, skipped = _begun(state.tokens, number, kind)
                made += begun
                continue
        elif token.type == "blockquote_close" and ends.pop():
            token.type, token.tag = "callout_close", "div"
        made.append(token)
    state.tokens = made


def _kind_of(tokens: list[Token], number: int) -> str:
    """The kind that the quotation begun at ``number`` names; empty when it is an ordinary one."""
    first = tokens[number + 1 : number + 3]
    if [each.type for each in first] != ["paragraph_open", "inline"]:
        return ""
    found = _KIND.match(first[1].content)
    kind = " ".join(found[1].casefold().split()) if found else ""
    return kind if kind in CALLOUTS else ""


def _begun(tokens: list[Token], number: int, kind: str) -> tuple[list[Token], int]:
    """What a callout begins with in the place of its quotation, and how many tokens after that are in it already."""
    opened, paragraph, inline, closed = tokens[number : number + 4]
    opened.type, opened.tag = "callout_open", "div"
    opened.attrs = {"class": f"{CALLOUT} {CALLOUT}--warning" if kind == WARNING else CALLOUT, "role": "note"}
    level = inline.level
    name = Token("inline", "", 0, level=level, map=inline.map, content=CALLOUTS[kind], block=True)
    name.children = [
        Token("strong_open", "strong", 1, markup="**"),
        Token("text", "", 0, content=CALLOUTS[kind]),
        Token("strong_close", "strong", -1, markup="**"),
    ]
    head = [opened, paragraph, name, closed]
    children = inline.children or []
    broken = next((at for at, child in enumerate(children) if child.type in ("softbreak", "hardbreak")), None)
    if broken is None:
        return head, 3
    inline.children = children[broken + 1 :]
    inline.content = inline.content.partition("\n")[2]
    if inline.map:
        inline.map = [inline.map[0] + 1, inline.map[1]]
    return [*head, paragraph.copy(), inline, closed.copy()], 3
