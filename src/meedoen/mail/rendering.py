"""One Markdown-like template becomes a whole mail: subject, plain text and HTML with the same facts and links.

The first line of a template, after ``# ``, is the subject. Values are *facts*: they are shown letter by letter
and never read as Markdown or HTML, so a name cannot smuggle in a link. What people wrote as Markdown-lite comes
in as ``Written`` and is read as such, cleaned. A ``Reference`` is a fact that is looked up when the mail leaves;
until then a mark stands there. Mails that differ only in what is ``Own`` to their reader are made once.
"""

import re
from base64 import b64encode
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from html.parser import HTMLParser
from weakref import WeakSet

from django.conf import settings
from django.template import Context, Template
from django.template.base import FilterExpression, Node, VariableNode
from django.template.defaulttags import AutoEscapeControlNode
from django.template.loader import get_template, render_to_string
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode
from django.utils import translation
from django.utils.safestring import SafeString

from meedoen.kernel.text import render_markdown
from meedoen.mail import rules
from meedoen.mail.references import Reference, filled, new_mark
from meedoen.mail.secret_words import KIND as SECRET

# Filters that turn a date or number into Dutch words. Anything else is worked out by the action that sends.
FACT_FILTERS = frozenset({"dutch_date", "dutch_datetime", "dutch_month", "dutch_number"})

# No colours: each program's own light or dark mode then fits. No quotes, so that it needs no escaping.
STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1.125em/1.6 Verdana,Arial,sans-serif;max-width:36em;margin:0 auto;padding:1em}"
    "h1,h2,h3{line-height:1.3}"
    "a{overflow-wrap:anywhere}"
    "blockquote{border-left:.25em solid;margin:1em 0;padding-left:1em}"
)
STYLE_HASH = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"

REMEMBERED = 256  # mails of some 10 kB; who is told the same at the same time is told it by one of these
_OWN = re.compile(r"/[A-Za-z0-9/_-]*")
_checked: "WeakSet[Template]" = WeakSet()  # templates that passed ``check_template``; each is read once in a process
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")  # all ASCII punctuation may be escaped in Markdown


@dataclass(frozen=True)
class RenderedMail:
    """A mail as it will be read."""

    subject: str
    text: str
    html: str
    references: dict[str, dict[str, str]] = field(default_factory=dict)  # by the mark that stands for each


class Written(str):
    """Markdown-lite written by a person, to be read as Markdown; it stands as a quotation on lines of its own."""

    __slots__ = ()

    def __html__(self) -> str:
        return "\n".join(f"> {line}" for line in self.splitlines())


class Edited(Written):
    """Markdown-lite of our own editors: it stands as it is, on lines of its own, without the marks of a quotation."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class Own(str):
    """An address on this site that is of one reader, by a key of theirs: it stands in a link, and is told nowhere else."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Shared:
    """What mails have in common: equal where they would read the same but for what is of one reader."""

    said: Hashable
    context: Mapping[str, object] = field(compare=False)


class Fact(str):
    """A value that is shown letter by letter, on one line."""

    __slots__ = ()

    def __html__(self) -> str:
        return _MARKS.sub(r"\\\1", rules.one_line(self))


def render(template: str, context: Mapping[str, object]) -> RenderedMail:
    """The mail that ``template`` (such as ``mail/test_mail.md``) makes of ``context``, in the site's language.

    Raises ``Refused`` for a template without a subject or with more logic than facts, and for values that are
    not plain facts.
    """
    own = {name: value for name, value in context.items() if isinstance(value, Own) and value}
    if wrong := [name for name, value in own.items() if not _OWN.fullmatch(value)]:
        raise rules.Refused(
            f"{', '.join(wrong)}: the path of one reader begins with / and has letters, digits, /, - and _"
        )
    if not own:
        return _rendered(template, context)
    marks = {name: _own_mark(number) for number, name in enumerate(own)}
    shared = {**context, **marks}
    site = tuple(sorted(_site_facts().items()))
    said = (settings.LANGUAGE_CODE, site, _hashable(shared))
    found = _remembered(template, _Shared(said, shared))
    if any(mark in found.subject for mark in marks.values()):
        raise rules.Refused(
            f"{template}: a subject is read on locked screens; the key of one reader does not stand there"
        )
    facts = {marks[name]: str(value) for name, value in own.items()}
    return replace(found, text=filled(found.text, facts), html=filled(found.html, facts, is_html=True))


