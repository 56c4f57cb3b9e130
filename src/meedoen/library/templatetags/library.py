"""What templates ask of the library."""

from django import template

from meedoen.kernel.dutch import partial_date_words
from meedoen.library.models import Article
from meedoen.library.reading import KINDS
from meedoen.library.rules import Kind

register = template.Library()


@register.filter
def kind_and_when(item: Article) -> str:
    """``Praktijkvoorbeeld, oktober 2019``: what it is and, as far as known, when it happened or was made."""
    when = partial_date_words(item.happened) if item.happened else str(item.year or "")
    return ", ".join(part for part in (str(KINDS[Kind(item.kind)]), when) if part)
