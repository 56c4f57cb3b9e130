"""What the forum's pages show of topics; a fixed number of queries."""

from django.db.models import Q

from . import rules
from .models import Topic

CANDIDATES = 200  # newest topics that share a word; the best of them are shown


def similar(title: str, *, but: int | None = None) -> list[Topic]:
    """Readable topics whose title shares telling words with ``title``, the most alike first."""
    words = rules.telling_words(title)
    if not words:
        return []
    shares = Q()
    for word in words:
        shares |= Q(title__icontains=word)
    found = Topic.objects.readable().filter(shares).exclude(pk=but or 0).newest_first()[:CANDIDATES]
    return sorted(found, key=lambda topic: -rules.likeness(title, topic.title))[: rules.SIMILAR_SHOWN]
