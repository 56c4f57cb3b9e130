"""What search finds of coupling: the page that says what it is. What somebody asks or offers never stands on the site."""

from django.urls import reverse

from meedoen.search import fixed
from meedoen.search.documents import Document


def register() -> None:
    """Put it in; at start-up."""
    fixed.register("coupling", about)


def about() -> Document:
    """``/koppelen/``, as it says itself what it is."""
    return fixed.said_by("coupling/about.html", "coupling", reverse("coupling:about"))
