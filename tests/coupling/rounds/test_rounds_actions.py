"""Rounds: what is proposed and kept, and what the team makes of it."""

import datetime
import json

import pytest

from meedoen.coupling import actions as asking
from meedoen.coupling.actions import CannotDo, ChangedMeanwhile
from meedoen.coupling.introducing.models import Coupling, FollowUp
from meedoen.coupling.introducing.rules import Talked, Worth
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rounds import actions, reading, reviewing, rules
from meedoen.coupling.rounds.models import Proposal, Round, Tie
from meedoen.coupling.rounds.privacy import ROUNDS
from meedoen.coupling.rounds.rules import ProposalState, TieKind
from meedoen.coupling.rules import For, Side, State
from meedoen.coupling.scoring import rules as scoring
from meedoen.coupling.scoring.rules import AS_USUAL, Part, Weight
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.facts import actions as facts
from meedoen.municipalities.facts.rules import Kind, Told
from meedoen.municipalities.facts.tellers import Source
from meedoen.municipalities.models import Fact, Municipality, Succession
from meedoen.people.privacy.actions import erase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("themes")]
DAY = datetime.timedelta(days=1)


def pairs(found: Round) -> list[set[int]]:
    return [set(each.request_ids) for each in found.proposals.all()]


@pytest.fixture
def run(carla, now):
    """A function that runs a round as Carla."""

    def run_it(factors=AS_USUAL, *, at=now, **options):
        return actions.run(factors, by=carla, now=at, **options)

    return run_it


@pytest.fixture
def network(told):
    """Two who ask about voting and about transport, and one who offers each."""
    return [
        told("Ans", Side.ASK, "Hoe kiezen jullie stembureaus?", "utrecht", {"democratie"}),
        told("Bram", Side.OFFER, "Wij testen elk stembureau.", "almere", {"democratie"}),
        told("Elif", Side.ASK, "Hoe vind ik de bushalte?", "zwolle", {"vervoer"}),
        told("Fatima", Side.OFFER, "Ik help bij bushaltes.", "breda", {"vervoer"}),
    ]


def test_who_fits_is_proposed_with_why_and_nobody_is_mailed(network, run):
    before = OutgoingMail.objects.count()
    found = run()
    ask_vote, offer_vote, ask_bus, offer_bus = (each.pk for each in network)
    assert sorted(pairs(found), key=min) == [{ask_vote, offer_vote}, {ask_bus, offer_bus}]
    first = found.proposals.get(first=ask_vote)
    assert first.names == ["Utrecht", "Almere"]
    assert [each["text"] for each in first.sentences][:2] == [
        "Het gaat bij allebei over meepraten en stemmen.",
        "Allebei noemen dit: ‘stembureau’.",
    ]
    assert len(first.questions) == 3
    assert (found.left, OutgoingMail.objects.count()) == ([], before)


def test_that_both_speak_of_how_to_meet_is_no_reason(told, run):
    told("Ans", Side.ASK, "Hoe test je een stembureau? Bellen gaat niet goed.", "utrecht", ["democratie"])
    told("Bram", Side.OFFER, "Wij testen elk stembureau. Bellen kan.", "almere", ["democratie"])
    for number, about in enumerate(
        ("Een ringleiding in de zaal.", "Een bus met een lift.", "Een brief in gewone taal.")
    ):
        told(f"Los{number}", Side.ASK, about, "zwolle", ["werk"])
    assert "‘stembureau’" in str(run().proposals.first().sentences)
    assert "ellen’" not in str(run().proposals.first().sentences)


def test_the_same_input_is_the_same_round_and_another_weighing_is_not(network, run, now):
    first = run()
    assert run(at=now + DAY / 24) == first
    other = run({**AS_USUAL, Part.WORDS: Weight.HEAVY})
    assert other != first
    assert (other.factors["woorden"], Round.objects.count()) == (3, 2)


def test_what_was_solved_is_solved_again_with_the_same_outcome(network, run):
    found = run()
    assert reviewing.reckoned_again(Round.objects.get(pk=found.pk)) is True
    told = json.loads(found.problem)
    found.problem = json.dumps({**told, "edges": told["edges"][1:]})
    assert reviewing.reckoned_again(found) is False


def test_what_was_proposed_stays_as_it_was_when_the_weights_change(network, run, monkeypatch):
    found = run()
    before = list(found.proposals.values_list("score", "points", "sentences"))
    monkeypatch.setitem(scoring.WEIGHTS, Part.WORDS, 1)
    found = Round.objects.get(pk=found.pk)
    assert list(found.proposals.values_list("score", "points", "sentences")) == before
    assert found.weights["woorden"] == 25


