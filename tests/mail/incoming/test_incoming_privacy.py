"""What mail that came in holds of somebody: handed over and erased like all else."""

import pytest
from tests.incoming_mail import ANS, DOMAIN, NOW, arrive, known, mail, take_in, thread_address

from meedoen.mail.incoming import addresses, rules
from meedoen.mail.incoming.models import DeadAddress, Incoming, ReplyAddress
from meedoen.people.privacy import holdings
from meedoen.people.privacy.register import Erasing

pytestmark = pytest.mark.django_db


def test_who_asks_gets_what_they_mailed(thread, ans):
    arrive("Bij ons hielp een rustig uur.", to=thread_address(thread, ans))
    arrive("Iets van een ander", to=f"hulp@{DOMAIN}", author="bram@mail.example")
    DeadAddress.objects.create(email=ANS, since=NOW, status="5.1.1")
    told = holdings.MAILED.export(ans)
    mailed = [each["de mail"] for each in told if "de mail" in each]
    assert len(mailed) == 1
    assert "Bij ons hielp een rustig uur." in mailed[0]
    assert [each["omdat"] for each in told if "omdat" in each] == ["5.1.1"]


def test_who_is_erased_leaves_no_mail_and_no_address(thread, ans):
    to = thread_address(thread, ans)
    arrive(to=to)
    take_in(mail("nog niet gedaan", to=to), to)
    other = known("Bram", "bram@mail.example", NOW)
    others = thread_address(thread, other)
    holdings.MAILED.erase(ans, Erasing(with_texts=True, now=NOW))
    assert not Incoming.objects.exclude(raw=b"", author="", sender="", recipient="").exists()
    assert not Incoming.objects.filter(state="new").exists()
    assert addresses.found(rules.parts_of(to)[1]) is None
    assert list(ReplyAddress.objects.values_list("owner", flat=True)) == [str(other.pk)]
    assert addresses.found(rules.parts_of(others)[1]) is not None
