"""A mail scanner opens every link of every mail of a meeting, and sends every form behind it; it types no code.

What it did, who the mail was for takes back; nobody else gets their place, hears from them or comes in as them (EM7).
"""

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.conf import settings
from django.test import Client
from tests.meetings.attending.test_pages import ANS, HERE
from tests.outbox import code_in

from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, needs, reminding
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.needs import Needs, Outcome
from meedoen.meetings.attending.rules import HOLDING, State, Way
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising import actions as organising
from meedoen.meetings.rules import Need
from meedoen.people.models import PendingAct, Person

HOUR = timedelta(hours=1)
OWN = ("/bijeenkomsten/aanmelding/", "/bevestigen/")  # behind a key: what a mail alone leads to
MOST = 60  # pages that it opens of one mail
FILLED = {"email": "robot@scanner.example", "tel": "030", "number": "1"}


class Scanner:
    """A robot of a mail gateway: a browser without cookies, that follows and sends all it finds."""

    def __init__(self):
        self.client = Client()
        self.seen, self.sent = set(), set()

    def scan(self, mail):
        urls = re.findall(
            rf"{re.escape(settings.BASE_URL)}[^\s)>\"\]]*", mail.text + mail.html + mail.calendar.replace("\r\n ", "")
        )
        assert urls, mail.template
        for url in urls:
            self.open(url.removeprefix(settings.BASE_URL), is_from_mail=True)
        return self

    def open(self, path, *, is_from_mail=False):
        path = path.partition("#")[0]
        if path in self.seen or len(self.seen) > MOST or not (is_from_mail or path.startswith(OWN)):
            return
        self.seen.add(path)
        self.read(path, self.client.get(path, follow=True))

    def read(self, path, page):
        if "html" not in page["Content-Type"] or not page.content:
            return
        if page.redirect_chain:
            path = page.redirect_chain[-1][0]
        main = lxml.html.document_fromstring(page.content.decode()).find(".//main")
        if main is None:
            return
        for form in main.iter("form"):
            self.send(path, form)
        for link in main.iter("a"):
            self.open(urljoin(path, link.get("href", "")))

    def send(self, path, form):
        """As a person would who fills in what is empty and leaves what is chosen; the code alone it does not know."""
        action = urlsplit(urljoin(path, form.get("action") or path)).path
        if form.method != "POST" or not action.startswith(OWN):
            return
        fields = {}
        for field in form.inputs:
            if field.name is None or field.name == "code":
                continue
            kind = field.get("type", field.tag)
            if kind in ("radio", "checkbox"):
                if kind == "checkbox" or field.get("checked") is not None or field.name not in fields:
                    fields.setdefault(field.name, []).append(field.get("value", "on"))
                    if kind == "radio":
                        fields[field.name] = fields[field.name][-1:]
            elif kind != "hidden" or field.value:
                fields[field.name] = field.value or FILLED.get(kind, "Robot")
        mark = (action, repr(sorted(fields.items())))
        if mark not in self.sent and len(self.sent) < MOST:
            self.sent.add(mark)
            self.read(action, self.client.post(action, fields, follow=True, **HERE))


@pytest.fixture
def busy(meeting, at):
    return meeting(
        "Praat mee", form="beide", place_name="De Kring", room_places=2, join_url="https://overleg.voorbeeld.example/a"
    )


@pytest.fixture
def comes(busy, person, now):
    """A function that signs somebody up by name."""

    def sign_up(name, way=Way.ROOM, **how):
        return actions.sign_up(busy, person(name), Coming(way, **how), network=name, now=now)

    return sign_up


def newest(template, to="ans"):
    return OutgoingMail.objects.filter(template=f"mail/meetings/{template}.md", to=f"{to}@voorbeeld.example").latest(
        "pk"
    )


def place_of(attendee):
    """How somebody comes, as they would see it back."""
    one = Attendee.objects.select_related("party").get(pk=attendee.pk)
    return one.way, one.companions, one.cancelled_at is None, bool(one.confirmed_at), one.party.state


def take_back(attendee):
    """What the person presses who finds that they were signed off."""
    if Attendee.objects.get(pk=attendee.pk).cancelled_at:
        answer = Client().post(f"{attendee.own_url}toch/", **HERE)
        assert answer.status_code == 302


def strangers():
    """To whom else was mailed than to the cast."""
    known = {f"{name}@voorbeeld.example" for name in ("ans", "bram", "carla", "dirk", "elif", "fatima")}
    return set(OutgoingMail.objects.values_list("to", flat=True)) - known


@pytest.fixture(params=["placed", "changed", "reminder", "needs", "settled", "partner"])
def told(request, busy, comes, person, carla, now, at):
    """Ans with a place and Bram with her; and a mail to her, of each kind."""
    ans = comes("Ans", companions=0, partner_name="Bram", partner_email="bram@voorbeeld.example")
    bram = Attendee.objects.get(person=None)
    actions.say_yes(bram, person("Bram"), name="Bram", now=now)
    comes("Elif")  # waits
    kind = request.param
    if kind in ("needs", "settled"):
        needs.ask(ans, Needs((Need.BRAILLE,)), now=now)
    if kind == "settled":
        asked = needs.look(ans, reader=carla, now=now)
        needs.settle(ans, asked, {"braille": (Outcome.ARRANGED, "")}, now=now)
    if kind == "changed":
        Meeting.objects.filter(pk=busy.pk).update(sequence=1)
        actions.tell(now=now)
    if kind == "reminder":
        at(busy.starts_at - 24 * HOUR)
        reminding.remind(now=busy.starts_at - 24 * HOUR)
    return ans, bram, newest("needs" if kind == "settled" else kind)


