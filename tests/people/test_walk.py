"""Everybody at every address of one's own, of the team and of what was written: who comes where, in one table.

An address below these roots that has no line here fails, and so does a line without an address.
"""

import io
import zipfile
from datetime import timedelta

import pypdfium2
import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.test import Client
from django.urls import URLResolver, get_resolver
from tests.conversation.conftest import decide
from tests.people.standing.conftest import municipality, person
from tests.signed_in import HERE, sign_in

from meedoen.barriers import actions as barriers
from meedoen.celebrations.models import Celebration
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Attachment, Contribution, Offer, Thread
from meedoen.conversation.moderation import actions as moderation
from meedoen.conversation.moderation.rules import Concern, Deed
from meedoen.coupling import actions as coupling
from meedoen.coupling.introducing import actions as introducing
from meedoen.coupling.rounds import actions as rounds
from meedoen.coupling.rounds.models import Round
from meedoen.coupling.scoring.rules import AS_USUAL
from meedoen.kernel import clock
from meedoen.library.models import Article, Reuse
from meedoen.mail.incoming.models import Incoming, ReplyAddress
from meedoen.meetings.asking.models import Question
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.hosting import actions as hosting
from meedoen.meetings.hosting.rules import To
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising import actions as meetings
from meedoen.newsletter.models import Letter
from meedoen.people import actions as people
from meedoen.people.along.models import Bond
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy import handing
from meedoen.people.standing import actions as standing
from meedoen.people.standing.models import Contact, MailDomain
from meedoen.people.vault import actions as vault
from meedoen.people.vault.rules import Purpose
from meedoen.terms.models import Term

ROOTS = ("mijn/", "team/", "bericht/", "bevestigen/")

# Ans: whose things they are. Elif: another person. Kim: helps Ans, and acts along with her. Gijs: contact of the
# municipality that Ans asked. Fatima: contact of another. Dirk and Carla: of the team.
WHO = ("visitor", "ans", "elif", "kim", "gijs", "fatima", "dirk", "carla")

OWN = "302 200 200 200 200 200 200 200"  # each their own page; a visitor is led to sign in
OWN_PRESS = "302 405 405 405 405 405 405 405"  # only a press; opening it does nothing
OF_ANS = "302 200 404 404 404 404 404 404"
TEAM = "302 403 403 403 403 403 200 200"
TEAM_PRESS = "302 403 403 403 403 403 405 405"
OF_ORGANISERS = "302 403 403 403 200 200 200 200"  # contacts of municipalities, and the team
OF_GIJS_TOO = "302 403 403 403 200 404 200 200"  # a meeting of the municipality of which Gijs is contact
ORGANISERS_PRESS = "302 403 403 403 405 404 405 405"
KEY = "200 200 200 200 200 200 200 200"  # who knows the key; a made-up one is asked in a test of its own
KEY_PRESS = "405 405 405 405 405 405 405 405"

