"""Reports, people and objections at the team's desk."""

import pytest
from lxml import html as parser
from tests.conversation.conftest import decide
from tests.signed_in import sign_in
from tests.team.test_pages import carla as carla
from tests.team.test_pages import read, text_of
from tests.team.test_pages import waits as waits

from meedoen.conversation.models import Contribution, Decision, Objection, Report
from meedoen.conversation.moderation import actions
from meedoen.conversation.moderation.rules import Concern, Deed
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person

WHY = {"ground": "reclame", "reason": "Dit is een webwinkel."}


@pytest.fixture
def dirk(db):
    address = Address.objects.create(email="dirk@voorbeeld.example", verified_at=clock.now())
    return Person.objects.create(address=address, name="Dirk", joined_at=clock.now(), is_team=True)


@pytest.fixture
def shown(waits, carla):
    """What Elif wrote and the team placed."""
    return decide(waits(), Deed.APPROVE, now=clock.now()).contribution


@pytest.fixture
def report():
    def send(contribution, *, concern=Concern.UNKIND, network="192.0.2.1"):
        return actions.report(
            contribution=contribution,
            title=contribution.thread.title if contribution else "/over/",
            url=contribution.url if contribution else "/over/",
            concern=concern,
            text="Hier gaat iets mis.",
            network=network,
            person=None,
            now=clock.now(),
        )

    return send


@pytest.fixture
def desk(client, carla):
    """Carla's browser."""
    sign_in(client, "carla@voorbeeld.example")
    return client


def links(page) -> list[str]:
    return [link.text for link in parser.fromstring(page.content).cssselect("main ol a")]


def test_danger_stands_first_and_says_whom_to_call(desk, waits, shown, report):
    waits("Joost")
    report(shown, concern=Concern.DANGER)
    page = desk.get("/team/")
    assert links(page) == ["Gemeld bericht van Elif: Een bericht", "Bericht van Joost: Een bericht"]
    assert "Dringend." in text_of(page)
    item = text_of(desk.get(f"/team/bericht/{shown.pk}/"))
    for part in ("Bel dan de politie: 112.", "1 melding", "Hier gaat iets mis.", "niet bevestigd"):
        assert part in item


def test_what_was_reported_can_be_left_as_it_is(desk, shown, report):
    sent = report(shown)
    answer = desk.post(f"/team/bericht/{shown.pk}/laten/", read(shown))
    assert answer.url.startswith("/team/?klaar=")
    sent.refresh_from_db()
    assert (sent.decision.deed, Contribution.objects.get().state) == (Deed.KEEP, State.SHOWN)
    assert "Dit bericht blijft zoals het is" in text_of(desk.get(answer.url))
    again = desk.post(f"/team/bericht/{shown.pk}/laten/", read(shown))
    assert "Dit is intussen al beslist" in text_of(again)


@pytest.mark.parametrize(
    ("path", "state", "subject"),
    [
        ("verbergen", State.HIDDEN, "Je bericht is tijdelijk niet te zien: Een bericht"),
        ("vragen", State.ASKED, "Verander je bericht, dan kan het erop: Een bericht"),
        ("weghalen", State.REMOVED, "Je bericht staat niet op de site: Een bericht"),
    ],
)
def test_what_takes_something_asks_for_a_reason(desk, shown, path, state, subject):
    address = f"/team/bericht/{shown.pk}/{path}/"
    label = "Waarom vraag je het?" if path == "vragen" else "Welke regel geldt hier?"
    assert label in text_of(desk.get(address))
    assert ("Er is nog iets niet duidelijk." in text_of(desk.get(address))) is (path == "vragen")
    assert "Kies de regel." in text_of(desk.post(address, {"reason": "Zomaar."}))
    desk.post(address, {**WHY, **read(shown)})
    assert Contribution.objects.get().state == state
    assert OutgoingMail.objects.latest("pk").subject == subject


@pytest.mark.parametrize("was_shown", [True, False])
def test_a_change_is_asked_without_accusing_anybody(desk, shown, was_shown):
    if not was_shown:
        Contribution.objects.update(state=State.WAITING, shown_at=None, number=None, waits_since=clock.now())
        shown.refresh_from_db()
    reason = {"ground": "onduidelijk", "reason": "Zeg wat er op de foto staat."}
    desk.post(f"/team/bericht/{shown.pk}/vragen/", {**reason, **read(shown)})
    assert Contribution.objects.get().state == State.ASKED
    words = OutgoingMail.objects.latest("pk").text
    assert "Er is nog iets niet duidelijk." in words
    assert "De regel is" not in words
    assert ("kan het er weer op" in words) is was_shown
    decision = Decision.objects.latest("pk")
    assert "De regel is" not in text_of(desk.get(f"/besluit/{decision.key}/"))


def test_a_report_on_a_page_is_answered(desk, db, report):
    sent = report(None)
    assert links(desk.get("/team/")) == ["Melding: /over/"]
    address = f"/team/melding/{sent.pk}/"
    assert "Schrijf een antwoord." in text_of(desk.post(address, {}))
    answer = desk.post(address, {"reason": "We pasten het aan."})
    assert answer.url.startswith("/team/?klaar=")
    assert "De melding is beantwoord" in text_of(desk.get(answer.url))
    assert "We pasten het aan." in text_of(desk.get(f"/melding/{sent.key}/"))
    assert "beantwoordde deze melding intussen" in text_of(desk.post(address, {"reason": "Nog eens."}))
    assert Decision.objects.count() == 1


