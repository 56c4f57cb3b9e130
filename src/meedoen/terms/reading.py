"""A text as readers get it: its words linked to their explanation, and the explanations to put below it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .linking import BACK, HERE, Index, link_words
from .models import Term

_LINK = re.compile(r'(<a class="mee-word" [^>]*)>([^<>"]*)</a>')


@dataclass(frozen=True, slots=True)
class ShownWord:
    """A word with its explanation, the place where it stands on the page, and the way back into the text."""

    anchor: str
    word: str
    explanation: str
    back_url: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedText:
    """The text, and the words to put in the list below it (``terms/on_page.html``), in the order of the text."""

    html: SafeString
    words: tuple[ShownWord, ...] = ()


def explained(body: SafeString, *, version: int | None = None) -> ExplainedText:
    """``body``, made by ``render_markdown``, with its words explained; one query.

    ``version`` is the number of the area ``terms``, where the page knows it: of a number met before nothing is asked.

    A page that shows it names the area ``terms`` among its areas, and shows one such text: anchors would be double.
    """
    terms, index = _known() if version is None else _known_at(version)
    linked = link_words(body, index)
    shown = (shown_word(terms[name], back_url=f"#{BACK}{name}") for name in linked.met)
    return ExplainedText(mark_safe(_LINK.sub(_named, linked.html)), tuple(shown))


def _named(link: re.Match[str]) -> str:
    """The link with a name that no other link of the page has: a word may be that of a page as well."""
    return f'{link[1]} aria-label="{link[2]}: {_("uitleg")}">{link[2]}</a>'


@lru_cache(maxsize=2)
def _known_at(version: int) -> tuple[dict[str, Term], Index]:
    """The words as they are since the area had that number; remembered in this process."""
    return _known()


def _known() -> tuple[dict[str, Term], Index]:
    terms = {term.id: term for term in Term.objects.in_texts().order_by("id")}
    return terms, Index(tuple(term.as_word for term in terms.values()))


def shown_word(term: Term, *, back_url: str = "") -> ShownWord:
    """The word as it stands in a list."""
    return ShownWord(f"{HERE}{term.id}", term.word, term.explanation, back_url)