# address: who gets what, in the order of WHO. Names in braces are filled in with what is Ans's.
TABLE = {
    "mijn/": OWN,
    "mijn/profiel/": OWN,
    "mijn/profiel/werkt-bij/": OWN_PRESS,
    "mijn/mail/proberen/": OWN_PRESS,
    "mijn/mail/gelezen/": OWN_PRESS,
    "mijn/apparaten/": OWN,
    "mijn/sleutels/": OWN,
    "mijn/sleutels/toevoegen/": OWN,
    "mijn/sleutels/{key}/weghalen/": OF_ANS,
    "mijn/antwoordadressen/": OWN,
    "mijn/antwoordadressen/alles-intrekken/": OWN,
    "mijn/antwoordadressen/terug/": OWN_PRESS,
    "mijn/antwoordadressen/{answer_address}/intrekken/": OF_ANS,
    "mijn/volgen/": OWN,
    "mijn/nieuw/": OWN,
    "mijn/gegevens/": OWN,
    "mijn/gegevens/alles.json": OWN,
    "mijn/gegevens/wissen/": OWN,
    "mijn/gegevens/link/{handed}/": KEY,
    "mijn/gegevens/link/{handed}/alles.json": KEY,
    "mijn/gegevens/wensen/": OWN,
    "mijn/gegevens/wensen/{need}/wissen/": OF_ANS,
    "mijn/gegevens/toestemming/{consent}/intrekken/": OF_ANS,
    "mijn/gemeente/": OWN,
    "mijn/gemeente/vragen/": OWN,
    "mijn/gemeente/geven/": "302 404 404 404 200 200 200 200",  # contacts and the team
    "mijn/gemeente/verzoek/{mandate}/": "302 404 404 404 200 404 200 200",  # never about oneself
    "mijn/gemeente/spreker/{mandate}/stoppen/": "302 200 404 404 200 404 200 200",
    "mijn/gemeente/aanbod/": OWN,
    "mijn/gemeente/aanbod/{fact}/nee/": OWN_PRESS,
    "mijn/gemeente/aanbod/{fact}/toch/": OWN_PRESS,
    "mijn/gemeente/aanbod/mail-uit/{municipality}/": OWN_PRESS,
    "mijn/gemeente/aanbod/mail-aan/{municipality}/": OWN_PRESS,
    "mijn/hulp/": OWN,
    "mijn/hulp/vragen/": OWN,
    "mijn/hulp/klaar/": OWN_PRESS,
    "mijn/hulp/{bond}/": OF_ANS,
    "mijn/hulp/{bond}/stoppen/": "302 200 404 200 404 404 404 404",  # both who help and are helped
    "mijn/hulp/{bond}/meedoen/": OWN_PRESS,
    "team/": TEAM,
    "team/mail/": TEAM,
    "team/post/": TEAM,
    "team/post/{aside}/": TEAM,
    "team/post/{aside}/opnieuw/": TEAM_PRESS,
    "team/post/{aside}/afgehandeld/": TEAM,
    "team/drempels/": TEAM,
    "team/drempels/nieuw/": TEAM,
    "team/drempels/melding/{stuck}/": TEAM,
    "team/drempels/melding/{stuck}/drempel/": TEAM,
    "team/drempels/melding/{stuck}/hoort-bij/": TEAM,
    "team/drempels/melding/{stuck}/geen-drempel/": TEAM,
    "team/drempels/{barrier}/": TEAM,
    "team/drempels/{barrier}/veranderen/": TEAM,
    "team/drempels/{barrier}/beloven/": TEAM,
    "team/drempels/{barrier}/opgelost/": TEAM,
    "team/drempels/{barrier}/geen-drempel/": TEAM,
    "team/drempels/{barrier}/heropenen/": TEAM_PRESS,
    "team/koppelen/": TEAM,
    "team/koppelen/vraag-opschrijven/": TEAM,
    "team/koppelen/aanbod-opschrijven/": TEAM,
    "team/koppelen/{coupling}/": TEAM,
    "team/koppelen/{coupling}/klaar/": TEAM,
    "team/koppelen/{coupling}/stoppen/": TEAM,
    "team/koppelen/{coupling}/heropenen/": TEAM_PRESS,
    "team/koppelen/vast/": TEAM,
    "team/koppelen/vast/los/": TEAM_PRESS,
    "team/koppelen/rondes/": TEAM,
    "team/koppelen/rondes/bezig/": TEAM,
    "team/koppelen/rondes/nieuw/": TEAM,
    "team/koppelen/rondes/{round}/": TEAM,
    "team/koppelen/rondes/{round}/naast/{round}/": TEAM,
    "team/koppelen/rondes/{round}/{nth}/": TEAM,
    "team/koppelen/rondes/{round}/{nth}/voorstellen/": TEAM_PRESS,
    "team/koppelen/rondes/{round}/{nth}/woorden/": TEAM_PRESS,
    "team/koppelen/rondes/{round}/{nth}/niet-deze-twee/": TEAM,
    "team/koppelen/rondes/{round}/{nth}/vastzetten/": TEAM_PRESS,
    "team/koppelen/rondes/{round}/{nth}/loslaten/": TEAM_PRESS,
    "team/koppelen/lopend/": TEAM,
    "team/koppelen/lopend/{introduced}/": TEAM,
    "team/koppelen/lopend/{introduced}/afblazen/": TEAM,
    "team/koppelen/lopend/{introduced}/doorgaan/": TEAM_PRESS,
    "team/koppelen/lopend/{introduced}/klaar/": TEAM_PRESS,
    "team/koppelen/lopend/{introduced}/notitie/": TEAM,
    "team/koppelen/lopend/{introduced}/vragen/": TEAM,
    "team/koppelen/lopend/{introduced}/voorbeeld/": TEAM_PRESS,
    "team/niet-gevonden/": TEAM,
    "team/woorden/": TEAM,
    "team/woorden/nieuw/": TEAM,
    "team/woorden/{term}/": TEAM,
    "team/woorden/{term}/weghalen/": TEAM_PRESS,
    "team/woorden/{term}/terugzetten/": TEAM_PRESS,
    "team/gebruikt/": TEAM,
    "team/gebruikt/{reuse}/tonen/": TEAM_PRESS,
    "team/gebruikt/{reuse}/laten/": TEAM,
    "team/successen/": TEAM,
    "team/successen/{celebration}/": TEAM,
    "team/successen/{celebration}/plaatsen/": TEAM_PRESS,
    "team/successen/{celebration}/vragen/": TEAM,
    "team/successen/{celebration}/weigeren/": TEAM,
    "team/successen/{celebration}/bijeenkomst/": TEAM_PRESS,
    "team/bijeenkomsten/": OF_ORGANISERS,
    "team/bijeenkomsten/nieuw/": OF_ORGANISERS,
    "team/bijeenkomsten/{meeting}/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/deel/{part}/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/voorbeeld/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanmeldingen/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanmeldingen.csv": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanmeldingen.xlsx": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanwezig/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanwezig/erbij/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanwezig/{attendee}/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/aanmeldingen/nieuw/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanmeldingen/{attendee}/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanmeldingen/{attendee}/veranderen/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanmeldingen/{attendee}/afmelden/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanmeldingen/{attendee}/terug/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/aanmeldingen/zonder-mail/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/aanmeldingen/{caller}/plek/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/aanmeldingen/{caller}/wachten/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/bellen/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/bellen/{caller}/gebeld/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/bellen/{caller}/terug/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/badges/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/badges/{sheet}.pdf": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/berichten/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/berichten/nieuw/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/berichten/{circular}/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/berichten/{circular}/veranderen/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/berichten/{circular}/versturen/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/berichten/{circular}/weg/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/vragen/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/vragen/{question}/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/cijfers/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/regelen/": TEAM,
    "team/bijeenkomsten/{meeting}/regelen/{kind}/": TEAM,
    "team/bijeenkomsten/{meeting}/wensen/": TEAM,
    "team/bijeenkomsten/{meeting}/wensen/{attendee}/": TEAM,
    "team/bijeenkomsten/{meeting}/publiceren/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/afzeggen/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/weghalen/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/adres/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/weggooien/": OF_GIJS_TOO,
    "team/bijeenkomsten/{meeting}/niet-plannen/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/toch-door/": ORGANISERS_PRESS,
    "team/bijeenkomsten/{meeting}/terugzetten/": ORGANISERS_PRESS,
    "team/nieuwsbrief/": TEAM,
    "team/nieuwsbrief/{letter}/": TEAM,
    "team/nieuwsbrief/{letter}/voorwoord/": TEAM,
    "team/nieuwsbrief/{letter}/proef/": TEAM_PRESS,
    "team/nieuwsbrief/{letter}/tegenhouden/": TEAM_PRESS,
    "team/nieuwsbrief/{letter}/doorlaten/": TEAM_PRESS,
    "team/nieuwsbrief/{letter}/{entry}/eruit/": TEAM_PRESS,
    "team/nieuwsbrief/{letter}/{entry}/erin/": TEAM_PRESS,
    "team/nieuwsbrief/{letter}/{entry}/hoger/": TEAM_PRESS,
    "team/nieuwsbrief/{letter}/{entry}/lager/": TEAM_PRESS,
    "team/nieuwsbrief/{letter}/{entry}/woorden/": TEAM,
    "team/stil/": TEAM,
    "team/bezorging/": TEAM,
    "team/bezorging/kijken/": TEAM_PRESS,
    "team/bezorging/onszelf/": TEAM_PRESS,
    "team/bezorging/proefmail/": TEAM_PRESS,
    "team/beschrijvingen/": TEAM,
    "team/beschrijvingen/{offer}/gebruiken/": TEAM_PRESS,
    "team/beschrijvingen/{offer}/laten/": TEAM_PRESS,
    "team/bericht/{waiting}/": TEAM,
    "team/bericht/{waiting}/plaatsen/": TEAM_PRESS,
    "team/bericht/{waiting}/laten/": TEAM_PRESS,
    "team/bericht/{waiting}/verbergen/": TEAM,
    "team/bericht/{waiting}/vragen/": TEAM,
    "team/bericht/{waiting}/weghalen/": TEAM,
    "team/bericht/{waiting}/terugzetten/": TEAM_PRESS,
    "team/verdacht/": TEAM,
    "team/melding/{report}/": TEAM,
    "team/bezwaar/{objection}/": TEAM,
    "team/persoon/{person}/": TEAM,
    "team/persoon/{person}/waarschuwen/": TEAM,
    "team/persoon/{person}/pauzeren/": TEAM,
    "team/persoon/{person}/uitsluiten/": TEAM,
    "team/persoon/{person}/toelaten/": TEAM_PRESS,
    "team/gemeenten/": TEAM,
    "team/gemeenten/domein/": TEAM,
    "team/gemeenten/domein/{domain}/intrekken/": TEAM,
    "team/gemeenten/contact/": TEAM,
    "team/gemeenten/contact/{contact}/intrekken/": TEAM,
    "bericht/{own}/": KEY,
    "bericht/{own}/veranderen/": KEY,
    "bericht/{own}/weghalen/": KEY_PRESS,
    "bericht/{own}/terugzetten/": KEY_PRESS,
    "bericht/{own}/bestand/{file}/weghalen/": KEY_PRESS,
    "bericht/{own}/bestand/{file}/terugzetten/": KEY_PRESS,
    "bevestigen/{act}/": KEY,
    "bevestigen/{act}/foto/": KEY,
    "bevestigen/{act}/document/": KEY,
    "bevestigen/{act}/bestand/{new_file}/": KEY,
    "bevestigen/{act}/bestand/{new_file}/weghalen/": KEY_PRESS,
    "bevestigen/{act}/bestand/{gone_file}/weg/": KEY,
    "bevestigen/{act}/aanpassen/": KEY,
    "bevestigen/{act}/bewaren/": KEY_PRESS,
    "bevestigen/{act}/versturen/": KEY_PRESS,
    "bevestigen/{act}/code/": KEY_PRESS,
    "bevestigen/{act}/plaatsen/": KEY_PRESS,
    "bevestigen/{act}/weggooien/": KEY,
    "bevestigen/{act}/terughalen/": KEY_PRESS,
}
REFUSED = {403, 404}
# Whoever knows the key may press; what that does has tests of its own.
BY_KEY = ("bericht/", "bevestigen/", "mijn/gegevens/link/")
NEW_KEY = "mijn/sleutels/toevoegen/"
OF_ANS_ALONE = ("ans@voorbeeld", "rode stoel", "Mijn telefoon", "Dit wacht.")
OTHERS = ("elif", "kim", "gijs", "fatima")  # who are not Ans and not of the team, and read nothing of hers