@lru_cache(maxsize=REMEMBERED)
def _remembered(template: str, shared: _Shared) -> RenderedMail:
    return _rendered(template, shared.context)


@lru_cache
def _own_mark(number: int) -> str:
    """The mark for an address of one reader, a path as that is; the same for all mails of this process."""
    return f"/{new_mark()}"


def _hashable(value: object) -> Hashable:
    """A value as what it says, with what it is: to a template 1 and yes are not the same."""
    if isinstance(value, Reference):
        raise rules.Refused("what is looked up for one reader is not remembered for another")
    if isinstance(value, Mapping):
        return tuple((name, _hashable(part)) for name, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_hashable(part) for part in value)
    return type(value), value


def _rendered(template: str, context: Mapping[str, object]) -> RenderedMail:
    references: dict[str, dict[str, str]] = {}
    with translation.override(settings.LANGUAGE_CODE):
        head, _, body = _source(template, context, references).partition("\n")
        if not head.startswith("# "):
            raise rules.Refused(f"{template} does not start with '# ' and a subject")
        if any(mark in head for mark, reference in references.items() if reference["kind"] != SECRET):
            raise rules.Refused(f"{template}: a subject is read on locked screens; it takes a code, no other reference")
        subject = rules.subject_line(text_of(render_markdown(head[2:], is_editors=False)))
        footer = _footer(settings.LANGUAGE_CODE, tuple(_site_facts().items()))
        content = render_markdown(body, heading_from=2, is_editors=False)
        html = render_to_string(
            "mail/shell.html",
            {
                "subject": subject,
                "content": content,
                "footer": footer.html,
                "style": SafeString(STYLE),
                "language": settings.LANGUAGE_CODE,
            },
        )
    text = "\n\n".join(part for part in (subject, text_of(content), footer.text) if part)
    return RenderedMail(subject=subject, text=text + "\n", html=html, references=references)


@dataclass(frozen=True, slots=True)
class _Footer:
    """What stands below every mail."""

    html: SafeString
    text: str


@lru_cache(maxsize=REMEMBERED)
def _footer(language: str, site: tuple[tuple[str, object], ...]) -> _Footer:
    """The same for all mails of a site in its language; written once in each process."""
    html = render_markdown(_source("mail/footer.md", {}, {}))
    return _Footer(html, text_of(html))


def check_template(template: Template) -> None:
    """Raise ``Refused`` when a mail template could let a value be read as Markdown."""
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, AutoEscapeControlNode | IncludeNode | ExtendsNode):
            raise rules.Refused(f"{template.name}: a mail template stands on its own and escapes all values")
        expressions: list[object] = []
        if isinstance(node, VariableNode):
            expressions = [node.filter_expression]
        elif isinstance(node, BlockTranslateNode):
            expressions = [*node.extra_context.values(), node.countervar and node.counter]
        for expression in expressions:
            if isinstance(expression, FilterExpression):
                _check_filters(template, expression)


