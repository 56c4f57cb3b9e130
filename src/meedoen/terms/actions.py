"""The deed of the start: bring in the words that ship with the package, and leave alone what the team made of them."""

import datetime

from django.db import transaction

from meedoen.pages.actions import changed

from .models import AREA, Term
from .records import TermRecord, mark_of, read_terms


@transaction.atomic
def load_terms(*, now: datetime.datetime) -> bool:
    """Add what is new in the file, mend what nobody touched; whether there was anything to do.

    What the team rewrote or took off stays as it is, and so does what the file no longer has.
    """
    present = {term.id: term for term in Term.objects.all()}
    words = {term.word: term.id for term in present.values()}
    new, mended = [], []
    for record in read_terms():
        term = present.get(record.id)
        if term is None:
            if record.word not in words:
                new.append(_filled(Term(id=record.id), record))
        elif term.loaded_mark != record.mark and _is_untouched(term) and words.get(record.word, term.id) == term.id:
            mended.append(_filled(term, record))
    if not new and not mended:
        return False
    Term.objects.bulk_create(new)
    Term.objects.bulk_update(mended, ["word", "forms", "explanation", "is_in_texts", "loaded_mark"])
    changed(AREA, now=now)
    return True


def _is_untouched(term: Term) -> bool:
    now_says = mark_of(term.word, term.forms, term.explanation, is_in_texts=term.is_in_texts)
    return term.is_shown and term.loaded_mark == now_says


def _filled(term: Term, record: TermRecord) -> Term:
    for name in ("word", "forms", "explanation", "is_in_texts"):
        setattr(term, name, getattr(record, name))
    term.loaded_mark = record.mark
    return term
