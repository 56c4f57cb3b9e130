"""The team hears what waits, and decides from the mail with the code that stands in it."""

from datetime import timedelta

import pytest
from lxml import html as parser
from tests.conversation.conftest import standing
from tests.outbox import as_read
from tests.signed_in import HERE, newest_code, sign_in
from tests.team.test_moderating import carla as carla
from tests.team.test_moderating import dirk as dirk
from tests.team.test_moderating import report as report
from tests.team.test_moderating import waits as waits
from tests.team.test_pages import text_of

from meedoen.conversation.models import Contribution, Decision
from meedoen.conversation.moderation.rules import MAX_ALARMS_PER_DAY, Concern
from meedoen.conversation.rules import State
from meedoen.kernel import clock
from meedoen.library.desk import actions as desk
from meedoen.library.rules import Kind
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct, Person
from meedoen.team import actions, rules

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WHY = {"deed": "remove", "ground": "reclame", "reason": "Dit is een webwinkel."}


@pytest.fixture
def now(carla):
    """A moment after Carla was first looked at: what waited before is on her desk already."""
    actions.brief(now=clock.now() - MINUTE)
    return clock.now() + 2 * MINUTE


def mails() -> list[str]:
    return list(
        OutgoingMail.objects.filter(template__startswith="mail/team/").order_by("pk").values_list("subject", flat=True)
    )


def page_in_mail() -> str:
    return f"/bevestigen/{PendingAct.objects.latest('pk').key}/"


def test_one_thing_comes_with_its_words_and_a_code_once(waits, now):
    waits()
    assert [actions.brief(now=now), actions.brief(now=now + MINUTE)] == [1, 0]
    letter = OutgoingMail.objects.get()
    assert as_read(letter).subject == f"{newest_code()}: een bericht van Elif wacht op je besluit"
    for part in ("Woorden van Elif.", "Zet op de site: open de pagina", f"Typ je code over: {newest_code()}"):
        assert part in as_read(letter).body


def test_opening_the_link_decides_nothing_and_the_code_does(client, waits, now, carla):
    one = waits()
    actions.brief(now=now)
    page = page_in_mail()
    assert "Woorden van Elif." in text_of(client.get(page))
    assert Contribution.objects.get().state == State.WAITING
    client.post(f"{page}code/", {"code": "000000" if newest_code() != "000000" else "111111"}, **HERE)
    assert Contribution.objects.get().state == State.WAITING
    answer = client.post(f"{page}code/", {"code": newest_code()}, **HERE)
    assert "Dit bericht staat nu op de site" in text_of(client.get(answer.url))
    assert (Contribution.objects.get().state, Decision.objects.get().decided_by) == (State.SHOWN, carla)
    client.post(f"{page}code/", {"code": "123456"}, **HERE)
    assert Decision.objects.count() == 1
    assert one.pk == Decision.objects.get().contribution_id


def test_something_else_can_be_decided_with_the_same_code(client, waits, now):
    waits()
    actions.brief(now=now)
    page, code = page_in_mail(), newest_code()
    wrong = client.post(f"{page}aanpassen/", {"deed": "remove"}, **HERE)
    assert "Schrijf waarom." in text_of(wrong)
    client.post(f"{page}aanpassen/", WHY, **HERE)
    assert "Haal weg" in text_of(client.get(page))
    client.post(f"{page}code/", {"code": code}, **HERE)
    assert (Contribution.objects.get().state, Decision.objects.get().reason) == (State.REMOVED, WHY["reason"])


def test_what_was_decided_or_changed_meanwhile_is_not_decided_again(client, waits, now):
    one = waits()
    actions.brief(now=now)
    Contribution.objects.filter(pk=one.pk).update(text="Iets anders.")
    page = client.post(f"{page_in_mail()}code/", {"code": newest_code()}, **HERE)
    assert "De schrijver veranderde de tekst intussen." in text_of(page)
    Contribution.objects.filter(pk=one.pk).update(**standing(State.RETRACTED))
    page = client.post(f"{page_in_mail()}code/", {"code": newest_code()}, **HERE)
    assert "Dit is intussen al beslist" in text_of(page)
    assert not Decision.objects.exists()


def test_who_left_the_team_decides_nothing_from_an_old_mail(client, waits, now, carla):
    waits()
    actions.brief(now=now)
    carla.is_team = False
    carla.save()
    page = client.post(f"{page_in_mail()}code/", {"code": newest_code()}, **HERE)
    assert "alleen het projectteam beslist" in text_of(page)
    assert Contribution.objects.get().state == State.WAITING


