"""Letting somebody who wrote in a thread know of a contribution: who is chosen, and how they hear of it (FW10).

They hear of it as of what they follow: after the undo time, within the day's share of mails, once, and until they
say that they want it no more. What they get this by is a subject of their own, which nobody else can follow.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.activity import actions as activity
from meedoen.activity import subjects
from meedoen.activity.models import Follow, Subject
from meedoen.activity.rules import Rhythm
from meedoen.people.models import PendingAct, Person

from . import reading, rules
from .models import Contribution, Mention, Thread
from .rules import happening_mark

_ID = re.compile(r"\d{1,15}", re.ASCII)
MENTIONED = subjects.Kind(
    name="mention",
    heading=gettext_lazy("Berichten aan jou"),
    alone=gettext_lazy("%(title)s"),
    inside=gettext_lazy("berichten waarin iemand jou noemt"),
    is_personal=True,
    letter="mail/conversation/mentioned.md",
    stop_heading=gettext_lazy("Niet meer genoemd worden?"),
    stop_button=gettext_lazy("Noem mij niet meer"),
    stopping=gettext_lazy("Wie iets schrijft, kan je naam er dan niet meer bij zetten."),
)


def register() -> None:
    """Make known what they hear of it by."""
    subjects.register(MENTIONED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What became of a choice: who is told, who said that they do not want it, and how many cannot be chosen now."""

    told: list[Contribution]
    unwilling: list[Contribution]
    gone: int


def ids_of(values: Iterable[object]) -> list[str]:
    """The choices that can be ids, each once; what no form of ours sends is left out."""
    values = [values] if isinstance(values, str) else values
    return list(dict.fromkeys(value for value in map(str, values) if _ID.fullmatch(value)))


def chosen(thread: Thread, values: Iterable[object], *, but: Collection[int | None] = ()) -> Chosen:
    """Who is chosen in a thread by these ids of contributions, as it stands now; nobody of ``but``. Two queries.

    Of who does not want it, a contribution under a hidden name is kept all the same: else what they said of
    their mail would show that both are theirs.
    """
    ids = ids_of(values)[: rules.MAX_MENTIONS]
    if not ids:
        return Chosen([], [], 0)
    found = list(
        reading.choosable().filter(thread=thread, pk__in=ids).select_related("person__address").order_by("number")
    )
    stopped = set(
        Follow.objects.filter(
            person__in=[each.person_id for each in found], subject__kind=MENTIONED.name, rhythm=Rhythm.NEVER
        ).values_list("person_id", flat=True)
    )
    others = [each for each in found if each.person_id not in but]
    unwilling = [each for each in others if each.person_id in stopped and not each.hides_name]
    return Chosen([each for each in others if each not in unwilling], unwilling, len(ids) - len(found))


def notes(act: PendingAct) -> list[str]:
    """Who is told once an act is done, in words, and who is not after all."""
    payload = act.payload
    if not payload.get("mentions"):
        return []
    thread = Thread.objects.get(pk=payload["thread"]).present
    found = chosen(thread, payload["mentions"], but=(act.person_id,))
    told, unwilling = (reading.names_of(each, thread.pk) for each in (found.told, found.unwilling))
    words = [_("Je laat dit weten aan: %(names)s.") % {"names": told}] if told else []
    if unwilling:
        words.append(
            ngettext(
                "%(names)s wil niet genoemd worden, en krijgt dus geen bericht.",
                "%(names)s willen niet genoemd worden, en krijgen dus geen bericht.",
                len(found.unwilling),
            )
            % {"names": unwilling}
        )
    if found.gone:
        words.append(
            ngettext(
                "Iemand die je koos, kun je nu niet meer kiezen.",
                "%(count)s mensen die je koos, kun je nu niet meer kiezen.",
                found.gone,
            )
            % {"count": found.gone}
        )
    return words


def add(contribution: Contribution, values: Iterable[object]) -> None:
    """Note for whom a new contribution is, as far as they can be chosen, and let them know once it is shown."""
    helper = contribution.bond.helper_id if contribution.bond else None
    told = chosen(contribution.thread, values, but=(contribution.person_id, helper)).told
    if not told:
        return
    Mention.objects.bulk_create([Mention(contribution=contribution, via=each, person=each.person) for each in told])
    contribution.mentioned = [each.pk for each in told]
    contribution.save(update_fields=["mentioned"])
    if rules.may_be_read(contribution):
        tell(contribution)


def tell(contribution: Contribution) -> None:
    """Let those whom it names hear of it, beside who follows the thread; its happening is recorded already."""
    if not contribution.mentioned or contribution.shown_at is None:
        return
    people = Person.objects.filter(mentions__contribution=contribution, mentions__via__in=reading.choosable())
    own = [(person, _subject_of(person)) for person in people.distinct().order_by("pk")]
    for person, subject in own:
        activity.reach(person, subject, since=contribution.shown_at)
    told = [subject for _person, subject in own]
    activity.name(happening_mark(contribution.pk), *told, sentence=_sentence(contribution))


def retitle(thread: Thread) -> None:
    """Let who is named in a thread read its title of now, where they have yet to hear of it and in their list."""
    for each in thread.contributions.exclude(mentioned=[]).select_related("person"):
        each.thread = thread
        activity.rename(happening_mark(each.pk), _sentence(each))


def forget(person: Person) -> None:
    """Let nothing be left of it that somebody was named, nor whom they named in what cannot be read any more."""
    gone = Mention.objects.filter(
        Q(person=person) | Q(contribution__person=person) & ~Q(contribution__state=rules.State.SHOWN)
    )
    touched = list(Contribution.objects.filter(mentions__in=gone).distinct())
    gone.delete()
    for contribution in touched:
        contribution.mentioned = list(contribution.mentions.order_by("pk").values_list("via_id", flat=True))
        contribution.save(update_fields=["mentioned"])
    Subject.objects.filter(kind=MENTIONED.name, key=str(person.pk)).delete()


def _subject_of(person: Person) -> Subject:
    title = _("Berichten waarin iemand jou noemt")
    return Subject.objects.of(MENTIONED.name, str(person.pk), title=title, url=reverse("activity:new"))


def _sentence(contribution: Contribution) -> str:
    title = contribution.thread.title
    if contribution.hides_name:
        return _("Iemand noemt jou in ‘%(title)s’") % {"title": title}
    return _("%(name)s noemt jou in ‘%(title)s’") % {"name": reading.name_shown(contribution), "title": title}