def test_who_asks_without_anybody_is_told_why(network, told, run, now):
    lonely = told("Joost", Side.ASK, "Wie leert mij zingen?", "", set(), kind=For.RESIDENT)
    later = told("Gijs", Side.ASK, "Wie doet mee?", "vaals", {"werk"}, not_before=now.date() + 9 * DAY)
    assert {each["request"]: each["why"] for each in run().left} == {lonely.pk: "no_edge", later.pk: "not_yet"}


def test_three_meet_where_one_would_be_left(told, run):
    asks = [
        told(name, Side.ASK, f"Welk stembureau is goed voor {whom}?", place, {"democratie"}).pk
        for name, whom, place in (
            ("Ans", "een rolstoel", "utrecht"),
            ("Elif", "wie blind is", "zwolle"),
            ("Joost", "iedereen", "vaals"),
        )
    ]
    found = run()
    assert pairs(found) == [set(asks)]
    trio = found.proposals.get()
    assert (trio.count, len(trio.names), found.served_count, found.left) == (3, 3, 3, [])


def test_two_are_never_proposed_again_once_the_team_keeps_them_apart(network, run, carla, now):
    proposal = run().proposals.get(first=network[0])
    actions.keep_apart(proposal, words="Ze zijn buren.", seen=proposal.mark, by=carla, now=now)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.REFUSED
    assert {network[0].pk, network[1].pk} not in pairs(run())
    one, other = network[0].pk, network[1].pk
    with pytest.raises(ChangedMeanwhile):
        actions.let_go(one, other, seen="", by=carla, now=now)  # as it stood before it was refused
    with pytest.raises(ChangedMeanwhile):
        actions.keep_together(one, other, seen="", by=carla, now=now)
    assert Tie.objects.get().words == "Ze zijn buren."
    actions.let_go(one, other, seen=Tie.objects.get().mark, by=carla, now=now)
    actions.let_go(one, other, seen="", by=carla, now=now)  # twice is once
    assert Tie.objects.count() == 0
    assert {one, other} in pairs(run(at=now + DAY))
    assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.PROPOSED


def test_two_who_are_kept_together_meet_whatever_they_score(network, run, carla, now):
    actions.keep_together(network[0].pk, network[3].pk, seen="", by=carla, now=now)
    found = run()
    pinned = found.proposals.get(is_pinned=True)
    assert set(pinned.request_ids) == {network[0].pk, network[3].pk}
    seen = Tie.objects.get().mark
    actions.keep_together(network[0].pk, network[3].pk, seen=seen, by=carla, now=now)
    assert list(Tie.objects.values_list("kind", flat=True)) == [TieKind.PIN]


def test_who_met_is_not_kept_together_again_and_finds_another(network, told, run, carla, now):
    other = told("Joost", Side.OFFER, "Wij kozen tien stembureaus.", "vaals", {"democratie"})
    actions.keep_together(network[0].pk, network[1].pk, seen="", by=carla, now=now)
    proposal = run().proposals.get(first=network[0])
    made = actions.introduce(proposal, words="", questions=[], seen=proposal.mark, by=carla, now=now)
    Coupling.objects.filter(pk=made.coupling_id).update(state="declined")
    assert {network[0].pk, other.pk} in pairs(run(at=now + DAY))


def test_two_municipalities_meet_once_in_a_round(told, run):
    for place, (side, name) in enumerate(
        ((Side.ASK, "Ans"), (Side.ASK, "Elif"), (Side.OFFER, "Bram"), (Side.OFFER, "Fatima"))
    ):
        told(name, side, f"Over stembureau {place}", "utrecht" if side == Side.ASK else "almere", {"democratie"})
    found = run()
    assert found.proposals.count() == 1
    assert (found.served_count, len(found.left), found.is_best) == (1, 1, False)


def test_what_cannot_be_kept_together_says_who_that_is(network, run, carla, now):
    for offer in (network[1], network[3]):
        actions.keep_together(network[0].pk, offer.pk, seen="", by=carla, now=now)
    with pytest.raises(CannotDo, match="Utrecht"):
        run()
    with pytest.raises(CannotDo, match="moet iets vragen"):
        actions.keep_together(network[1].pk, network[3].pk, seen="", by=carla, now=now)
    assert Round.objects.count() == 0


