"""A moment, and an act of a kind that only tests know."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.safestring import SafeString
from tests.outbox import code_in

from meedoen.mail.models import OutgoingMail
from meedoen.people import actions, acts
from meedoen.people.forms import GuestForm

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # donderdag 3 december 2026, 14.00 uur
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NETWORK = "192.0.2.1"


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def done_acts():
    """The acts that were carried out, each with its person, in order."""
    return []


@pytest.fixture
def kind(done_acts, monkeypatch):
    """A kind of act that writes down what it is asked to do."""
    here = acts.Place("Proefpagina", "/over/")

    def carry_out(act, person, now):
        if act.payload.get("text") == "gesloten":
            raise acts.CannotDo("Het gesprek is gesloten.")
        done_acts.append((act.pk, person.pk))
        return acts.Done({"number": len(done_acts)}, then="/over/")

    kind = acts.Kind(
        name="proef",
        heading="Je proef",
        button="Doe de proef",
        form=GuestForm,
        place=lambda act: here,
        preview=lambda act: SafeString("<p>proef</p>"),
        carry_out=carry_out,
        told=lambda act: acts.Told("De proef is gedaan", "Dank je wel.", here),
        warnings=lambda payload: [],
    )
    monkeypatch.setattr(acts, "_kinds", {**acts._kinds, "proef": kind})
    return kind


@pytest.fixture
def keep(db, kind, now):
    """A function that keeps an act of Elif, a visitor without an account."""

    def make(text="hallo", *, name="Elif", email="elif@voorbeeld.example", network=NETWORK, now=now):
        return actions.keep("proef", payload={"text": text}, name=name, email=email, network=network, now=now)

    return make


def code_mailed() -> str:
    """The code in the newest mail."""
    return code_in(OutgoingMail.objects.latest("pk"))


def confirm(act, typed, *, now=NOW, network=NETWORK):
    return actions.confirm(act, typed=typed, network=network, now=now)


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 1_000_000:06}"
