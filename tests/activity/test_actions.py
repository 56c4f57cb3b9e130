"""Those who asked are told, once, of what others did and still stands."""

from datetime import UTC, datetime, timedelta

import pytest

from meedoen.activity import actions, rules
from meedoen.activity.models import Follow, Happening, Subject
from meedoen.activity.rules import Rhythm
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Address, Person

NOW = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # donderdag 3 december 2026, 14.00 uur
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def subject(db):
    return Subject.objects.of("thread", "1", title="Een bericht", url="/nieuws/een-bericht/")


def person(name):
    return Person.objects.create(
        address=Address.objects.of(f"{name.lower()}@voorbeeld.example"), name=name, joined_at=NOW
    )


@pytest.fixture
def ans(db):
    return person("Ans")


@pytest.fixture
def bram(db):
    return person("Bram")


@pytest.fixture
def happen(subject, bram):
    """A function that makes something happen, by Bram unless told otherwise."""

    def make(number=1, *, now=NOW, actor=None):
        actions.record(
            subject,
            mark=f"contribution-{number}",
            sentence=f"Reactie {number} van Bram",
            words=f"Woorden **{number}**.",
            url=f"/nieuws/een-bericht/#reactie-{number}",
            actor=actor or bram,
            now=now,
        )

    return make


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", "subject"))


TOLD = ("ans@voorbeeld.example", "Nieuw bij: Een bericht")


def test_who_follows_is_told_after_the_undo_time_once(ans, subject, happen):
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    happen(now=NOW + MINUTE)
    assert actions.tell(now=NOW + 10 * MINUTE) == 0
    assert actions.tell(now=NOW + 11 * MINUTE) == 1
    assert actions.tell(now=NOW + 12 * MINUTE) == 0
    assert mails() == [TOLD]


def test_the_mail_is_complete_and_can_be_stopped(ans, subject, happen, settings):
    settings.BASE_URL = "https://meedoen.example"
    followed = actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    happen(now=NOW + MINUTE)
    actions.tell(now=NOW + HOUR)
    mail = OutgoingMail.objects.get()
    for part in ("Reactie 1 van Bram", "Woorden", "/nieuws/een-bericht/#reactie-1", f"/volgen/{followed.key}/stop/"):
        assert part in mail.text
    assert "<strong>1</strong>" in mail.html
    assert mail.headers["List-Unsubscribe"] == f"<https://meedoen.example/volgen/{followed.key}/stop/>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.headers["List-Id"] == "<thread-1.meedoen.example>"


def test_nobody_is_told_unasked_or_of_their_own_words(ans, bram, subject, happen):
    actions.follow(bram, subject, rhythm=Rhythm.EACH, now=NOW)
    happen(now=NOW + MINUTE)
    actions.tell(now=NOW + HOUR)
    assert mails() == []


def test_what_happened_before_is_not_told(ans, subject, happen):
    happen(now=NOW)
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW + MINUTE)
    actions.tell(now=NOW + HOUR)
    assert mails() == []


def test_what_is_taken_back_in_time_is_not_told(ans, subject, happen):
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    happen(now=NOW + MINUTE)
    actions.take_back("contribution-1")
    actions.tell(now=NOW + HOUR)
    assert mails() == []


def test_what_is_corrected_in_time_is_told_corrected(ans, subject, happen):
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    happen(now=NOW + MINUTE)
    actions.correct("contribution-1", words="Beter gezegd.")
    actions.tell(now=NOW + HOUR)
    assert "Beter gezegd." in OutgoingMail.objects.get().text


@pytest.mark.parametrize(
    ("rhythm", "quiet_until", "told_at"),
    [
        (Rhythm.DAILY, NOW + 10 * HOUR, NOW + 18 * HOUR),  # the next morning at seven
        (Rhythm.WEEKLY, NOW + 3 * DAY, NOW + 4 * DAY),  # Monday
    ],
)
def test_a_rhythm_gathers_what_happened_in_one_mail(ans, subject, happen, rhythm, quiet_until, told_at):
    actions.follow(ans, subject, rhythm=rhythm, now=NOW)
    for number in (1, 2, 3):
        happen(number, now=NOW + number * HOUR)
    assert actions.tell(now=quiet_until) == 0
    assert actions.tell(now=told_at) == 1
    assert all(f"Reactie {number} van Bram" in OutgoingMail.objects.get().text for number in (1, 2, 3))


def test_a_flood_becomes_one_mail_the_next_day(ans, subject, happen):
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    moment = NOW
    for number in range(30):
        moment += 11 * MINUTE
        happen(number, now=moment - 10 * MINUTE)
        actions.tell(now=moment)
    assert len(mails()) == rules.MAX_NOTICES_PER_DAY
    actions.tell(now=NOW + DAY)
    assert len(mails()) == rules.MAX_NOTICES_PER_DAY + 1


def test_stopping_is_at_once_and_can_be_undone(ans, subject, happen):
    followed = actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    happen(1, now=NOW + MINUTE)
    actions.change(followed, rhythm=Rhythm.NEVER, now=NOW + 2 * MINUTE)
    actions.tell(now=NOW + HOUR)
    assert mails() == []
    actions.change(followed, rhythm=Rhythm.EACH, now=NOW + HOUR)
    happen(2, now=NOW + 2 * HOUR)
    actions.tell(now=NOW + 3 * HOUR)
    assert "Reactie 1" not in OutgoingMail.objects.get().text


def test_a_crash_between_mail_and_mark_tells_it_once(ans, subject, happen):
    followed = actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    happen(now=NOW + MINUTE)
    actions.tell(now=NOW + HOUR)
    Follow.objects.filter(pk=followed.pk).update(told_until=NOW)  # as if the mark was lost
    actions.tell(now=NOW + HOUR)
    assert mails() == [TOLD]


def test_a_quiet_round_asks_little(ans, subject, django_assert_num_queries):
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    with django_assert_num_queries(3):
        actions.tell(now=NOW + HOUR)


def test_what_happened_is_forgotten_after_sixty_days(happen):
    happen(now=NOW)
    assert actions.erase_old(now=NOW + 60 * DAY) == 0
    assert actions.erase_old(now=NOW + 60 * DAY + MINUTE) == 1
    assert not Happening.objects.exists()