@pytest.fixture
def world(ans, settings, tmp_path):
    """What Ans has, in numbers and keys; with all the others around her."""
    settings.VAULT_KEY, settings.VAULT_KEY_FILE = "", tmp_path / "vault-key"
    settings.VAULT_KEY_FILE.write_text("k" * 60, encoding="ascii")
    now = clock.now()
    for name in ("Elif", "Gijs", "Fatima"):
        person(name)
    person("Dirk", is_team=True)
    kim, carla = person("Kim"), person("Carla", is_team=True)
    town, village = municipality("Voorbeeldstad", "9001"), municipality("Anderdorp", "9002")
    standing.make_contact(Person.objects.get(name="Gijs"), town, by=carla, now=now)
    standing.make_contact(Person.objects.get(name="Fatima"), village, by=carla, now=now)
    standing.approve_domain("voorbeeldstad.example", [town], by=carla, now=now)
    bond = Bond.objects.create(
        helped=ans, helper=kim, ends_on=now.date() + timedelta(days=30), asked_at=now, confirmed_at=now
    )
    agreed = vault.consent(ans, kind="meeting", subject="meeting:1", words="Ja.", now=now)
    need = vault.put(
        ans, purpose=Purpose.MEETING, subject="meeting:1", title="Aan tafel", content={"needs": ["een rode stoel"]},
        agreed=agreed, until=now + timedelta(days=20), now=now,
    )  # fmt: skip
    thread = Thread.objects.about("article", "1", title="Een bericht", url="/nieuws/een-bericht/", now=now)

    def write(text):
        return conversation.contribute(
            thread, person=ans, text=text, hides_name=False, score=0, looks_like_spam=False, now=now
        )

    waiting, own, removed = write("Dit wacht."), write("Dit is van mij."), write("Dit gaat weg.")
    decision = decide(removed, Deed.REMOVE, now=now, ground="reclame", reason="Een webwinkel.")
    report = moderation.report(
        contribution=None, title="/over/", url="/over/", concern=Concern.UNKIND, text="Fout.", network="x", person=ans, now=now
    )  # fmt: skip
    act = people.keep(
        "conversation.member_comment",
        payload={"text": "Nog een.", "hides_name": False, "thread": thread.pk, "score": 0},
        name="Ans", email=ans.address.email, network="x", now=now, person=ans,
    )  # fmt: skip
    files = {
        name: Attachment.objects.create(
            **{"type": "jpg", "name": name, "byte_count": 1, "digest": name, "created_at": now, **more}
        )
        for name, more in {
            "file": {"contribution": own},
            "new_file": {"act": act},
            "gone_file": {"act": act, "removed_at": now},
        }.items()
    }
    meeting = meetings.begin("online", title="Praat mee", municipality=town, by=carla, now=now)
    passkey = Authenticator.objects.create(user=ans.address, type="webauthn", data={"name": "Mijn telefoon"})
    aside = Incoming.objects.create(
        mark="m", door="lmtp", raw=b"From: ans@voorbeeld.example\n\nHallo", author="ans@voorbeeld.example", state="aside",
        received_at=now, due_at=now, closed_at=now,
    )  # fmt: skip
    answers_to = ReplyAddress.objects.create(
        token="a" * 26, purpose="conversation.thread", owner=str(ans.pk), about=str(thread.pk), made_at=now
    )
    return {
        "aside": aside.pk,
        "answer_address": answers_to.pk,
        "key": passkey.pk,
        "need": need.pk,
        "consent": agreed.pk,
        "mandate": standing.ask(ans, town, words="Ik maak de agenda.", now=now).pk,
        "bond": bond.pk,
        "waiting": waiting.pk,
        "report": report.pk,
        "objection": moderation.object_to(decision, report=None, text="Nee.", now=now).pk,
        "person": ans.pk,
        "domain": MailDomain.objects.get().pk,
        "contact": Contact.objects.get(municipality=town).pk,
        "fact": 1,  # a press finds none that is not there
        "municipality": town.pk,
        "own": own.key,
        "act": act.key,
        "handed": handing.path_for(ans).split("/")[-2],
        "meeting": meeting.pk,
        "attendee": _attendee(meeting, now, person=ans).pk,
        "caller": _attendee(meeting, now, name="Guus", phone="0300000000").pk,
        "circular": hosting.write(meeting, to=To.ALL, subject="Kom", text="Tekst.", once="een", by=carla, now=now).pk,
        "question": Question.objects.create(meeting=meeting, person=ans, text="Komt er een tolk?", asked_at=now).pk,
        "part": "inhoud",
        "sheet": 1,
        "kind": "eten",
        "celebration": Celebration.objects.create(
            slug="succes",
            kind="prijs",
            title="Succes",
            text="Tekst.",
            dated_on=now.date(),
            state="waiting",
            offered_at=now,
            waits_since=now,
            changed_at=now,
            offered_by=ans,
        ).pk,
        "letter": (letter := Letter.objects.create(day=now.date(), since=now, until=now, sends_at=now)).pk,
        "entry": letter.entries.create(source="news", key="1", position=0).pk,
        "term": Term.objects.create(id="manifest", word="manifest", explanation="Een belofte.").pk,
        "reuse": Reuse.objects.create(article=_guide(now), municipality=town, person=ans, state="waiting", at=now).pk,
        "stuck": barriers.tell(
            doing="Ik kom niet op de kaart.", path="/gemeenten/", place="", using="", person=ans, network="x", now=now
        ).pk,
        "coupling": coupling.ask(
            coupling.Side.ASK,
            coupling.Answers("Hoe begin ik?", coupling.For.RESIDENT, (coupling.Way.CALL,), coupling.Length.ONCE),
            person=ans,
            now=now,
        ).pk,
        "introduced": introducing.introduce(
            [
                coupling.ask(
                    coupling.Side.ASK,
                    coupling.Answers("Samen?", coupling.For.RESIDENT, (coupling.Way.CALL,), coupling.Length.ONCE),
                    person=each,
                    now=now,
                )
                for each in (ans, carla)
            ],
            reasons=(),
            words="Samen.",
            by=carla,
            now=now,
        ).pk,
        "round": _round((ans, Person.objects.get(name="Fatima")), carla, now).pk,
        "nth": 1,
        "barrier": barriers.make(
            barriers.Facts("De kaart vraagt een muis", "Zonder muis kom je er niet.", "", ("/gemeenten/",)),
            report=None,
            by=carla,
            now=now,
        ).pk,
        "offer": Offer.objects.create(attachment=files["file"], person=ans, text="Een trap.", at=now).pk,
        **{name: each.key for name, each in files.items()},
    }


