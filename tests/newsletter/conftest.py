"""A week in which things happened, who reads of it, and the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.forum.conftest import answer as answer
from tests.forum.conftest import begin as begin
from tests.incoming_mail import DOMAIN, SERVER, known

from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.meetings.models import Meeting
from meedoen.newsletter.actions import composing, sending, subscribing
from meedoen.people.models import Address, Person

MADE = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # maandag 30 november 2026, 9.00 uur
SENT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)  # dinsdag 1 december 2026, 9.00 uur
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EASY = {"easy_title": "Stemmen kan", "easy_summary": "Kort gezegd.", "easy_body": "Je kunt nu stemmen."}


@pytest.fixture
def now():
    """When things happened: Thursday of the week before the letter."""
    return datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """A function that sets the clock; it stands at the moment at which the letter is made."""

    def go(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    go(MADE)
    return go


@pytest.fixture
def open_for_mail(settings):
    """Mail can come in."""
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


@pytest.fixture
def person(db, now):
    """A function that makes somebody of whom the team approved something before."""

    def make(name="Ans", **fields):
        made = known(name, f"{name.lower()}@mail.example", now)
        Person.objects.filter(pk=made.pk).update(**fields)
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def reader(db, now):
    """A function that makes somebody who gets the letter and is known by an address alone."""

    def make(email="elif@mail.example", *, is_easy=False, is_plain=False):
        address = Address.objects.of(email)
        someone = Person.objects.create(address=address, name="", joined_at=now)
        return subscribing.subscribe(someone, is_easy=is_easy, is_plain=is_plain, now=now)

    return make


@pytest.fixture
def news(db, now):
    """A function that publishes news."""

    def make(slug="stembureau", **fields):
        fields = {
            "title": "Een stembureau zonder drempels",
            "summary": "In de wijk kan iedereen naar binnen.",
            "body": "Het **stembureau** is verbouwd.\n\n## Wat hielp\n\nZie [de handreiking](/kennisbank/).",
            "written_on": date(2026, 11, 26),
            "dated_on": date(2026, 11, 26),
            "published_at": now,
            **fields,
        }
        return Article.objects.create(slug=slug, **fields)

    return make


@pytest.fixture
def meeting(db, now):
    """A function that publishes a meeting to come."""

    def make(title="Praat mee over wonen", *, starts=datetime(2026, 12, 10, 13, 0, tzinfo=UTC), **fields):
        return Meeting.objects.create(
            slug=title.lower().replace(" ", "-"),
            title=title,
            summary="We praten over wonen.",
            form="online",
            online_program="Zoom",
            starts_at=starts,
            ends_at=starts + 2 * HOUR,
            published_at=now,
            made_at=now,
            changed_at=now,
            contact_name="Carla",
            contact_email="carla@voorbeeld.example",
            **fields,
        )

    return make


@pytest.fixture
def letter(at, news, person, begin):
    """The draft of a week with news and a question."""
    news(**EASY)
    begin(person("Bram"), title="Hoe maken we een stembureau toegankelijk?")
    return composing.compose(now=MADE)


@pytest.fixture
def sent(letter, at):
    """The same letter, on its way."""
    at(SENT)
    return sending.begin_due(now=SENT)
