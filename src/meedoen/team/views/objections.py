"""Looking again at what a colleague decided."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meedoen.conversation.models import Objection
from meedoen.conversation.moderation import actions, rules, words
from meedoen.conversation.moderation.rules import Concern, Deed
from meedoen.conversation.text import render as render_text
from meedoen.kernel import clock
from meedoen.people.entrance.guards import team_only
from meedoen.team.forms import SettleForm
from meedoen.team.steps import address, done, next_after


@team_only
@require_http_methods(["GET", "POST"])
def objection(request: Any, objection_id: int) -> HttpResponse:
    """An objection with the decision it is about; who decided that cannot decide here."""
    found = get_object_or_404(
        Objection.objects.select_related(
            "decision__contribution__thread", "decision__person", "decision__decided_by", "report", "settled_by"
        ),
        pk=objection_id,
    )
    decision = found.decision
    may_settle = found.settled_at is None and rules.may_settle(
        request.person, decision, person_id=decision.person_id, objector_id=found.objector_id
    )
    needs_ground = rules.REVERSALS.get(Deed(decision.deed)) in rules.RESTRICTING
    form = SettleForm(request.POST if request.method == "POST" else None, needs_ground=needs_ground)
    problem = ""
    if form.is_valid():
        try:
            settled = actions.settle(
                found,
                by=request.person,
                is_upheld=form.cleaned_data["outcome"] == "terug",
                reason=form.cleaned_data["reason"],
                ground=form.cleaned_data.get("ground", ""),
                reason_for_writer=form.cleaned_data.get("reason_for_writer", ""),
                read=request.POST.get("gelezen", ""),
                now=clock.now(),
            )
        except actions.CannotDecide as refused:
            problem = str(refused)
        else:
            return redirect(next_after(settled, request.person))
    contribution = decision.contribution
    context = {
        "objection": found,
        "decision": decision,
        "what": words.DONE[Deed(decision.deed)],
        "why": words.why(decision),
        "concern": words.CONCERNS[Concern(found.report.concern)] if found.report else "",
        "contribution": contribution,
        "html": render_text(contribution.text) if contribution else "",
        "read": rules.mark_of(contribution.judged) if contribution else "",
        "settled": words.settled(found) if found.settled_at else "",
        "may_settle": may_settle,
        "is_mine": decision.decided_by_id == request.person.pk,
        "form": form,
        "problem": problem,
        "done": done(request),
        "trail": [(_("Wat wacht er?"), address("team:today"))],
    }
    return render(request, "team/objection.html", context)
