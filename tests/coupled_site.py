"""Asks and offers that Elif sent to the running site, in each state; run where the site's own settings are."""

import json
from datetime import timedelta

import django

django.setup()

from meedoen.conversation.beside_code import SHOWN_TO  # noqa: E402
from meedoen.coupling import actions, changing  # noqa: E402
from meedoen.coupling.actions import Answers  # noqa: E402
from meedoen.coupling.acts import GUEST_KINDS  # noqa: E402
from meedoen.coupling.contesting import actions as contesting  # noqa: E402
from meedoen.coupling.growing import actions as growing  # noqa: E402
from meedoen.coupling.growing import reading  # noqa: E402
from meedoen.coupling.introducing import actions as introducing  # noqa: E402
from meedoen.coupling.introducing.actions import Told  # noqa: E402
from meedoen.coupling.introducing.reading import code_of  # noqa: E402
from meedoen.coupling.introducing.rules import Answer, Later, Reason, Talked, Worth  # noqa: E402
from meedoen.coupling.models import GrowingMail  # noqa: E402
from meedoen.coupling.rounds import actions as rounds  # noqa: E402
from meedoen.coupling.rounds.models import Round  # noqa: E402
from meedoen.coupling.rules import For, Length, Side, State, Way  # noqa: E402
from meedoen.coupling.scoring.rules import AS_USUAL, Part, Weight  # noqa: E402
from meedoen.kernel import clock  # noqa: E402
from meedoen.library.models import Article  # noqa: E402
from meedoen.library.reuse import actions as reuse  # noqa: E402
from meedoen.library.rules import Kind  # noqa: E402
from meedoen.municipalities.facts.rules import For as Whom  # noqa: E402
from meedoen.municipalities.models import Fact, Municipality  # noqa: E402
from meedoen.people.actions import ask_code, keep  # noqa: E402
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
by_mail = {"request": own.pk, "seen": own.mark, "mail": "", changing.SAYS_MORE: True, SHOWN_TO: address.email}
otherwise = keep(
    changing.CHANGE,
    payload={**by_mail, changing.CHANGES: {"text": "Wij testen elk gebouw, oud en nieuw.", "ways": ["call"]}},
    name="Elif", email=address.email, network="hier", person=elif_, now=now,
)  # fmt: skip
ask_code(otherwise, now=now, is_by_mail=True)
waits, stopped, handled = map(
    ask, ("Hoe begint een werkgroep?", "Hoe maak je een rustige kamer?", "Wie betaalt een tolk?")
)
actions.withdraw(stopped, now=now)
actions.end(handled, State.HANDLED, reason="Je sprak met iemand uit Voorbeeldstad.\nVeel succes!", by=carla, now=now)


def town_of(code: str) -> Municipality:
    return Municipality.objects.get(code=code)


def somebody(name: str) -> Person:
    """Somebody whose address is proven."""
    address = Address.objects.of(f"{name.lower()}-koppelt@voorbeeld.example")
    address.verified_at = now
    address.save()
    return Person.objects.known_as(name, address=address, now=now)


def introduced(first: str, second: str, *, at=now):
    """Two who were introduced, and the party of the first; ``second`` is of Utrecht."""
    parties = []
    for name, side, kind, town in (
        (first, Side.ASK, For.RESIDENT, None),
        (second, Side.OFFER, For.MUNICIPALITY, town_of("GM0344")),
    ):
        text = (
            "Hoe maken we elk stembureau goed voor iedereen?"
            if town is None
            else "Wij testen elk gebouw.\n\nKom kijken!"
        )
        answers = Answers(text, kind, (Way.CALL,), Length.ONCE, ("openbare-ruimte",), town)
        parties.append(actions.ask(side, answers, person=somebody(name), now=at))
    reasons = [
        Reason("Utrecht heeft een aanpak voor gebouwen.", "/gemeenten/utrecht/"),
        Reason("Jullie willen bellen."),
    ]
    made = introducing.introduce(
        parties, reasons=reasons, words="Utrecht test elk gebouw.\nDat zoek jij.", by=carla, now=at
    )
    return made.parties.whole().get(person__name=first)


def all_say_yes(party, *, at=now) -> None:
    for each in party.coupling.parties.whole():
        introducing.say_yes(each, person=each.person, turn=each.turn, now=at)


asked = introduced("Ans", "Bram")
later = introduced("Cas", "Daan")
introducing.not_now(later, Answer.LATER, later=Later.MONTH, now=now)
weeks_ago = now - timedelta(days=15)
met, told = (introduced(*names, at=weeks_ago) for names in (("Eva", "Finn"), ("Ilse", "Jan")))
for each in (met, told):
    all_say_yes(each, at=weeks_ago)
