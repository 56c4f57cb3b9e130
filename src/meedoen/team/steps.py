"""From one thing that waits to the next, and the word about what was decided a moment ago."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.conversation.models import Contribution, Decision, Objection
from meedoen.conversation.moderation import reading, rules, words
from meedoen.conversation.moderation.reading import Sort, Waiting
from meedoen.conversation.moderation.rules import Deed
from meedoen.kernel.identifiers import number_in
from meedoen.people.models import Person

NAMES = {Sort.CONTRIBUTION: "team:item", Sort.PAGE: "team:report", Sort.OBJECTION: "team:objection"}
LOOKED_AHEAD = 5  # things; those for a colleague are passed over


def address_of(waiting: Waiting) -> str:
    """Where it is decided."""
    return address(NAMES[waiting.sort], waiting.pk)


def as_it_stands(contribution: Contribution) -> dict[str, Any]:
    """The words and reports that somebody sees now, as a decision carries them: it is about those."""
    return {
        "read": rules.mark_of(contribution.judged),
        "seen": list(contribution.reports.filter(decision=None).values_list("pk", flat=True)),
    }


def title_of(waiting: Waiting) -> str:
    """What waits, in words."""
    if waiting.sort == Sort.OBJECTION:
        what = _("Bezwaar")
    elif waiting.sort == Sort.PAGE:
        what = _("Melding")
    elif waiting.is_reported:
        what = _("Gemeld bericht van %(name)s") % {"name": waiting.name}
    else:
        what = _("Bericht van %(name)s") % {"name": waiting.name}
    return f"{what}: {waiting.title}" if waiting.title else what


def next_after(decided: Decision | Objection, by: Person) -> str:
    """The address of the next thing that ``by`` may decide, or of the desk; it says what was done."""
    mark = f"?klaar={decided.pk}" if isinstance(decided, Decision) else f"?bezwaar={decided.pk}"
    following = [each for each in reading.queue(by, limit=LOOKED_AHEAD) if not each.is_for_a_colleague]
    return (address_of(following[0]) if following else address("team:today")) + mark


def done(request: Any) -> dict[str, Any] | None:
    """What the team member decided a moment ago, named in the address, with the way to it."""
    settled = number_in(request.GET.get("bezwaar", ""))
    if settled:
        objection = Objection.objects.filter(pk=settled, settled_by=request.person).first()
        if objection:
            return {"heading": _("Het bezwaar is beantwoord"), "url": address("team:objection", objection.pk)}
    asked = number_in(request.GET.get("klaar", ""))
    decision = (
        Decision.objects.filter(pk=asked, decided_by=request.person).select_related("person").first() if asked else None
    )
    if decision is None:
        return None
    if decision.contribution_id:
        url = address("team:item", decision.contribution_id)
    else:
        url = address("team:person", decision.person_id) if decision.person_id else ""
    return {
        "heading": words.DONE[Deed(decision.deed)],
        "name": decision.person.name if decision.person else "",
        "is_told": decision.deed not in (Deed.KEEP, Deed.ANSWER),
        "url": url,
    }


def address(name: str, *arguments: Any) -> str:
    """An address of the desk."""
    return reverse(name, args=arguments)
