"""Several at the same moment: two who say yes, two colleagues who introduce, a round that runs twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import actions
from meedoen.coupling.introducing.models import Coupling, CouplingMove
from meedoen.coupling.introducing.rules import State
from meedoen.mail.models import OutgoingMail

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
