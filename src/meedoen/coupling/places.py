"""Which municipality somebody means."""

import re
from collections.abc import Sequence

from django.db.models import Q

from meedoen.kernel.text import fold, slug
from meedoen.municipalities.models import Municipality


def called(value: str) -> int | None:
    """The number of the one municipality of today that is called so."""
    name = re.sub(r"^gemeente ", "", fold(value))
    called_so = Q(names__folded=name) | Q(slug=slug(name))
    found = Municipality.objects.current().filter(called_so).distinct().values_list("pk", flat=True)[:2]
    return found[0] if len(found) == 1 else None


def first_called(names: Sequence[str]) -> int | None:
    """That of the first of these names, as ``fold`` leaves them, which one municipality of today has. One query."""
    there: dict[str, set[int]] = {}
    by_slug = {slug(name): name for name in names}
    called_so = Q(names__folded__in=names) | Q(slug__in=by_slug)
    rows = Municipality.objects.current().filter(called_so).values_list("names__folded", "slug", "pk")
    for folded, address, number in rows:
        there.setdefault(by_slug.get(address, folded), set()).add(number)
        there.setdefault(folded, set()).add(number)
    return next((min(there[name]) for name in names if len(there.get(name, ())) == 1), None)