introducing.ask_what_became(now=now - timedelta(days=1))
for each in told.coupling.parties.all():
    follow_up = each.follow_ups.get()
    introducing.answer(follow_up, Talked.YES, now=now)
    story = Told(
        Worth.MUCH, "We keken samen rond in drie gebouwen.\n\nNu vragen we het ook in onze gemeente.", "Zes inwoners deden mee.",
        "Begin op tijd.", may_share=True,
    )  # fmt: skip
    introducing.tell(follow_up, story, now=now)
stopped_by_other = introduced("Guus", "Hans")
actions.withdraw(stopped_by_other.coupling.parties.get(person__name="Hans").request, now=now)
contested, corrected = Fact.objects.used(now).filter(municipality__slug="noordenveld").order_by("pk")[:2]
contesting.withdraw(contested, why="Dat was vroeger.", by=carla, for_whom=Whom.TEAM, now=now)
contesting.correct(
    corrected, "Noordenveld maakte met inwoners een plan.", seen=corrected.words, by=carla, for_whom=Whom.TEAM, now=now
)


# Two rounds over the examples of the start, and one over nothing. Of the first three proposals the team keeps one
# together, one apart, and introduces one.
first_round = rounds.run(AS_USUAL, by=carla, now=now - timedelta(hours=2))
one, two, three = first_round.proposals.all()[:3]
rounds.keep_together(one.first_id, one.second_id, seen="", by=carla, now=now)
rounds.keep_apart(two, words="Ze kennen elkaar al.", seen=two.mark, by=carla, now=now)
rounds.introduce(
    three, words="Jullie zoeken hetzelfde.", questions=["Hoe begon je?"], seen=three.mark, by=carla, now=now
)
second_round = rounds.run({**AS_USUAL, Part.WORDS: Weight.HEAVY}, by=carla, now=now - timedelta(hours=1))
without = Round.objects.create(
    made_by=carla, made_at=now - timedelta(days=1), factors=first_round.factors, weights=first_round.weights,
    problem=first_round.problem, problem_hash="0" * 64, outcome=first_round.outcome, outcome_hash="0" * 64,
    served_count=0, is_best=True, left=first_round.left, figures=first_round.figures,
)  # fmt: skip
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
read_first = introduced("Kim", "Lars")
for each in read_first.coupling.parties.whole():
    wrote_more = each.pk == read_first.pk
    introducing.say_yes(each, person=each.person, turn=each.turn, now=now, is_read_first=wrote_more)
print(  # noqa: T201
    json.dumps(
        {
            "coupling_draft": f"/bevestigen/{draft.key}/",
            "coupling_mailed": f"/bevestigen/{mailed.key}/",
            "coupling_otherwise": f"/bevestigen/{otherwise.key}/",
            "coupling_own": own.get_absolute_url(),
            "coupling_stopped": stopped.get_absolute_url(),
            "coupling_handled": handled.get_absolute_url(),
            "coupling_waits": f"/team/koppelen/{waits.pk}/",
            "coupling_grown": "/mijn/gemeente/aanbod/",
            "coupling_grown_yes": f"/koppelen/aanbieden/?nieuw&van={first.number}",
            "coupling_grown_stop": f"/koppelen/voorstellen/{GrowingMail.objects.get(municipality=utrecht).key}/stop/",
            "coupling_fact": f"/gemeenten/noordenveld/feiten/{corrected.pk}/",
            "coupling_done": f"/team/koppelen/{handled.pk}/",
            "coupling_yes": f"/bevestigen/{code_of(asked, now=now).key}/",
            "coupling_meet": asked.get_absolute_url(),
            "coupling_later": later.get_absolute_url(),
            "coupling_met": met.get_absolute_url(),
            "coupling_told": told.get_absolute_url(),
            "coupling_round": first_round.get_absolute_url(),
            "coupling_empty_round": without.get_absolute_url(),
            "coupling_rounds": f"{first_round.get_absolute_url()}naast/{second_round.pk}/",
            "coupling_runs": f"/team/koppelen/lopend/{asked.coupling_id}/",
            "coupling_talked": f"/team/koppelen/lopend/{told.coupling_id}/",
            "coupling_read_first": read_first.get_absolute_url(),
            "coupling_to_read": f"/team/koppelen/lopend/{read_first.coupling_id}/",
            "coupling_no_more": stopped_by_other.get_absolute_url(),
        }
    )
)
