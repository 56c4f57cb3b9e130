"""Pages of the site itself that can be found: they say the same until another version of the site comes.

Features put theirs in at start-up. All are one kind of thing to who searches.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.template import Context, Engine
from django.template.loader_tags import BlockNode
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.text import headings_and_words_in

from .documents import Document
from .sources import Source
from .sources import register as register_source

KIND = "page"

_pages: dict[str, Callable[[], Document]] = {}


def register(key: str, page: Callable[[], Document]) -> None:
    """Put in a page; at start-up. Two of one key are a mistake of ours."""
    if _pages.get(key, page) is not page:
        raise ValueError(f"two pages for search are called {key}")
    _pages[key] = page
    register_source(SOURCE)


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those pages; no query."""
    return [_pages[key]() for key in dict.fromkeys(keys) if key in _pages]


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those that there are; no query."""
    return [key for key in dict.fromkeys(keys) if key in _pages]


def keys() -> Iterator[str]:
    """All of them."""
    return iter(sorted(_pages))


SOURCE = Source(
    KIND,
    _("Over deze site"),
    _("Over deze site"),
    documents=documents,
    public=public,
    keys=keys,
    areas=(),
    prior=0.9,
)


def said_by(template: str, key: str, url: str) -> Document:
    """A page as its template tells it, of one that needs nothing to be shown: title, description and main part."""
    parts = _parts(template, "title", "description", "main")
    headings, body = headings_and_words_in(parts["main"])
    return Document(key, url, parts["title"], parts["description"], headings, body)


def begun_by(template: str, key: str, url: str, *, title: str = "", summary: str = "") -> Document:
    """A page that begins a list or a form, which is found by what it is and not by what it holds.

    ``title`` and ``summary`` are those of the template where they are not given.
    """
    parts = _parts(template, "title", "description")
    return Document(key, url, title or parts["title"], summary or parts["description"])


def _parts(template: str, *names: str) -> dict[str, str]:
    """What blocks of a template say, of one that needs nothing for it; without a block, nothing."""
    found = Engine.get_default().get_template(template)
    blocks: dict[str, Any] = {vars(each)["name"]: each for each in found.nodelist.get_nodes_by_type(BlockNode)}
    context = Context()
    with context.bind_template(found):
        return {name: str(blocks[name].nodelist.render(context)).strip() if name in blocks else "" for name in names}
