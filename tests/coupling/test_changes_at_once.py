"""Changing by mail what a colleague proposes to somebody at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, transaction
from tests.coupling.introducing.test_introducing_at_once import somebody_waits
from tests.incoming_mail import DOMAIN, SERVER, arrive
from tests.outbox import code_in

from meedoen.coupling.introducing import actions as introducing
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Side, Way
from meedoen.mail.models import OutgoingMail

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at")]
ANS = "ans@voorbeeld.example"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_what_is_proposed_while_the_code_comes_in_stays_as_it_was_read(asked, person, carla, now, settings):
    settings.MAIL_IN_DOMAIN, settings.MAIL_IN_TRUSTED = DOMAIN, [SERVER]
    ask, offer = asked(), asked(Side.OFFER, who=person("Bram"), text="Wij hebben een raad.")
    to, is_held = OutgoingMail.objects.get(to=ANS).reply_to, Event()
    proof = f"{SERVER}; dmarc=pass header.from=voorbeeld.example"
    assert arrive("hoe: online", to=to, author=ANS, proof=proof, now=now) == "coupling: code asked to change"
    code = OutgoingMail.objects.filter(to=ANS).latest("pk")

    def introduce():
        with transaction.atomic():
            introducing.introduce([ask, offer], reasons=(), words="Jullie passen.", by=carla, now=now)
            is_held.set()
            while not somebody_waits():
                pass

    def confirm():
        assert is_held.wait(timeout=10)
        return arrive(code_in(code), to=code.reply_to, author=ANS, proof="", now=now)

    def work(deed):
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(work, [introduce, confirm])) == [None, "not taken"]
    assert CouplingRequest.objects.get(pk=ask.pk).ways == [Way.CALL]