def test_a_report_on_a_reaction_has_no_page_of_its_own(desk, shown, report):
    assert desk.get(f"/team/melding/{report(shown).pk}/").status_code == 404


def test_somebody_is_warned_paused_and_let_in_again(desk, shown):
    elif_ = shown.person
    page = f"/team/persoon/{elif_.pk}/"
    assert "Schreef 1 reactie." in text_of(desk.get(page))
    assert "nog geen waarschuwing" in text_of(desk.get(f"{page}uitsluiten/"))
    desk.post(f"{page}waarschuwen/", WHY)
    assert "nog geen waarschuwing" not in text_of(desk.get(f"{page}uitsluiten/"))
    assert "Kies hoe lang." in text_of(desk.post(f"{page}pauzeren/", WHY))
    answer = desk.post(f"{page}pauzeren/", {**WHY, "days": "7"})
    assert "Deze schrijver kan tijdelijk niet schrijven" in text_of(desk.get(answer.url))
    assert "Kan niet schrijven tot" in text_of(desk.get(page))
    desk.post(f"{page}toelaten/")
    elif_.refresh_from_db()
    assert elif_.paused_until is None
    assert "Dit is intussen al beslist" in text_of(desk.post(f"{page}toelaten/"))
    assert [deed for (deed,) in Decision.objects.order_by("pk").values_list("deed")] == [
        "approve",
        "warn",
        "pause",
        "lift",
    ]


def test_the_team_is_not_shut_out_here(desk, carla, dirk):
    for person in (carla, dirk):
        page = text_of(desk.get(f"/team/persoon/{person.pk}/"))
        assert "Lid van het projectteam." in page
        assert "Sluit uit" not in page
        desk.post(f"/team/persoon/{person.pk}/uitsluiten/", WHY)
    assert not Person.objects.filter(banned_at__isnull=False).exists()


def test_the_one_who_decided_cannot_look_again(client, desk, shown, dirk):
    decision = decide(shown, Deed.REMOVE, now=clock.now(), **WHY)
    objection = actions.object_to(decision, report=None, text="Het is mijn winkel.", now=clock.now())
    address = f"/team/bezwaar/{objection.pk}/"
    settled = {"outcome": "terug", "reason": "Het is geen reclame.", **read(shown)}
    assert "Je nam dit besluit zelf." in text_of(desk.get(address))
    assert "Je besloot dit zelf" in text_of(desk.post(address, settled))
    assert "(voor een collega)" in text_of(desk.get("/team/"))
    client.post("/uitloggen/")
    sign_in(client, "dirk@voorbeeld.example")
    page = text_of(client.get(address))
    for part in ("Het is mijn winkel.", "Dit bericht is weggehaald", "Dit is een webwinkel.", "Woorden van Elif."):
        assert part in page
    assert "Kies wat je besluit." in text_of(client.post(address, {}))
    client.post(address, settled)
    objection.refresh_from_db()
    assert (objection.is_upheld, objection.settled_by, Contribution.objects.get().state) == (True, dirk, State.SHOWN)
    assert "We draaiden het besluit terug." in text_of(client.get(address))


def test_turning_round_what_was_left_needs_the_rule(client, shown, report, dirk):
    sent = report(shown)
    decision = decide(shown, Deed.KEEP, now=clock.now())
    sent.refresh_from_db()
    objection = actions.object_to(decision, report=sent, text="Lees nog eens.", now=clock.now())
    sign_in(client, "dirk@voorbeeld.example")
    address = f"/team/bezwaar/{objection.pk}/"
    wrong = client.post(address, {"outcome": "terug", "reason": "Je hebt gelijk.", **read(shown)})
    assert "Kies de regel." in text_of(wrong)
    assert "Je hebt gelijk." in wrong.content.decode()
    right = {"outcome": "terug", "reason": "Je hebt gelijk.", "ground": "onvriendelijk", **read(shown)}
    assert "Schrijf waarom." in text_of(client.post(address, right))
    client.post(address, {**right, "reason_for_writer": "Dit is schelden."})
    assert "Dit is schelden." in OutgoingMail.objects.get(subject__startswith="Je bericht staat niet").text
    assert (Contribution.objects.get().state, Objection.objects.get().is_upheld) == (State.REMOVED, True)


def test_nobody_else_comes_there(client, ans, shown, report):
    objection = actions.object_to(
        decide(shown, Deed.REMOVE, now=clock.now(), **WHY), report=None, text="Nee.", now=clock.now()
    )
    person = f"/team/persoon/{shown.person_id}/"
    addresses = [
        f"/team/bericht/{shown.pk}/laten/",
        f"/team/bericht/{shown.pk}/verbergen/",
        f"/team/bericht/{shown.pk}/vragen/",
        f"/team/melding/{report(None).pk}/",
        f"/team/bezwaar/{objection.pk}/",
        *(f"{person}{deed}" for deed in ("", "waarschuwen/", "pauzeren/", "uitsluiten/", "toelaten/")),
    ]
    for address in addresses:
        assert client.get(address).url.startswith("/inloggen/")
        assert client.post(address, WHY).url.startswith("/inloggen/")
    sign_in(client)
    before = Decision.objects.count()
    for address in addresses:
        for answer in (client.get(address), client.post(address, WHY)):
            assert answer.status_code in (403, 405)
            assert "Woorden van" not in answer.content.decode()
    assert (Decision.objects.count(), Report.objects.filter(decision=None).count()) == (before, 1)