def _round(two: tuple[Person, Person], carla: Person, now) -> Round:
    """A round that proposes two to each other."""
    asks = [
        coupling.ask(
            coupling.Side.ASK,
            coupling.Answers("Een ronde?", coupling.For.RESIDENT, (coupling.Way.CALL,), coupling.Length.ONCE),
            person=each,
            now=now,
        )
        for each in two
    ]
    made = rounds.run(AS_USUAL, by=carla, now=now)
    assert {each.pk for each in asks} in [set(each.request_ids) for each in made.proposals.all()]
    return made


def _attendee(meeting: Meeting, now, **who) -> Attendee:
    """Somebody who comes to a meeting that is still a draft."""
    party = Party.objects.create(meeting=meeting, state="placed", made_at=now)
    return Attendee.objects.create(party=party, meeting=meeting, way="zaal", confirmed_at=now, **who)


def _guide(now):
    day = now.date()
    return Article.objects.create(
        slug="gids",
        title="Gids",
        summary="Kort.",
        body="Tekst.",
        kind="handreiking",
        dated_on=day,
        written_on=day,
        published_at=now,
    )


def browser(who, world) -> Client:
    client = Client()
    if who != "visitor":
        sign_in(client, f"{who}@voorbeeld.example")
    if who == "kim":
        client.post(f"/mijn/hulp/{world['bond']}/meedoen/")
        assert client.session["along"] == world["bond"]
    return client