def test_several_come_as_a_list_at_most_once_an_hour(waits, now):
    begun = (now + HOUR).replace(minute=5)  # hours are counted by the clock
    for names, minutes in ((("Elif", "Joost"), 0), (("Mo", "Fatima"), 3)):
        written = [waits(name).pk for name in names]
        Contribution.objects.filter(pk__in=written).update(waits_since=begun + minutes * MINUTE)
    assert actions.brief(now=begun + 2 * MINUTE) == 1
    assert mails() == ["Er wachten 2 dingen op een besluit"]
    assert "Bericht van Joost: Een bericht" in OutgoingMail.objects.latest("pk").text
    assert actions.brief(now=begun + 5 * MINUTE) == 0
    assert actions.brief(now=begun + HOUR) == 1


def test_codes_are_left_for_signing_in(waits, now):
    for number in range(rules.MAX_DECIDED_BY_MAIL + 1):
        one = waits(f"Elif{number}")
        Contribution.objects.filter(pk=one.pk).update(waits_since=now + number * MINUTE)
        actions.brief(now=now + (number + 1) * MINUTE)
    assert mails()[-1] == "Er wacht 1 ding op een besluit"
    assert len(mails()) == rules.MAX_DECIDED_BY_MAIL + 1


def test_danger_is_told_to_everybody_at_once_also_to_who_wants_no_mail(waits, now, carla, dirk, report):
    one = waits()
    actions.brief(now=now)
    actions.want(carla, False, now=now)
    actions.want(dirk, False, now=now)
    before = len(mails())
    sent = report(one, concern=Concern.DANGER)
    sent.created_at = now + MINUTE
    sent.save()
    assert actions.brief(now=now + 2 * MINUTE) == 2
    assert mails()[before:] == ["Dringend: er is gevaar gemeld, of iets wat niet mag van de wet"] * 2
    assert "Bel dan eerst 112." in OutgoingMail.objects.latest("pk").text


def test_a_flood_of_danger_ends(waits, now, report):
    now = now.replace(hour=12, minute=5) + DAY  # within one day, and one hour, whenever this runs
    told = 0
    for number in range(MAX_ALARMS_PER_DAY + 5):
        sent = report(None, concern=Concern.DANGER, network=f"192.0.2.{number}")
        sent.created_at = now + number * MINUTE
        sent.save()
        told += actions.brief(now=now + number * MINUTE)
    assert MAX_ALARMS_PER_DAY <= told <= MAX_ALARMS_PER_DAY + 2  # then once an hour of the clock


def test_one_s_own_words_are_not_told_to_oneself(waits, now, carla):
    one = waits()
    Contribution.objects.filter(pk=one.pk).update(person=carla)
    assert actions.brief(now=now) == 0


def test_mail_can_be_switched_off_and_on(client, waits, now, carla):
    sign_in(client, "carla@voorbeeld.example")
    assert "Je krijgt mail als er iets wacht" in text_of(client.get("/team/mail/"))
    answer = client.post("/team/mail/", {"mail": "nee"})
    page = client.get(answer.url)
    assert "Je keuze is bewaard" in text_of(page)
    assert parser.fromstring(page.content).find(".//main//button").text == "Stuur mij weer mail"
    waits()
    assert actions.brief(now=now) == 0
    client.post("/team/mail/", {"mail": "ja"})
    assert "Je krijgt mail als er iets wacht" in text_of(client.get("/team/mail/"))


def test_texts_that_began_to_wait_at_the_desk_are_named_once(carla, dirk, now):
    for title in ("Een speeltuin", "Een markt"):
        work = desk.begin(Kind.NEWS, municipality=None, by=dirk, now=clock.now())
        work = desk.save(work, {"title": title}, base=0, by=dirk, now=clock.now())
        desk.ask(work, by=dirk, now=clock.now())
    Person.objects.filter(pk=dirk.pk).update(is_team=False)
    assert [actions.brief(now=now), actions.brief(now=now + MINUTE)] == [1, 0]
    letter = OutgoingMail.objects.get()
    assert letter.subject == "Er wachten 2 dingen op een besluit"
    for part in ("Tekst bij beheer: Een speeltuin", "Tekst bij beheer: Een markt", f"/beheer/{work.pk}/"):
        assert part in letter.text


def test_who_wants_no_mail_hears_of_no_texts(carla, dirk, now):
    actions.want(carla, False, now=clock.now())
    work = desk.begin(Kind.NEWS, municipality=None, by=dirk, now=clock.now())
    work = desk.save(work, {"title": "Een markt"}, base=0, by=dirk, now=clock.now())
    desk.ask(work, by=dirk, now=clock.now())
    assert actions.brief(now=now) == 0
