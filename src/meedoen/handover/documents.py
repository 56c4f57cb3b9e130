"""A page of the site as a page of the archive: links that lead to files, and without what asks a server.

Works on the tree that lxml reads; knows nothing of where pages come from.
"""

import copy
import re
from collections.abc import Callable, Iterator

import lxml.html  # type: ignore[import-untyped]
from lxml.html import HtmlElement

# The attributes that name another file, by element.
NAMING = {
    "a": ("href",), "area": ("href",), "link": ("href",), "img": ("src",), "source": ("src",), "video": ("src", "poster"),
    "audio": ("src",), "track": ("src",), "iframe": ("src",), "object": ("data",), "use": ("href",), "image": ("href",),
}  # fmt: skip
SETS = ("img", "source")  # may also name several, in srcset
ASKING = ("form", "script", "button", "dialog")  # what needs a server, or script
SKIP_LINK = "nl-skip-link"
# What is of use on the live site alone: signing in, sharing, what can be done with a contribution. Templates mark other
# such parts with ``data-only-live``.
LIVE = ("mee-header__links", "mee-share", "mee-contribution__deeds")
SHOWN = ("img", "svg", "video", "audio", "table", "object", "picture", "canvas", "iframe")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SAYING = ("p", "li", "dd", "td", "span", "strong", "em", "blockquote", "figcaption", "time")  # hold sentences
NAMES = (*HEADINGS, "th", "dt", "caption", "cite")  # say what something is, with a link or without
FRAMES = ("body", "main", "header", "footer", "html", "head")  # stay, also when nothing is left in them

_NO_ENDS = re.compile(rb"</(?:source|track|wbr|embed)>")  # libxml2 is older than HTML that has these without an end

Drawing = Callable[[str], HtmlElement | None]
Where = Callable[[str], str | None]  # how a link is written in the archive; None where it leads nowhere


def read(page: bytes) -> HtmlElement:
    """The tree of a page."""
    return lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))


def written(document: HtmlElement) -> bytes:
    """The page of a tree."""
    page = bytes(lxml.html.tostring(document, doctype="<!doctype html>", encoding="utf-8"))
    return _NO_ENDS.sub(b"", page)


def links(document: HtmlElement) -> Iterator[str]:
    """All that a page names, as it is written there."""
    for element, name in _naming(document):
        yield element.get(name, "")
    for element in document.iter(*SETS):
        for address, _size in _in_set(element.get("srcset", "")):
            yield address


def archive(document: HtmlElement, *, where: Where, drawing: Drawing, banner: str) -> None:
    """Make it a page that is whole without a server; ``banner`` is HTML that says what one reads, or nothing.

    ``drawing`` finds a drawing by the link that names it: browsers take none from another file without a server.
    """
    for link in document.xpath("//link[@rel='alternate' or @rel='canonical' or @rel='manifest']"):
        link.drop_tree()
    live = [element for name in LIVE for element in document.find_class(name)]
    for element in [*live, *document.xpath("//*[@data-only-live]")]:
        _take_out(element)
    while (element := next(document.iter(*ASKING), None)) is not None:  # one may stand within another
        _take_out(element)
    _lead(document, where, drawing)
    _lose_places(document)
    if banner and (skips := document.find_class(SKIP_LINK)):
        skips[-1].addnext(lxml.html.fragment_fromstring(banner))


def title_of(document: HtmlElement) -> str:
    """What a page is called: its first heading."""
    for heading in document.iter("h1"):
        return " ".join(heading.text_content().split())
    return ""


def put_in(document: HtmlElement, content: str, *, title: str, site: str) -> None:
    """Put other content in the frame of a page."""
    for main in document.iter("main"):
        main.text = None
        for child in list(main):
            main.remove(child)
        for part in lxml.html.fragments_fromstring(content):
            main.append(part)
    for element in document.iter("title"):
        element.text = f"{title} – {site}"
    for element in document.xpath("//*[@aria-current]"):
        del element.attrib["aria-current"]
    for element in document.xpath("//meta[@name='description']"):
        element.set("content", title)


def _lead(document: HtmlElement, where: Where, drawing: Drawing) -> None:
    """Write each link anew; what leads nowhere is no link any more."""
    for element, name in list(_naming(document)):
        if next(element.iterancestors("html"), None) is None:
            continue  # it went with what was empty without it
        said = element.get(name, "")
        if element.tag == "use" and not said.startswith("#"):
            _draw(element, drawing(said))
            continue
        leads = where(said)
        if leads is not None:
            element.set(name, leads)
        elif element.tag == "a":
            _unlink(element)
        else:
            _take_out(element)
    for element in document.iter(*SETS):
        if named := _in_set(element.get("srcset", "")):
            kept = [f"{leads} {size}".strip() for address, size in named if (leads := where(address))]
            element.set("srcset", ", ".join(kept))
            if not kept:
                del element.attrib["srcset"]


def _draw(use: HtmlElement, drawing: HtmlElement | None) -> None:
    """Put a drawing where it was named."""
    parent = use.getparent()
    if drawing is None or parent is None:
        _take_out(use)
        return
    for name, value in drawing.items():
        if name != "id":
            parent.set(name, value)
    parent.remove(use)
    parent.extend(copy.deepcopy(list(drawing)))


def _unlink(link: HtmlElement) -> None:
    """What was a link stays as words where it says what there is, or stands in a sentence; what only led on goes."""
    parent = link.getparent()
    if parent is None:
        return
    is_in_words = parent.tag in SAYING and _words(parent) != _words(link)
    if "nl-button" not in link.get("class", "") and (is_in_words or parent.tag in NAMES):
        link.drop_tag()
    else:
        _take_out(link)


def _lose_places(document: HtmlElement) -> None:
    """Links within the page to what went are no links any more."""
    places = {element.get("id") for element in document.iter() if element.get("id")}
    for link in list(document.iter("a")):
        said = link.get("href", "")
        if said.startswith("#") and said[1:] not in places and next(link.iterancestors("html"), None) is not None:
            _unlink(link)


def _take_out(element: HtmlElement) -> None:
    """Take something out, with what is empty without it: its list, its section, the heading that announced it."""
    parent = element.getparent()
    before, after = element.getprevious(), element.getnext()
    element.drop_tree()
    is_last_below = after is None or after.tag in HEADINGS
    if (
        before is not None
        and before.tag in HEADINGS
        and before.tag != "h1"
        and is_last_below
        and not (before.tail or "").strip()
    ):
        before.drop_tree()
    if parent is not None and parent.tag not in FRAMES and _is_empty(parent):
        _take_out(parent)


def _is_empty(element: HtmlElement) -> bool:
    """Whether nothing is left to read in it but headings."""
    if next(element.iter(*SHOWN), None) is not None:
        return False
    said = _words(element)
    for heading in element.iter(*HEADINGS, "summary", "legend"):
        said = said.replace(_words(heading), "", 1)
    return not said.strip()


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _naming(document: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for element in document.iter(*NAMING):
        for name in NAMING[element.tag]:
            if element.get(name):
                yield element, name


def _in_set(srcset: str) -> list[tuple[str, str]]:
    """The addresses in a srcset, each with its size."""
    pairs = (part.split(None, 1) for part in srcset.split(",") if part.strip())
    return [(pair[0], pair[1].strip() if len(pair) > 1 else "") for pair in pairs]