def test_they_are_introduced_once_with_the_team_s_words(network, run, carla, now):
    proposal = run().proposals.get(first=network[0])
    given = {"words": "Jullie lijken op elkaar.", "questions": ["Hoe begon je?"], "seen": proposal.mark}
    before = OutgoingMail.objects.count()
    made = actions.introduce(proposal, **given, by=carla, now=now)
    assert actions.introduce(proposal, **given, by=carla, now=now).coupling == made.coupling
    coupling = Coupling.objects.get()
    assert (coupling.words, coupling.questions) == ("Jullie lijken op elkaar.", ["Hoe begon je?"])
    assert coupling.reasons[0]["sentence"] == "Het gaat bij allebei over meepraten en stemmen."
    assert OutgoingMail.objects.count() == before + 2


def test_what_was_rewritten_or_withdrawn_since_is_mailed_to_nobody(network, run, carla, now, places):
    agenda = Told(places["almere"].pk, Kind.AGENDA, "democratie", "Almere heeft een agenda.", "/x/", "Agenda")
    facts.tell(Source("test-1", (agenda,), now), now=now)
    proposal = run().proposals.get(first=network[0])
    assert "Almere heeft een agenda." in [each["text"] for each in proposal.sentences]
    CouplingRequest.objects.filter(pk=network[0].pk).update(text="Wie wil praten?", changed_at=now + DAY)
    Fact.objects.update(withdrawn_at=now, withdrawn_for="contact")
    assert "agenda" not in str(reviewing.sentences_that_hold([proposal], now=now))
    assert "stembureaus" not in str(reviewing.initial(Proposal.objects.whole().get(pk=proposal.pk)))
    actions.introduce(proposal, words="", questions=[], seen=proposal.mark, by=carla, now=now + 2 * DAY)
    reasons = str(Coupling.objects.get().reasons)
    assert "stembureau" not in reasons
    assert "agenda" not in reasons
    assert "meepraten en stemmen" in reasons


def test_what_a_municipality_shares_that_resembles_the_ask_is_a_reason_until_it_goes(
    network, run, carla, now, places, ans
):
    """It is said whatever its theme, gives no points, and goes with the fact and with who asked."""
    without = run().proposals.get(first=network[0])
    shared = [
        Told(places["almere"].pk, Kind.PRACTICE, "openbare-ruimte", f"Almere deelt {title}.", url, title)
        for title, url in (("Almere: elk stembureau zonder drempel", "/stem/"), ("Almere: een speeltuin", "/spelen/"))
    ]
    facts.tell(Source("test-1", (shared[0],), now), now=now)
    facts.tell(Source("test-2", (shared[1],), now), now=now)
    proposal = run().proposals.get(first=network[0])
    said = "Dit lijkt erop: ‘Almere: elk stembureau zonder drempel’. Ook daar gaat het over ‘stembureau’."
    assert [(each["text"], each["url"]) for each in proposal.sentences if "lijkt erop" in each["text"]] == [
        (said, "/stem/")
    ]
    assert (proposal.score, proposal.points) == (without.score, without.points)
    assert said in str(reviewing.sentences_that_hold([proposal], now=now))
    Fact.objects.update(withdrawn_at=now, withdrawn_for="contact")
    holds = [each["text"] for each in reviewing.sentences_that_hold([proposal], now=now)[proposal.pk]]
    assert said not in holds
    assert "Allebei noemen dit: ‘stembureau’." in holds
    actions.forget_person(ans)
    proposal.refresh_from_db()
    assert "stembureau" not in str(proposal.sentences)


def test_a_fact_that_changes_its_words_makes_another_round(network, run, now, places):
    def tell(words):
        fact = Told(places["almere"].pk, Kind.AGENDA, "democratie", words, "/x/", "Agenda")
        facts.tell(Source("test-1", (fact,), now), now=now)

    tell("Almere heeft een agenda.")
    first = run()
    tell("Almere heeft sinds 2023 een agenda.")
    assert run() != first


def test_three_are_told_what_holds_for_all_three(told, run):
    for name, place in (("Ans", "utrecht"), ("Elif", "zwolle"), ("Joost", "vaals")):
        kind = For.RESIDENT if name == "Joost" else For.MUNICIPALITY
        told(name, Side.ASK, f"Welk stembureau kiest {name}?", place, {"democratie"}, kind=kind)
    said = [each["text"] for each in run().proposals.get().sentences]
    assert said == ["Het gaat bij alle drie over meepraten en stemmen."]


