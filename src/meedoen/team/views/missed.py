"""What people looked for and did not find."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meedoen.finding import reading, rules
from meedoen.finding.models import Missed
from meedoen.kernel import clock
from meedoen.kernel.dutch import month_words
from meedoen.people.entrance.guards import team_only

MONTHS = 3  # that are counted together


@team_only
@require_safe
def missed(request: HttpRequest) -> HttpResponse:
    """``/team/niet-gevonden/``: the questions of the last months, the commonest first."""
    since = rules.months_before(clock.local_date(clock.now()), MONTHS - 1)
    rows = (
        Missed.objects.filter(month__gte=since)
        .values("text")
        .annotate(times=Sum("count"))
        .filter(times__gte=rules.SHOWN_FROM)
        .order_by("-times", "text")[: rules.SHOWN_MISSED]
    )
    found = [(row["text"], row["times"], reading.address({"q": row["text"]})) for row in rows]
    context = {
        "rows": found,
        "caption": _("Sinds %(month)s, het meest gezochte eerst") % {"month": month_words(since)},
        "trail": [(_("Wat wacht er?"), reverse("team:today"))],
    }
    return render(request, "team/missed.html", context)