def test_who_has_a_place_keeps_it(told):
    ans, bram, mail = told
    before = place_of(ans), place_of(bram)
    people = Person.objects.count()
    scanner = Scanner().scan(mail)
    assert any("afmelden" in action for action, _fields in scanner.sent)  # it did go all the way
    take_back(ans)
    assert (place_of(ans), place_of(bram)) == before
    assert Party.objects.get(attendees__person__name="Elif").state == State.WAITING
    assert strangers() == set()
    assert Person.objects.count() == people
    assert "_auth_user_id" not in scanner.client.session


def test_what_a_scanner_asks_in_somebodys_name_they_take_back_and_it_reads_nothing(comes, busy, now):
    ans = comes("Ans")
    needs.ask(ans, Needs((Need.BRAILLE,), "Wallebroek"), now=now)
    scanner = Scanner()
    pages = []
    scanner.read = lambda path, page, read=scanner.read: (pages.append(page.content), read(path, page))
    scanner.scan(newest("placed"))
    assert pages
    assert not [page for page in pages if b"Wallebroek" in page]
    assert strangers() == set()
    take_back(ans)
    if Attendee.objects.get(pk=ans.pk).cancelled_at is None:
        needs.ask(ans, Needs((Need.BRAILLE,), "Wallebroek"), now=now)
    assert needs.needs_of(ans) == Needs((Need.BRAILLE,), "Wallebroek")


def test_a_guest_is_not_signed_up_by_it_and_can_still_be(client, busy, now):
    act = client.post(f"/bijeenkomsten/{busy.slug}/aanmelden/", {**ANS, "way": "zaal"}, **HERE).url
    client.post(f"{act}versturen/", **HERE)
    Scanner().scan(OutgoingMail.objects.latest("pk"))
    assert not Attendee.objects.exists()
    _type_code(client, act)
    assert Attendee.objects.get().person.name == "Ans"


def test_who_is_asked_along_did_not_say_yes_or_no_by_it(client, comes, now):
    ans = comes("Ans", partner_name="Bram", partner_email="bram@voorbeeld.example")
    comes("Elif")
    asked = newest("invited", "bram")
    Scanner().scan(asked)
    bram = Attendee.objects.get(person=None)
    assert bram.email == "bram@voorbeeld.example"
    actions.look_after(now=now + HOUR / 2)
    assert Party.objects.get(attendees__person__name="Elif").state == State.WAITING
    _type_code(client, re.search(r"/bevestigen/[^/]+/", asked.text)[0], name="Bram")
    assert [place_of(each)[2:] for each in (ans, bram)] == [(True, True, State.PLACED)] * 2
    assert strangers() == set()


def test_who_said_no_when_asked_along_has_an_hour_to_think_again(client, comes, now, at):
    ans = comes("Ans", partner_name="Bram", partner_email="bram@voorbeeld.example")
    bram = Attendee.objects.get(person=None)
    page = client.post(f"{bram.own_url}afmelden/", follow=True, **HERE)
    assert "Ik kom toch" in page.content.decode()
    at(now + HOUR)
    actions.look_after(now=now + HOUR)
    assert newest("partner").subject == "Bram komt niet: Praat mee"
    bram.refresh_from_db()
    assert (bram.name, bram.email) == ("", "")
    assert client.post(f"{bram.own_url}toch/", **HERE).status_code == 409
    assert place_of(ans)[2:] == (True, True, State.PLACED)


def test_an_offered_place_stays_theirs_and_who_let_it_go_by_loses_nothing(comes, now, at):
    dirk, _bram, ans = comes("Dirk"), comes("Bram"), comes("Ans")
    actions.cancel(dirk, now=now)
    actions.look_after(now=now + HOUR)
    until = Attendee.objects.get(pk=ans.pk).party.offered_until
    at(now + HOUR)
    Scanner().scan(newest("offered"))
    take_back(ans)
    assert place_of(ans)[2]
    assert place_of(ans)[4] in HOLDING
    Party.objects.filter(pk=ans.party_id).update(state=State.OFFERED, offered_until=until)
    at(until)
    actions.look_after(now=until)
    Scanner().scan(newest("lapsed"))
    take_back(ans)
    assert place_of(ans)[2]


def test_who_cancelled_does_not_lose_what_is_held_and_a_meeting_that_is_off_stays_off(comes, busy, carla, now):
    ans = comes("Ans")
    actions.cancel(ans, now=now)
    Scanner().scan(newest("cancelled"))
    take_back(ans)
    assert place_of(ans)[2]
    organising.cancel(busy, reason="Ziek.", by=carla, now=now)
    actions.tell(now=now)
    Scanner().scan(newest("changed"))
    assert Meeting.objects.get().cancelled_at == now


def _type_code(client, act, **fields):
    """What the person does who opens the page after the scanner did: asks a code anew if that is needed, and types it."""
    found = PendingAct.objects.get(key=act.split("/")[2])
    client.post(f"{act}terughalen/", **HERE)
    client.post(f"{act}versturen/", **HERE)
    code = code_in(OutgoingMail.objects.filter(to=found.email).latest("pk"))
    answer = client.post(f"{act}code/", {"code": code, **fields}, **HERE)
    assert answer.status_code == 302, answer.content.decode()