def stored() -> dict[str, list]:
    """All rows but those of signing in, counting, pages, and what is parked for who has to sign in first."""
    return {
        model._meta.label: list(_rows(model).order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.app_label not in ("sessions", "usersessions", "pages", "mail", "django_tasks_database")
        and model.__name__ not in ("Tally", "Address", "Follower", "Look")
    }


def _rows(model):
    return model.objects.filter(kind="conversation.member_comment") if model is PendingAct else model.objects.all()


def addresses(resolver=None, prefix=""):
    """Every address of the site, without the kinds of its parts."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, path)
        elif path.startswith(ROOTS):
            yield path


def test_every_address_has_its_line():
    def shape(path):
        return [part if part[:1] not in "<{" else "?" for part in path.split("/")]

    found = sorted(map(shape, addresses()))
    assert found == sorted(map(shape, TABLE))
    assert all(len(line.split()) == len(WHO) for line in TABLE.values())


@pytest.mark.parametrize("who", WHO)
def test_who_comes_where_and_reads_nothing_of_ans(world, who):
    client, place = browser(who, world), WHO.index(who)
    before = stored()
    got = {path: client.get("/" + path.format_map(world)) for path in TABLE if path != NEW_KEY or who in OTHERS}
    assert stored() == before  # opening an address does nothing
    if who in OTHERS:
        assert of_ans_in(got) == {path: ["ans@voorbeeld"] for path in got if who == "gijs" and "verzoek" in path}
    if who == "ans":  # she does, so that it is known to be there
        assert {secret for told in of_ans_in(got).values() for secret in told} == set(OF_ANS_ALONE)
    Authenticator.objects.all().delete()  # which only its name was kept of; a new one is compared with the others
    got[NEW_KEY] = client.get("/" + NEW_KEY)
    assert {path: answer.status_code for path, answer in got.items()} == {
        path: int(line.split()[place]) for path, line in TABLE.items()
    }
    led = {answer.url.partition("?")[0] for answer in got.values() if answer.status_code == 302}
    assert led <= {"/inloggen/"}


def of_ans_in(got) -> dict[str, list[str]]:
    """What is told of Ans at which address. The contact sees whose address asks to speak; the asker is told so."""
    found = {}
    for path, answer in got.items():
        if not path.startswith(BY_KEY):
            words = _words(answer.content)
            found[path] = [secret for secret in OF_ANS_ALONE if secret in words]
    return {path: told for path, told in found.items() if told}


def _words(content: bytes) -> str:
    """What somebody reads in it; of a workbook what stands in its files, of a PDF what stands on its pages."""
    if content.startswith(b"%PDF"):
        return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        return "".join(workbook.read(name).decode() for name in workbook.namelist())


@pytest.mark.parametrize("who", WHO)
def test_who_may_not_come_there_changes_nothing_by_a_press(world, who):
    client, place = browser(who, world), WHO.index(who)
    before = stored()
    sent = {"outcome": "ja", "reason": "Zomaar.", "ground": "reclame", "days": "7", "texts": "wis", "read": "x",
            "ends_on": "2027-01-01", "is_shown": "on", "domain": "boef.example"}  # fmt: skip
    tried = 0
    for path in TABLE:
        status = int(TABLE[path].split()[place])
        if path.startswith(BY_KEY) or not (status in REFUSED or who == "visitor"):
            continue
        tried += 1
        answer = client.post("/" + path.format_map(world), sent, **HERE)
        assert answer.status_code == (302 if who == "visitor" else status), path
        assert who != "visitor" or answer.url.startswith("/inloggen/"), path
    assert tried or who == "carla"
    assert stored() == before


@pytest.mark.parametrize("who", ["elif", "kim", "gijs", "fatima", "dirk", "carla"])
def test_what_only_a_press_does_is_refused_to_who_it_is_not_of(world, who):
    client = browser(who, world)
    expected = {"kim": 302}.get(who, 404)
    assert client.post(f"/mijn/hulp/{world['bond']}/meedoen/").status_code == expected
    assert client.post("/mijn/profiel/werkt-bij/", {"domain": world["domain"]}).status_code == 404
    session = UserSession.objects.create(
        user_id=Person.objects.get(name="Ans").address_id, ip="::1", session_key="s" * 32
    )
    assert client.post("/mijn/apparaten/", {"session": session.pk}).status_code == 404
    assert UserSession.objects.filter(pk=session.pk).exists()


@pytest.mark.parametrize("who", [who for who in WHO if who != "ans"])
def test_the_key_of_an_act_lets_nobody_else_publish_it(world, who):
    client = browser(who, world)
    page = f"/bevestigen/{world['act']}/"
    assert client.post(f"{page}plaatsen/", **HERE).url == page
    client.post(f"{page}code/", {"code": "123456"}, **HERE)
    assert PendingAct.objects.get(key=world["act"]).state != "done"
    assert not Contribution.objects.filter(text="Nog een.").exists()


@pytest.mark.once  # it asks the database nothing that the table above does not ask of it
@pytest.mark.parametrize("who", WHO)
def test_a_made_up_number_or_key_is_nothing_to_anybody(world, who):
    client = browser(who, world)
    nothing = dict.fromkeys(world, "9" * 9)
    for path in TABLE:
        if "{" in path:
            answer = client.get("/" + path.format_map(nothing))
            assert answer.status_code in (302, 403, 404, 405), path
