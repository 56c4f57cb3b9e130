"""What who comes needs: asked with consent, arranged, told without being named, and gone afterwards."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models

from meedoen.kernel import clock
from meedoen.kernel.dutch import date_words
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, arranging, needs
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.needs import Needs, Outcome
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.rules import Need
from meedoen.people.vault import actions as vault
from meedoen.people.vault import reading
from meedoen.people.vault.models import Count

ASKED = Needs((Need.CAPTIONS, Need.BRAILLE), "Ik ben allergisch voor zwenkwieken.")
HERE = {"headers": {"sec-fetch-site": "same-origin"}}


@pytest.fixture
def ans(person, meeting, now):
    """Ans comes to the room."""
    coming = meeting("Praat mee", form="beide", place_name="De Kring", needs_close_on=clock.local_date(now))
    return actions.sign_up(coming, person("Ans"), Coming(Way.ROOM), network="", now=now)


def stands(attendee):
    fresh = Attendee.objects.select_related("meeting", "person").get(pk=attendee.pk)
    return [(each.label, each.outcome, each.words) for each in needs.asked_by(fresh)]


def test_what_is_asked_stands_in_the_vault_and_nowhere_else(ans, now):
    needs.ask(ans, ASKED, now=now)
    assert stands(ans) == [
        ("Schrijftolk of ondertiteling", Outcome.OPEN, ""),
        ("Braille", Outcome.OPEN, ""),
        ("Ik ben allergisch voor zwenkwieken.", Outcome.OPEN, ""),
    ]
    text = [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField | models.CharField | models.JSONField | models.BinaryField)
    ]
    for field in text:
        for value in field.model._base_manager.values_list(field.attname, flat=True):
            said = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            assert b"zwenkwieken" not in said, field


def test_asking_nothing_lets_go_of_all(ans, now):
    needs.ask(ans, ASKED, now=now)
    needs.ask(ans, Needs(), now=now)
    assert stands(ans) == []


def test_who_arranges_looks_and_its_person_reads_that(ans, carla, now):
    needs.ask(ans, ASKED, now=now)
    asked = needs.look(ans, reader=carla, now=now)
    assert [each.label for each in asked] == [label for label, *_ in stands(ans)]
    assert [look.who for look in reading.needs_of(ans.person)[0].looks] == ["Carla"]


def test_nobody_but_the_team_looks(ans, bram, now):
    needs.ask(ans, ASKED, now=now)
    with pytest.raises(needs.CannotDo, match="alleen iemand zien die het regelt"):
        needs.look(ans, reader=bram, now=now)


def test_what_is_arranged_is_told_without_naming_it(ans, carla, now):
    needs.ask(ans, ASKED, now=now)
    asked = needs.look(ans, reader=carla, now=now)
    outcomes = {
        "schrijftolk": (Outcome.ARRANGED, "Anne tolkt."),
        "braille": (Outcome.NOT_POSSIBLE, "Je krijgt het digitaal."),
    }
    assert needs.settle(ans, asked, outcomes, now=now + timedelta(minutes=1)) is True
    assert stands(ans)[:2] == [
        ("Schrijftolk of ondertiteling", Outcome.ARRANGED, "Anne tolkt."),
        ("Braille", Outcome.NOT_POSSIBLE, "Je krijgt het digitaal."),
    ]
    mails = OutgoingMail.objects.filter(template="mail/meetings/needs.md").order_by("pk")
    assert [each.subject for each in mails] == [
        "Je aanmelding is aangevuld: Praat mee",
        "Nieuws over je aanmelding: Praat mee",
    ]
    assert not re.search(
        "tolk|braille|digitaal", "".join(f"{each.subject}{each.text}{each.html}" for each in mails), re.IGNORECASE
    )
    assert needs.settle(ans, needs.look(ans, reader=carla, now=now), outcomes, now=now) is False


def test_a_no_says_what_can_be_done_instead(ans, carla, now):
    needs.ask(ans, ASKED, now=now)
    asked = needs.look(ans, reader=carla, now=now)
    with pytest.raises(needs.CannotDo, match="wat er wel kan"):
        needs.settle(ans, asked, {"braille": (Outcome.NOT_POSSIBLE, " ")}, now=now)


def test_what_was_arranged_stays_when_more_is_asked(ans, carla, now):
    needs.ask(ans, ASKED, now=now)
    needs.settle(ans, needs.look(ans, reader=carla, now=now), {"schrijftolk": (Outcome.ARRANGED, "")}, now=now)
    needs.ask(ans, Needs((Need.CAPTIONS, Need.QUIET_PLACE)), now=now + timedelta(minutes=1))
    assert [(label, outcome) for label, outcome, _words in stands(ans)] == [
        ("Schrijftolk of ondertiteling", Outcome.ARRANGED),
        ("Rustige plek", Outcome.OPEN),
    ]


def test_two_weeks_after_the_meeting_only_counts_are_left(client, ans, at, now):
    needs.ask(ans, ASKED, now=now)
    end = ans.meeting.ends_at + needs.KEEP
    at(end - timedelta(seconds=1))
    vault.erase_old(now=end - timedelta(seconds=1))
    assert len(stands(ans)) == 3
    said = f"Wat je nodig had om mee te doen, wissen we na {date_words(clock.local_date(end))}."
    page = client.get(ans.own_url).content.decode()
    assert said in page
    assert "Wat je nodig hebt" not in page
    at(end)
    vault.erase_old(now=end)
    assert stands(ans) == []
    assert "wissen we" not in client.get(ans.own_url).content.decode()
    assert dict(Count.objects.values_list("what", "count")) == {"": 1, "schrijftolk": 1, "braille": 1}


def test_who_does_not_come_needs_nothing_once_their_place_is_gone(ans, now):
    needs.ask(ans, ASKED, now=now)
    actions.cancel(ans, now=now)
    actions.look_after(now=now + timedelta(minutes=59))
    assert len(stands(ans)) == 3  # they may come after all
    actions.look_after(now=now + timedelta(hours=1))
    assert stands(ans) == []


def test_the_list_of_who_asked_tells_nothing_of_what(ans, carla, person, now):
    actions.sign_up(ans.meeting, person("Bram"), Coming(Way.ROOM), network="", now=now)
    needs.ask(ans, ASKED, now=now)
    assert [(each.called, answered) for each, answered in arranging.who_asked(ans.meeting)[0]] == [("Ans", False)]
    needs.settle(ans, needs.look(ans, reader=carla, now=now), {"braille": (Outcome.ARRANGED, "")}, now=now)
    assert [(each.called, answered) for each, answered in arranging.who_asked(ans.meeting)[0]] == [("Ans", True)]


def test_without_consent_nothing_is_kept_and_what_was_typed_stays(client, ans, at):
    page = client.post(f"{ans.own_url}wensen/", {"chosen": ["braille"], "words": "met reliëf"}, **HERE)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Zonder jouw toestemming mogen we het niet bewaren" in text
    assert "met reliëf" in text
    assert re.search(r'value="braille"[^>]*checked', text)
    assert stands(ans) == []


def test_by_the_link_one_asks_and_only_who_is_signed_in_reads_how_it_stands(client, ans, at):
    said = client.post(f"{ans.own_url}wensen/", {"chosen": ["braille"], "agrees": "on"}, **HERE)
    assert said.url == f"{ans.own_url}?klaar=wensen"
    for path in (said.url, f"{ans.own_url}wensen/"):  # a mail gets passed on
        page = client.get(path).content.decode()
        assert "Log in om" in page
        assert "we zijn ermee bezig" not in page
        assert not re.search(r'value="braille"[^>]*checked', page)
    client.post(f"{ans.own_url}wensen/", {"chosen": ["eten"], "agrees": "on"}, **HERE)
    assert [label for label, *_ in stands(ans)] == ["Braille", "Eten en drinken dat bij je past"]
    empty = client.post(f"{ans.own_url}wensen/", {}, **HERE)
    assert "Kies wat je nodig hebt" in empty.content.decode()
    assert len(stands(ans)) == 2
    client.force_login(ans.person.address)
    own = client.get(ans.own_url).content.decode()
    assert "Braille" in own
    assert "we zijn ermee bezig" in own
    assert re.search(r'value="braille"[^>]*checked', client.get(f"{ans.own_url}wensen/").content.decode())
    assert client.post(f"{ans.own_url}wensen/", {}, **HERE).url == f"{ans.own_url}?klaar=niets-nodig"
    assert stands(ans) == []


def test_a_post_from_elsewhere_changes_nothing(client, ans, at):
    for path in ("wensen/", "afmelden/", "veranderen/", "toch/", "ja/", "wachtlijst/", "meevragen/"):
        assert (
            client.post(f"{ans.own_url}{path}", {"agrees": "on"}, headers={"sec-fetch-site": "cross-site"}).status_code
            == 403
        )
    assert Attendee.objects.get(pk=ans.pk).cancelled_at is None
