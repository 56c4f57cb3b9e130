"""The page with all words that are explained."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from meedoen.kernel.text import fold
from meedoen.pages.visitor import visitor_page

from .models import AREA, Term
from .reading import shown_word


@visitor_page(AREA)
def words(request: Any) -> HttpResponse:
    """All words from A to Z, each with an anchor of its own."""
    terms = Term.objects.shown().a_to_z()
    by_letter = groupby(terms, key=lambda term: (fold(term.word)[:1] or term.word[:1]).upper())
    letters = [(letter, [shown_word(term) for term in group]) for letter, group in by_letter]
    return render(request, "terms/words.html", {"letters": letters})
