"""What a text was: its versions, two of them compared, and going back to one."""

import itertools
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from meedoen.kernel import clock
from meedoen.library.desk import actions
from meedoen.library.desk.comparing import changes
from meedoen.library.desk.content import whole
from meedoen.library.desk.forms import CompareForm
from meedoen.library.desk.reading import LABELS, in_words, municipality_names, name_of
from meedoen.library.models import Version

from .coming_in import editors_only, trail_of, work_of


@editors_only
@require_GET
def versions(request: Any, work_id: int) -> HttpResponse:
    """All of them, the newest first: who, when, and what changed."""
    work = work_of(request, work_id)
    rows = list(work.versions.defer("content").select_related("by"))
    before = {each.number: older.number for each, older in itertools.pairwise(rows)}
    context = {
        "work": work,
        "rows": [
            {
                "number": each.number,
                "at": each.at,
                "by": name_of(each.by) if each.by_id else "",
                "sentence": each.sentence,
                "is_public": each.is_public,
                "is_now": each.number == work.published_number and work.is_published,
                "before": before.get(each.number),
                "query": f"?van={before.get(each.number)}&naar={each.number}",
            }
            for each in rows
        ],
        "numbers": [each.number for each in rows],
        "newest": rows[0].number if rows else 0,
        "oldest": rows[-1].number if rows else 0,
        "trail": trail_of(work),
    }
    return render(request, "library/desk/versions.html", context)


@editors_only
@require_GET
def compare(request: Any, work_id: int) -> HttpResponse:
    """Two versions: for each field that differs, which words went and which came."""
    work = work_of(request, work_id)
    form = CompareForm(request.GET)
    if not form.is_valid():
        return redirect("library:versions", work.pk)
    first, second = sorted((form.cleaned_data["van"], form.cleaned_data["naar"]))
    old = get_object_or_404(Version.objects.select_related("by"), work=work, number=first)
    new = get_object_or_404(Version.objects.select_related("by"), work=work, number=second)
    before, after = whole(old.content), whole(new.content)
    names = municipality_names(before, after)
    old_words, new_words = in_words(before, names), in_words(after, names)
    found = changes(before, after, {name: (old_words[name], new_words[name]) for name in LABELS})
    context = {
        "work": work,
        "old": old,
        "new": new,
        "old_by": name_of(old.by) if old.by_id else "",
        "new_by": name_of(new.by) if new.by_id else "",
        "changes": [(str(LABELS[each.field]), each) for each in found],
        "trail": [*trail_of(work), (_("Versies"), f"{work.get_absolute_url()}versies/")],
    }
    return render(request, "library/desk/compare.html", context)


@editors_only
@require_POST
def restore(request: Any, work_id: int, number: int) -> HttpResponse:
    """Go on from an earlier version; readers see nothing of it until it is published."""
    work = work_of(request, work_id)
    version = get_object_or_404(Version, work=work, number=number)
    actions.restore(work, version, by=request.person, now=clock.now())
    return redirect(f"{work.get_absolute_url()}?klaar=hersteld")
