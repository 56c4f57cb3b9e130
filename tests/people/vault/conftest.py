"""Ans, who needs things at a meeting; Carla, who arranges them; Fatima, whom it does not concern."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines

from meedoen.mail import actions as mail
from meedoen.mail import rendering
from meedoen.people.models import Address, Person
from meedoen.people.vault import actions, letters, sealing
from meedoen.people.vault.rules import Purpose

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # donderdag 3 december 2026, 14.00 uur
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MEETING, TITLE = "meeting:12", "Samen aan tafel"
YES = "Ik vind het goed dat jullie bewaren wat ik nodig heb, om het te regelen."
NEEDS = ["een schrijftolk Wallebroek", "groot gedrukt programma"]
CONTENT = {"needs": NEEDS, "counted": ["schrijftolk"]}
SECRET_WORDS = "Wallebroek"  # stands nowhere but in what Ans asked


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path):
    """A vault with a key of its own, which the test may lose."""
    settings.VAULT_KEY = ""
    settings.VAULT_KEY_FILE = tmp_path / "vault-key"
    settings.VAULT_KEY_FILE.write_text("k" * 60, encoding="ascii")
    return settings.VAULT_KEY_FILE


@pytest.fixture
def now():
    return NOW


def person(name, *, is_team=False):
    address = Address.objects.create(email=f"{name.lower()}@voorbeeld.example", verified_at=NOW)
    return Person.objects.create(address=address, name=name, joined_at=NOW, is_team=is_team)


@pytest.fixture
def carla(db):
    return person("Carla", is_team=True)


@pytest.fixture
def fatima(db):
    return person("Fatima")


@pytest.fixture
def put(ans):
    """A function that keeps what somebody needs, Ans if nobody is named; the meeting is in ten days."""

    def make(who=None, *, subject=MEETING, content=CONTENT, now=NOW, until=NOW + 10 * DAY):
        who = who or ans
        agreed = actions.consent(who, kind="meeting", subject=subject, words=YES, now=now)
        return actions.put(
            who,
            purpose=Purpose.MEETING,
            subject=subject,
            title=TITLE,
            content=content,
            agreed=agreed,
            until=until,
            now=now,
        )

    return make


def key_ids():
    return [key.id for key in sealing.keyring()]


LETTER = "# Een bijeenkomst op donderdag\n\n{{ name }} heeft dit nodig: {{ needs }}. Bel [ons]({{ site_url }}).\n\n- {{ needs }}\n"


@pytest.fixture
def letter(monkeypatch):
    """The name of a mail that tells an interpreter what somebody needs."""
    real = rendering.get_template
    made = engines["django"].from_string(LETTER)
    monkeypatch.setattr(rendering, "get_template", lambda name: made if name == "mail/proef.md" else real(name))
    return "mail/proef.md"


@pytest.fixture
def mailed(letter, put):
    """A mail about what Ans needs, in the outbox; ``part`` is what of it."""

    def send(sealed=None, *, part="needs", key="brief-1"):
        sealed = sealed or put()
        needs = letters.mention(sealed, purpose=Purpose.MEETING, part=part, receiver="de schrijftolk")
        return mail.send(letter, to="tolk@voorbeeld.example", context={"name": "Ans", "needs": needs}, key=key, now=NOW)

    return send