def test_who_is_only_thought_of_is_in_nobody_s_export(network, run, ans, carla, now):
    proposal = run().proposals.get(first=network[0])
    (told,) = ROUNDS.export(ans)
    assert set(told) == {"stand", "op"}
    actions.introduce(proposal, words="Jullie twee.", questions=[], seen=proposal.mark, by=carla, now=now)
    (told,) = ROUNDS.export(ans)
    assert (told["voorstel"], told["wat het team schreef"]) == ("Utrecht en Almere", "Jullie twee.")


def test_two_colleagues_cannot_bring_one_ask_to_two_others(network, told, run, carla, now):
    first = run().proposals.get(first=network[0])
    told("Joost", Side.OFFER, "Stembureaus voor iedereen: stembureau testen.", "vaals", {"democratie"})
    actions.keep_apart(first, words="Eerst een ander.", seen=first.mark, by=carla, now=now)
    second = run().proposals.get(first=network[0])
    actions.let_go(first.first_id, first.second_id, seen=Tie.objects.get().mark, by=carla, now=now)
    first.refresh_from_db()
    actions.introduce(first, words="", questions=[], seen=first.mark, by=carla, now=now)
    with pytest.raises(CannotDo, match="doet al mee aan een koppeling"):
        actions.introduce(second, words="", questions=[], seen=second.mark, by=carla, now=now)
    second.refresh_from_db()
    assert (second.state, second.words) == (ProposalState.PROPOSED, "")


def test_who_stopped_meanwhile_is_not_introduced(network, run, carla, now):
    proposal = run().proposals.get(first=network[0])
    asking.withdraw(network[0], now=now)
    proposal = Proposal.objects.whole().get(pk=proposal.pk)
    assert "intussen gestopt" in reviewing.missing(proposal)
    with pytest.raises(CannotDo, match="doet niet meer mee"):
        actions.introduce(proposal, words="", questions=[], seen=proposal.mark, by=carla, now=now)


def test_who_is_kept_apart_in_a_later_round_is_not_introduced_from_an_older_one(network, run, carla, now):
    older = run().proposals.get(first=network[0])
    newer = run({**AS_USUAL, Part.WORDS: Weight.HEAVY}).proposals.get(first=network[0])
    actions.keep_apart(newer, words="Ze kennen elkaar.", seen=newer.mark, by=carla, now=now)
    with pytest.raises(CannotDo, match="houdt deze twee uit elkaar"):
        actions.introduce(older, words="", questions=[], seen=older.mark, by=carla, now=now)
    assert Coupling.objects.count() == 0


def test_two_of_municipalities_that_merged_meanwhile_are_not_introduced(network, run, places, carla, now):
    proposal = run().proposals.get(first=network[0])
    Municipality.objects.filter(slug="almere").update(is_current=False, ended_on=now.date())
    Succession.objects.create(
        old=places["almere"], new=places["utrecht"], effective_on=now.date(), kind="merged", status="done"
    )
    with pytest.raises(CannotDo, match="dezelfde gemeente"):
        actions.introduce(proposal, words="", questions=[], seen=proposal.mark, by=carla, now=now)


def test_who_looks_at_old_words_is_told(network, run, carla, now):
    proposal = run().proposals.get(first=network[0])
    seen = proposal.mark
    actions.reword(proposal, words="Nieuw", questions=["Een?"], seen=seen, by=carla, now=now)
    with pytest.raises(ChangedMeanwhile):
        actions.reword(proposal, words="Ook nieuw", questions=[], seen=seen, by=carla, now=now)
    with pytest.raises(ChangedMeanwhile):
        actions.introduce(proposal, words="", questions=[], seen=seen, by=carla, now=now)
    assert Proposal.objects.get(pk=proposal.pk).words == "Nieuw"


def test_only_the_team_decides(network, run, ans, now):
    proposal = run().proposals.first()
    for deed in (
        lambda: actions.run(AS_USUAL, by=ans, now=now),
        lambda: actions.introduce(proposal, words="", questions=[], seen=proposal.mark, by=ans, now=now),
        lambda: actions.reword(proposal, words="", questions=[], seen=proposal.mark, by=ans, now=now),
        lambda: actions.keep_apart(proposal, words="Nee", seen=proposal.mark, by=ans, now=now),
        lambda: actions.keep_together(network[0].pk, network[1].pk, seen="", by=ans, now=now),
        lambda: actions.let_go(network[0].pk, network[1].pk, seen="", by=ans, now=now),
    ):
        with pytest.raises(CannotDo, match="Alleen het projectteam"):
            deed()


