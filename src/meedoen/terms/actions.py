"""The deeds: bring in the words that ship with the package, and what the team makes of them after that."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meedoen.kernel.text import fold, slug
from meedoen.pages.actions import changed

from .models import AREA, Term, TermQuerySet
from .records import TermRecord, mark_of, read_terms

IN_ADDRESSES = "nieuw"  # stands there in an address of the team, so no word has it for its own


class Refused(Exception):
    """The word cannot be kept like this; ``field`` is where it goes wrong, the text is fit to show."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


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


@transaction.atomic
def write(
    term: Term | None,
    *,
    word: str,
    spellings: Sequence[str],
    explanation: str,
    is_in_texts: bool,
    seen: str = "",
    now: datetime.datetime,
) -> Term:
    """Keep a word with its explanation: a new one, or ``term`` as it says now.

    ``seen`` is the mark of what the writer had before them. Raises ``Refused`` when a colleague changed it meanwhile, or
    when the word or one of its other ``spellings`` is explained already: a word in a text leads to one explanation.
    Writing the same twice is writing it once: a button is pressed twice by who is not sure of the first.
    """
    forms = "|".join(spellings)
    mark = mark_of(word, forms, explanation, is_in_texts=is_in_texts)
    if term is None and (written := Term.objects.shown().filter(word=word).first()) and written.mark == mark:
        return written
    if term is not None:
        term = Term.objects.select_for_update().get(pk=term.pk)
        if term.mark == mark:
            return term
        if term.mark != seen:
            raise Refused(
                "",
                _("Een collega veranderde dit woord net. Er staat nu: %(explanation)s Wil je dat toch veranderen? Bewaar dan nog een keer.")
                % {"explanation": term.explanation},
            )  # fmt: skip
    others = Term.objects.exclude(pk=term.pk) if term else Term.objects.all()
    _refuse_double(word, spellings, others)
    kept = term or Term(id=_free_id(word))
    kept.word, kept.forms, kept.explanation, kept.is_in_texts = word, forms, explanation, is_in_texts
    try:
        with transaction.atomic():
            kept.save(force_insert=term is None)
    except IntegrityError as error:  # a colleague was first, by less than a second
        raise Refused("word", _("‘%(word)s’ leggen we net al uit. Kijk in de lijst.") % {"word": word}) from error
    changed(AREA, now=now)
    return kept


@transaction.atomic
def show(term: Term, *, is_shown: bool, now: datetime.datetime) -> None:
    """Take a word off the list, or put it back; it keeps its explanation. Raises ``Refused`` when it stands there again."""
    if is_shown:
        refuse_double(term)
    if Term.objects.filter(pk=term.pk).exclude(is_shown=is_shown).update(is_shown=is_shown):
        changed(AREA, now=now)


def refuse_double(term: Term) -> None:
    """Raise ``Refused`` when the word, or a form of it, is explained elsewhere."""
    _refuse_double(term.word, term.as_word.forms[1:], Term.objects.exclude(pk=term.pk))


def _refuse_double(word: str, spellings: Sequence[str], others: TermQuerySet) -> None:
    """Raise when a spelling is one of another word; those off the list keep only their own name, which is unique."""
    taken = {
        fold(form): other for other in others for form in (other.as_word.forms if other.is_shown else [other.word])
    }
    for form in (word, *spellings):
        other = taken.get(fold(form))
        if other is not None and other.is_shown:
            raise Refused(
                "word" if form == word else "spellings",
                _("‘%(form)s’ leggen we al uit, bij ‘%(word)s’.") % {"form": form, "word": other.word},
            )
        if other is not None and form == word:
            raise Refused(
                "word",
                _("‘%(word)s’ stond eerder op de lijst en is weggehaald. Zet het terug, onderaan de lijst.")
                % {"word": other.word},
            )


def _free_id(word: str) -> str:
    """An address for a new word: its own letters, with a number where those are taken."""
    start = slug(word)[:70] or "woord"
    taken = {IN_ADDRESSES, *Term.objects.filter(id__startswith=start).values_list("id", flat=True)}
    return next(
        name for name in (start, *(f"{start}-{number}" for number in range(2, len(taken) + 2))) if name not in taken
    )


def _is_untouched(term: Term) -> bool:
    return term.is_shown and term.loaded_mark == term.mark


def _filled(term: Term, record: TermRecord) -> Term:
    for name in ("word", "forms", "explanation", "is_in_texts"):
        setattr(term, name, getattr(record, name))
    term.loaded_mark = record.mark
    return term
