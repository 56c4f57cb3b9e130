"""Several at the same moment: two who say yes, two colleagues who introduce, a round that runs twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, connections, transaction

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import actions, reading
from meedoen.coupling.introducing.actions.answering import ask as ask_again
from meedoen.coupling.introducing.actions.moving import held
from meedoen.coupling.introducing.models import Coupling, CouplingMove
from meedoen.coupling.introducing.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.people import actions as people

from .conftest import code_to

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at")]


def at_once(*deeds):
    """Do all of it in threads that begin together; what was refused, in words."""
    start = Barrier(len(deeds))

    def work(deed):
        start.wait()
        try:
            deed()
        except CannotDo as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(work, deeds))


def test_both_say_yes_in_the_same_second_and_are_mailed_once(coupling, yes, state):
    assert at_once(lambda: yes("Ans"), lambda: yes("Bram"), lambda: yes("Ans"), lambda: yes("Bram")) == [""] * 4
    assert state() == State.INTRODUCED
    met = OutgoingMail.objects.filter(template="mail/coupling/met.md")
    assert Counter(met.values_list("to", flat=True)) == {"ans@voorbeeld.example": 1, "bram@voorbeeld.example": 1}
    assert CouplingMove.objects.count() == 1


def test_two_colleagues_introduce_the_same_ask_to_others(introduce, ask, offer, asked, person):
    other = asked(who=person("Fatima"), text="Samen leren.")
    told = at_once(lambda: introduce(ask, offer), lambda: introduce(other, ask))
    assert Coupling.objects.count() == 1
    assert (told[0], "collega je net voor" in told[1]) == ("", True)
    assert OutgoingMail.objects.filter(template="mail/coupling/proposed.md").count() == 2


def test_the_last_place_of_an_offer_goes_once(introduce, ask, offer, asked, person):
    asks = [ask, *(asked(who=person(name), text=f"{name}.") for name in ("Fatima", "Gijs"))]
    told = at_once(*(lambda each=each: introduce(each, offer) for each in asks))
    assert [bool(each) for each in told] == [False, True, True]
    assert Coupling.objects.count() == 1


def test_the_same_two_by_other_asks_are_introduced_once(introduce, ask, asked, ans, person):
    fatima = person("Fatima")
    pairs = [(ask, asked(who=fatima, text="Een.")), (asked(text="Twee."), asked(who=fatima, text="Drie."))]
    told = at_once(*(lambda pair=pair: introduce(*pair) for pair in pairs))
    assert (Coupling.objects.count(), told[0], "al eerder" in told[1]) == (1, "", True)


def test_two_workers_remind_once(coupling, now):
    later = now + timedelta(days=5)
    assert at_once(*(lambda: actions.look_after(now=later),) * 3) == [""] * 3
    proposed = OutgoingMail.objects.filter(template="mail/coupling/proposed.md")
    assert set(Counter(proposed.values_list("to", flat=True)).values()) == {2}  # the question and one reminder


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_a_yes_and_a_reminder_at_the_same_moment_do_not_wait_for_each_other(coupling, party, now):
    mine, code, is_held = party("Ans"), code_to("Ans"), Event()
    act = reading.code_of(mine, now=now)

    def remind():
        with transaction.atomic():
            _coupling, parties = held(coupling.pk)
            is_held.set()
            while not somebody_waits():
                pass
            ask_again(next(each for each in parties if each.pk == mine.pk), parties, now=now)

    def confirm():
        assert is_held.wait(timeout=10)
        people.confirm(act, typed=code, network="192.0.2.1", now=now)

    assert at_once(remind, confirm) == ["", ""]
    assert party("Ans").answer == "yes"


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]