def test_who_met_is_not_proposed_again(network, run, carla, now):
    proposal = run().proposals.get(first=network[0])
    actions.introduce(proposal, words="", questions=[], seen=proposal.mark, by=carla, now=now)
    found = run(at=now + DAY)
    assert {network[0].pk, network[1].pk} not in pairs(found)
    assert {each["request"]: each["why"] for each in found.left}[network[0].pk] == "in_coupling"


def test_of_what_was_only_what_counts_for_who_stands_is_read(network, told, run, carla, places, now):
    """Who met and went well; also when what they asked is gone, and under the name their municipality has now."""
    proposal = run().proposals.get(first=network[0])
    made = actions.introduce(proposal, words="", questions=[], seen=proposal.mark, by=carla, now=now).coupling
    ans, bram = made.parties.order_by("pk")
    assert {reading.network(now=now).told[each.request_id].running for each in (ans, bram)} == {1}
    FollowUp.objects.create(
        party=ans, milestone="weeks", asked_at=now, talked=Talked.YES, worth=Worth.MUCH, answered_at=now
    )
    Coupling.objects.update(state="ended", introduced_at=now)
    for each in (network[0], network[1]):
        asking.end(each, State.HANDLED, reason="Klaar.", by=carla, now=now)
    Succession.objects.create(
        old=places["almere"], new=places["vaals"], effective_on=now.date(), kind="merged", status="done"
    )
    again = [
        told("Ans", Side.ASK, "En nu?", "breda", {"vervoer"}),
        told("Bram", Side.OFFER, "Nog iets.", "vaals", {"vervoer"}),
        told("Gijs", Side.ASK, "Wat doen jullie?", "utrecht", {"vervoer"}),
    ]
    CouplingRequest.objects.filter(pk=again[1].pk).update(person=network[1].person)
    found = reading.network(now=now)
    assert (found.told[again[1].pk].went_well, found.told[again[1].pk].running) == (1, 0)
    assert found.met == {rules.pair_of(again[0].pk, again[1].pk), rules.pair_of(again[1].pk, again[2].pk)}
    later = reading.network(now=now + 400 * DAY)
    assert later.met == {rules.pair_of(again[0].pk, again[1].pk)}


def test_a_municipality_that_merged_counts_as_what_it_became(network, run, places, now):
    Succession.objects.create(
        old=places["almere"], new=places["utrecht"], effective_on=now.date(), kind="merged", status="done"
    )
    assert {network[0].pk, network[1].pk} not in pairs(run())


def test_when_somebody_is_erased_the_municipality_stays(network, run, ans, now):
    found = run()
    proposal = found.proposals.get(first=network[0])
    erase(ans, with_texts=False, now=now)
    proposal = Proposal.objects.whole().get(pk=proposal.pk)
    assert (proposal.first, proposal.names) == (None, ["Utrecht", "Almere"])
    assert Part.WORDS not in {each["part"] for each in proposal.sentences}
    assert (proposal.words, proposal.questions) == ("", [])
    assert "gewist" in reviewing.missing(proposal)


def test_a_round_asks_as_much_for_two_as_for_six(network, told, run, django_assert_max_num_queries, now):
    with django_assert_max_num_queries(30) as few:
        run()
    for place, name in enumerate(("Joost", "Gijs", "Hanna", "Ivo")):
        side = Side.ASK if place % 2 else Side.OFFER
        told(name, side, f"Over de brieven {place}", ("vaals", "zwolle", "almere", "breda")[place], {"informatie"})
    with django_assert_max_num_queries(30) as more:
        run(at=now + DAY)
    assert len(few.captured_queries) == len(more.captured_queries)


def test_old_rounds_go_and_couplings_stay(network, run, carla, now):
    proposal = run().proposals.first()
    actions.introduce(proposal, words="", questions=[], seen=proposal.mark, by=carla, now=now)
    actions.erase_old(now=now + 729 * DAY)
    assert Round.objects.count() == 1
    actions.erase_old(now=now + 731 * DAY)
    assert (Round.objects.count(), Coupling.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    "text",
    ["hoe kiez ik een stemburo", "How do you choose accessible polling stations?", "stembureau", "Stembureau. " * 300],
    ids=["bad spelling", "English", "one word", "very long"],
)
def test_an_ask_in_any_words_finds_who_knows(told, run, text):
    ask = told("Ans", Side.ASK, text[:4000], "utrecht", set())
    offer = told("Bram", Side.OFFER, "Wij testen elk stembureau met een rolstoel.", "almere", {"democratie"})
    told("Fatima", Side.OFFER, "Wij schrijven brieven in gewone taal.", "breda", {"informatie"})
    assert pairs(run()) == [{ask.pk, offer.pk}]