def text_of(html: str) -> str:
    """The plain text of clean HTML, with every word and every link of it."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return reader.text()


def _source(name: str, context: Mapping[str, object], references: dict[str, dict[str, str]]) -> str:
    template: Template = get_template(name).template  # type: ignore[attr-defined]
    if template not in _checked:
        check_template(template)
        _checked.add(template)
    facts = {**{key: _fact(key, value, references) for key, value in context.items()}, **_site_facts()}
    return template.render(Context(facts)).strip()


def _site_facts() -> dict[str, object]:
    return {
        "site_name": Fact(settings.SITE_NAME),
        "site_url": Fact(settings.BASE_URL),
        "help_phone": Fact(settings.HELP_PHONE),
        "help_email": Fact(settings.HELP_EMAIL),
    }


def _fact(name: str, value: object, references: dict[str, dict[str, str]]) -> object:
    match value:
        case Written() | Fact():
            return value
        case str():
            return Fact(value)
        case None | bool() | int() | float() | Decimal() | date():  # a datetime is a date
            return value
        case Mapping():
            return {key: _fact(f"{name}.{key}", part, references) for key, part in value.items()}
        case Sequence():
            return [_fact(name, part, references) for part in value]
        case Reference():
            mark = new_mark()
            references[mark] = {**value.about, "kind": value.kind}
            return Fact(mark)
    raise rules.Refused(f"{name} is a {type(value).__name__}; a mail is made of text, numbers and dates")


def _check_filters(template: Template, expression: FilterExpression) -> None:
    for function, _arguments in expression.filters:
        name = getattr(function, "_filter_name", function.__name__)
        if name not in FACT_FILTERS:
            raise rules.Refused(f"{template.name}: filter {name!r}; give the mail the fact as it should read")


class _TextReader(HTMLParser):
    """Reads the few tags that ``render_markdown`` lets through into lines of text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[tuple[str, str]] = []  # kind ("item" or "block") and text
        self._line = ""
        self._lists: list[int | None] = []  # the next number of each open list; None for bullets
        self._marker = ""
        self._quotes = 0
        self._link: tuple[int, str] | None = None
        self._only_link = ("", "")  # a line that is nothing but a link, and how it then reads
        self._is_pre = False

    def text(self) -> str:
        self._flush()
        parts: list[str] = []
        for index, (kind, text) in enumerate(self._blocks):
            if index:
                both_items = kind == "item" and self._blocks[index - 1][0] == "item"
                parts.append("\n" if both_items else "\n\n")
            parts.append(text)
        return "".join(parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "a":
                self._link = (len(self._line), dict(attrs).get("href") or "")
            case "br":
                self._line += "\n"
            case "ul" | "ol":
                self._flush()
                self._lists.append(int(dict(attrs).get("start") or 1) if tag == "ol" else None)
            case "li":
                self._flush()
                self._marker = self._next_marker()
            case "blockquote":
                self._flush()
                self._quotes += 1
            case "pre":
                self._flush()
                self._is_pre = True
            case "td" | "th":
                self._line += "; " if self._line.strip() else ""
            case "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "tr":
                self._flush()

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "a":
                self._end_link()
            case "ul" | "ol":
                self._flush()
                self._lists.pop()
            case "li":
                self._flush()
                self._marker = ""
            case "blockquote":
                self._flush()
                self._quotes -= 1
            case "pre":
                self._flush()
                self._is_pre = False
            case "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "tr":
                self._flush()

    def handle_data(self, data: str) -> None:
        self._line += data if self._is_pre else re.sub(r"\s+", " ", data)

    def _next_marker(self) -> str:
        indent = "  " * (len(self._lists) - 1)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return f"{indent}- "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _end_link(self) -> None:
        if self._link is None:
            return
        start, href = self._link
        self._link = None
        words = self._line[start:].strip()
        if href.startswith("mailto:?"):  # it begins a mail with what stands here already
            self._line = self._line[:start]
            return
        target = href.removeprefix("mailto:").removeprefix("tel:")
        if not target or target == words:
            return
        is_first = not self._line[:start].strip()
        self._line += f" ({target})"
        if is_first:
            self._only_link = (self._line, f"{words}:\n{target}")

    def _flush(self) -> None:
        line = self._line
        if line.strip() == self._only_link[0].strip():
            line = self._only_link[1]  # an address on a line of its own is easiest to press, copy and hear
        self._line, self._only_link = "", ("", "")
        lines = [part.rstrip() if self._is_pre else part.strip() for part in line.strip("\n ").split("\n")]
        if not any(lines):
            return
        indent = " " * len(self._marker)
        kind = "item" if self._lists else "block"
        text = "\n".join((self._marker if index == 0 else indent) + part for index, part in enumerate(lines))
        self._marker = indent
        quote = "> " * self._quotes
        self._blocks.append((kind, "\n".join(quote + part for part in text.split("\n"))))
