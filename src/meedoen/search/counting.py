"""How common terms are, counted now and then, so that we know how little the common ones tell."""

import datetime

from django.db import connection, transaction

from . import rules
from .engines import engine
from .models import Counted, Entry, Term

PART = 2_000  # terms in one transaction


def count_when_needed(*, now: datetime.datetime) -> bool:
    """Count the terms anew when a day went by, or when many documents came or went; whether it did."""
    last = Counted.objects.order_by("-at").first()
    documents = Entry.objects.count()
    if last is not None:
        is_many = abs(documents - last.documents) > rules.COUNT_AGAIN_AT * max(last.documents, 1)
        if not is_many and now - last.at < rules.COUNT_AGAIN_AFTER:
            return False
    count(now=now)
    return True


def count(*, now: datetime.datetime) -> None:
    """Count in how many documents each term stands. Reads it all first, then writes what differs, some at a time."""
    counts = {term: documents for term, documents in engine().counts() if documents > 1}
    known = dict(Term.objects.values_list("term", "count"))
    table = connection.ops.quote_name(Term._meta.db_table)
    differing = sorted(term for term, documents in counts.items() if known.get(term) != documents)
    for start in range(0, len(differing), PART):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (term, count) VALUES (%s, %s)"  # noqa: S608
                " ON CONFLICT (term) DO UPDATE SET count = excluded.count",
                [(term, counts[term]) for term in differing[start : start + PART]],
            )
    gone = sorted(term for term in known if term not in counts)
    for start in range(0, len(gone), 300):
        Term.objects.filter(term__in=gone[start : start + 300]).delete()
    with transaction.atomic():
        Counted.objects.all().delete()
        Counted.objects.create(at=now, documents=Entry.objects.count())
