"""The quiet switch: only the team writes for some days, and nothing that others typed is lost (MO9)."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from tests.conversation.conftest import NOW
from tests.forum.conftest import answer as answer
from tests.forum.conftest import begin as begin
from tests.forum.test_forum_pages import GUEST, QUESTION, text_of
from tests.people.standing.conftest import carla as carla
from tests.people.standing.conftest import person
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.conversation import tasks
from meedoen.conversation.actions import CannotWrite, edit, put_back, retract
from meedoen.conversation.models import Contribution, Quiet
from meedoen.conversation.quiet import actions, rules
from meedoen.kernel import clock
from meedoen.people.models import Address, PendingAct
from meedoen.people.privacy import actions as privacy

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 5)  # NOW is the third
HOLIDAY = "Ons team heeft vakantie."


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def at(monkeypatch):
    """A function that sets the clock."""

    def move(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOW)
    return move


@pytest.fixture
def quiet(at):
    return actions.begin(notice=HOLIDAY, last_day=LAST, by=None, now=NOW)


def test_nobody_but_the_team_writes_until_its_date(begin, answer, quiet, carla, now):
    ans, bram = person("Ans"), person("Bram")
    with pytest.raises(CannotWrite, match="tot en met zaterdag 5 december 2026"):
        begin(ans)
    topic = begin(carla)
    with pytest.raises(CannotWrite):
        answer(topic, bram)
    midnight = NOW + timedelta(days=2, hours=10)  # the sixth begins in the Netherlands
    with pytest.raises(CannotWrite):
        answer(topic, bram, now=midnight - timedelta(minutes=1))
    answer(topic, bram, now=midnight)
    assert Contribution.objects.count() == 2


def test_words_are_not_changed_but_taken_back(begin, at):
    topic = begin(person("Ans"))
    actions.begin(notice=HOLIDAY, last_day=LAST, by=None, now=NOW)
    with pytest.raises(CannotWrite):
        edit(topic.opening, text="Iets anders.", now=NOW)
    retract(topic.opening, now=NOW)
    assert Contribution.objects.get().state == "retracted"
    put_back(topic.opening, now=NOW)  # it stood there when the quiet began
    assert Contribution.objects.get().state == "shown"


def test_what_was_away_when_it_became_quiet_is_not_put_back(begin, at):
    topic = begin(person("Ans"))
    opening = retract(topic.opening, now=NOW)
    actions.begin(notice=HOLIDAY, last_day=LAST, by=None, now=NOW + timedelta(minutes=1))
    put_back(opening, now=NOW + timedelta(minutes=2))
    assert Contribution.objects.get().state == "retracted"
    actions.end(by=None, now=NOW + timedelta(minutes=3))
    put_back(opening, now=NOW + timedelta(minutes=4))
    assert Contribution.objects.get().state == "shown"


def test_who_typed_meanwhile_gets_it_back(client, quiet):
    page = client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE)
    assert page.status_code == 429
    for words in (QUESTION["text"], HOLIDAY, "zaterdag 5 december 2026"):
        assert words in page.content.decode()
    assert not PendingAct.objects.exists()


def test_where_nobody_can_write_no_button_says_so_and_what_was_typed_stays(client, begin, quiet, carla):
    for page in (begin(carla).get_absolute_url(), "/forum/vraag/"):
        found = text_of(client.get(page))
        assert HOLIDAY in found
        assert "Kijk mijn bericht na" not in found
        assert "Je naam" not in found
    refused = client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE)
    assert QUESTION["text"] in text_of(refused)
    assert "Kijk mijn bericht na" not in text_of(refused)


def test_what_waits_for_its_code_is_placed_after_it(client, begin, at):
    page = client.post("/forum/vraag/", {**QUESTION, **GUEST}, **HERE).url
    client.post(f"{page}versturen/", **HERE)
    actions.begin(notice=HOLIDAY, last_day=LAST, by=None, now=NOW)
    refused = client.post(f"{page}code/", {"code": newest_code()}, **HERE)
    assert "Je kunt nu niets plaatsen." in refused.content.decode()
    assert QUESTION["text"] in client.get(page).content.decode()
    actions.end(by=None, now=NOW)
    client.post(f"{page}versturen/", **HERE)
    client.post(f"{page}code/", {"code": newest_code()}, **HERE)
    assert Contribution.objects.get().text == QUESTION["text"]


def test_pages_that_were_kept_say_so_and_stop_saying_so(client, begin, at):
    url = begin(person("Ans")).get_absolute_url()
    said = [HOLIDAY in text_of(client.get(each)) for each in (url, "/forum/")]
    actions.begin(notice=HOLIDAY, last_day=LAST, by=None, now=NOW)
    said += [HOLIDAY in text_of(client.get(each)) for each in (url, "/forum/", "/forum/vraag/")]
    at(NOW + timedelta(days=3))
    tasks.end_quiet()
    said += [HOLIDAY in text_of(client.get(each)) for each in (url, "/forum/")]
    assert said == [False, False, True, True, True, False, False]


def test_the_team_turns_it_on_and_off_and_nobody_else(client, at):
    person("Ans")
    sign_in(client)
    page, typed = "/team/stil/", {"notice": HOLIDAY, "last_day": "5-12-2026"}
    assert client.post(page, typed, **HERE).status_code == 403
    assert not Quiet.objects.exists()
    Address.objects.get(email="ans@voorbeeld.example").people.update(is_team=True)
    for wrong in ({"last_day": "2-12-2026"}, {"last_day": "5-12-2027"}, {"last_day": "morgen"}, {"notice": " "}):
        answer = client.post(page, {**typed, **wrong}, **HERE)
        assert answer.status_code == 400
    assert client.post(page, typed, **HERE).status_code == 302
    assert actions.quiet_now(NOW).last_day == LAST
    assert HOLIDAY in text_of(client.get(page))
    assert "De site is stil tot en met zaterdag 5 december 2026" in text_of(client.get("/team/"))
    assert client.post(page, {"open": "ja"}, **HERE).status_code == 302
    assert actions.quiet_now(NOW) is None


def test_the_command(capsys, at):
    call_command("quiet", "on", until=LAST, notice=HOLIDAY)
    assert actions.quiet_now(NOW).notice == HOLIDAY
    call_command("quiet", "off")
    assert actions.quiet_now(NOW) is None
    for wrong in (
        {},
        {"until": LAST},
        {"until": LAST, "notice": "x" * 301},
        {"until": date(2020, 1, 1), "notice": "x"},
    ):
        with pytest.raises(CommandError):
            call_command("quiet", "on", **wrong)


def test_how_long_it_may_be():
    today = LAST
    days = (timedelta(days=-1), timedelta(0), rules.LONGEST, rules.LONGEST + timedelta(days=1))
    assert [rules.may_last_until(today + each, today) for each in days] == [False, True, True, False]


def test_the_name_leaves_with_who_leaves(carla, at):
    actions.begin(notice=HOLIDAY, last_day=LAST, by=carla, now=NOW)
    privacy.erase(carla, with_texts=False, now=NOW)
    assert Quiet.objects.get().begun_by is None
