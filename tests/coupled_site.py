"""Asks and offers that Elif sent to the running site, in each state; run where the site's own settings are."""

import json

import django

django.setup()

from meedoen.coupling import actions  # noqa: E402
from meedoen.coupling.actions import Answers  # noqa: E402
from meedoen.coupling.acts import GUEST_KINDS  # noqa: E402
from meedoen.coupling.contesting import actions as contesting  # noqa: E402
from meedoen.coupling.growing import actions as growing  # noqa: E402
from meedoen.coupling.growing import reading  # noqa: E402
from meedoen.coupling.models import GrowingMail  # noqa: E402
from meedoen.coupling.rules import For, Length, Side, State, Way  # noqa: E402
from meedoen.kernel import clock  # noqa: E402
from meedoen.library.models import Article  # noqa: E402
from meedoen.library.reuse import actions as reuse  # noqa: E402
from meedoen.library.rules import Kind  # noqa: E402
from meedoen.municipalities.facts.rules import For as Whom  # noqa: E402
from meedoen.municipalities.models import Fact, Municipality  # noqa: E402
from meedoen.people.actions import keep  # noqa: E402
from meedoen.people.models import Address, Person  # noqa: E402
from meedoen.people.standing import actions as standing  # noqa: E402

now = clock.now()
carla = Person.objects.get(address__email="carla@voorbeeld.example")
address = Address.objects.of("elif-koppelt@voorbeeld.example")
address.verified_at = now
address.save()
elif_ = Person.objects.known_as("Elif", address=address, now=now)


def ask(text: str, side: Side = Side.ASK):
    """One that stands."""
    answers = Answers(
        text, For.RESIDENT, (Way.CALL, Way.ONLINE), Length.LONGER, ("openbare-ruimte",),
        at_most=2 if side == Side.OFFER else None,
    )  # fmt: skip
    return actions.ask(side, answers, person=elif_, now=now)


TOLD = {
    "text": "Hoe kiezen andere gemeenten hun stembureaus?",
    "themes": ["openbare-ruimte"],
    "kind": "resident",
    "municipality": None,
    "ways": ["visit"],
    "length": "once",
    "not_before": "",
}
draft = keep(
    GUEST_KINDS[Side.ASK], payload=TOLD, name="Elif", email="elif-koppelt@voorbeeld.example", network="hier", now=now
)
mailed = actions.draft_from_mail("Wij testen elk gebouw.\n\nWie wil dat ook?", "gijs@voorbeeld.example", now)
assert mailed
own = ask("Wij testen elk nieuw gebouw.\n\nWe vertellen graag hoe.", Side.OFFER)
waits, stopped, handled = map(
    ask, ("Hoe begint een werkgroep?", "Hoe maak je een rustige kamer?", "Wie betaalt een tolk?")
)
actions.withdraw(stopped, now=now)
actions.end(handled, State.HANDLED, reason="Je sprak met iemand uit Voorbeeldstad.\nVeel succes!", by=carla, now=now)
contested, corrected = Fact.objects.used(now).filter(municipality__slug="noordenveld").order_by("pk")[:2]
contesting.withdraw(contested, why="Dat was vroeger.", by=carla, for_whom=Whom.TEAM, now=now)
contesting.correct(
    corrected, "Noordenveld maakte met inwoners een plan.", seen=corrected.words, by=carla, for_whom=Whom.TEAM, now=now
)
dirk, utrecht = Person.objects.get(name="Dirk"), Municipality.objects.get(slug="utrecht")
standing.make_contact(dirk, utrecht, by=carla, now=now)
used = [
    reuse.say(article, utrecht, taken_from=None, changed_words="", person=carla, now=now)
    for article in Article.objects.published(now).shelved(Kind.GUIDE).filter(is_example=False).order_by("pk")[:2]
]
first, second = (
    reading.proposal_of(Fact.objects.filter(source=f"reuse-{each.pk}").order_by("pk")[0].pk, {utrecht.pk}, now)
    for each in used
)
assert first
assert second
growing.say_no(second, by=dirk, now=now)
growing.set_mail(utrecht, is_off=False)
print(  # noqa: T201
    json.dumps(
        {
            "coupling_draft": f"/bevestigen/{draft.key}/",
            "coupling_mailed": f"/bevestigen/{mailed.key}/",
            "coupling_own": own.get_absolute_url(),
            "coupling_stopped": stopped.get_absolute_url(),
            "coupling_handled": handled.get_absolute_url(),
            "coupling_waits": f"/team/koppelen/{waits.pk}/",
            "coupling_grown": "/mijn/gemeente/aanbod/",
            "coupling_grown_yes": f"/koppelen/aanbieden/?nieuw&van={first.number}",
            "coupling_grown_stop": f"/koppelen/voorstellen/{GrowingMail.objects.get(municipality=utrecht).key}/stop/",
            "coupling_fact": f"/gemeenten/noordenveld/feiten/{corrected.pk}/",
            "coupling_done": f"/team/koppelen/{handled.pk}/",
        }
    )
)
