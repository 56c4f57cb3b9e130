"""Those who asked are told, once, of what others did and still stands."""

from datetime import UTC, datetime, timedelta

import pytest

from meedoen.activity import actions, rules
from meedoen.activity.models import Follow, Follower, Happening, Subject, Told
from meedoen.activity.rules import Rhythm
from meedoen.mail.envelope import message_of
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
def theme(db):
    return Subject.objects.of("theme", "thuis", title="Wonen", url="/nieuws/?thema=thuis")


@pytest.fixture
def town(db):
    return Subject.objects.of("municipality", "GM9999", title="Voorbeeldstad", url="/gemeenten/voorbeeldstad/")


@pytest.fixture
def happen(subject, bram):
    """A function that makes something happen, by Bram unless told otherwise."""

    def make(number=1, *, now=NOW, actor=None, to=(), words=""):
        actions.record(
            *(to or [subject]),
            mark=f"contribution-{number}",
            sentence=f"Bericht {number} van Bram",
            words=words or f"Woorden **{number}**.",
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
    for part in (
        "Bericht 1 van Bram",
        "Woorden",
        "/nieuws/een-bericht/?sinds=",
        "#reactie-1",
        f"/volgen/{followed.key}/stop/",
    ):
        assert part in mail.text
    assert "<strong>1</strong>" in mail.html
    assert mail.headers["List-Unsubscribe"] == f"<https://meedoen.example/volgen/{followed.key}/stop/>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.headers["List-Id"] == "<thread-1.meedoen.example>"
    assert mail.headers["References"] == "<thread-1@meedoen.example>"
    assert message_of(mail, facts={}).extra_headers["Auto-Submitted"] == "auto-generated"


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
    assert all(f"Bericht {number} van Bram" in OutgoingMail.objects.get().text for number in (1, 2, 3))


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
    assert "Bericht 1" not in OutgoingMail.objects.get().text


@pytest.mark.parametrize("lost", ["the mark", "the mark and what was told"])
def test_a_lost_mark_tells_it_once(ans, subject, happen, lost):
    followed = actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    happen(now=NOW + MINUTE)
    actions.tell(now=NOW + HOUR)
    Follow.objects.filter(pk=followed.pk).update(told_until=NOW)
    if lost == "the mark and what was told":
        Told.objects.all().delete()
    actions.tell(now=NOW + HOUR)
    assert mails() == [TOLD]


def test_a_quiet_round_asks_little(ans, subject, django_assert_num_queries):
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    with django_assert_num_queries(3):
        actions.tell(now=NOW + HOUR)


def test_what_happened_is_forgotten_after_sixty_days(ans, happen):
    happen(now=NOW)
    actions.saw(ans, list(Happening.objects.all()))
    assert actions.erase_old(now=NOW + 60 * DAY) == 0
    assert actions.erase_old(now=NOW + 60 * DAY + MINUTE) == 1
    assert (Happening.objects.count(), Told.objects.count(), Subject.objects.count()) == (0, 0, 1)


def test_who_follows_more_of_it_is_told_once_and_why(ans, theme, town, happen):
    for each in (theme, town):
        actions.follow(ans, each, rhythm=Rhythm.EACH, now=NOW)
    happen(now=NOW + MINUTE, to=[theme, town])
    assert actions.tell(now=NOW + HOUR) == 1
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Nieuw bij: Thema Wonen"
    assert "Want je volgt het thema Wonen en de gemeente Voorbeeldstad." in mail.text
    assert mail.text.count("Bericht 1 van Bram") == 1


def test_what_was_told_at_once_is_not_told_again_in_the_morning(ans, theme, town, happen):
    actions.follow(ans, theme, rhythm=Rhythm.EACH, now=NOW)
    actions.follow(ans, town, rhythm=Rhythm.DAILY, now=NOW)
    happen(1, now=NOW + MINUTE, to=[theme, town])
    happen(2, now=NOW + HOUR, to=[town])
    actions.tell(now=NOW + 2 * HOUR)
    actions.tell(now=NOW + 18 * HOUR)
    first, second = OutgoingMail.objects.order_by("pk")
    assert ("Bericht 1" in first.text, "Bericht 2" in first.text) == (True, False)
    assert ("Bericht 1" in second.text, "Bericht 2" in second.text) == (False, True)
    assert "Want je volgt het thema Wonen en de gemeente Voorbeeldstad." in first.text


def test_a_digest_is_one_mail_with_a_part_for_each_thing(ans, subject, theme, town, happen, settings):
    settings.BASE_URL = "https://meedoen.example"
    for each in (subject, theme, town):
        actions.follow(ans, each, rhythm=Rhythm.DAILY, now=NOW)
    happen(1, now=NOW + MINUTE, to=[town])
    happen(2, now=NOW + HOUR)
    happen(3, now=NOW + 2 * HOUR, to=[theme, town])
    assert actions.tell(now=NOW + 18 * HOUR) == 1
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Nieuw bij: Een bericht, Thema Wonen en Gemeente Voorbeeldstad"
    order = ["Een bericht", "Bericht 2", "Thema Wonen", "Bericht 3", "Gemeente Voorbeeldstad", "Bericht 1"]
    body = mail.text.partition("Dit is er nieuw")[2]
    assert sorted(order, key=body.index) == order
    key = Follower.objects.get(person=ans).key
    assert f"https://meedoen.example/volgen/alles/{key}/\n" in mail.text
    assert mail.headers == {
        "List-Id": "<volgen.meedoen.example>",
        "List-Unsubscribe": f"<https://meedoen.example/volgen/alles/{key}/stop/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": "<https://meedoen.example/mijn/nieuw/>",
    }


@pytest.mark.parametrize(("count", "letters", "told"), [(23, 10, 20), (5, 5_000, 2), (2, 20_000, 1)])
def test_a_long_digest_tells_a_part_and_counts_the_rest(ans, subject, happen, count, letters, told):
    actions.follow(ans, subject, rhythm=Rhythm.DAILY, now=NOW)
    for number in range(count):
        happen(number, now=NOW + number * MINUTE + MINUTE, words="a" * letters)
    actions.tell(now=NOW + 18 * HOUR)
    mail = OutgoingMail.objects.get()
    assert mail.text.count("van Bram") == told
    rest = count - told
    assert (f"Er zijn nog {rest} dingen nieuw." if rest > 1 else f"Er is nog {rest} ding nieuw.") in mail.text
    assert actions.tell(now=NOW + 42 * HOUR) == 0


def test_what_somebody_saw_on_the_site_is_not_mailed(ans, subject, happen):
    actions.follow(ans, subject, rhythm=Rhythm.DAILY, now=NOW)
    happen(1, now=NOW + MINUTE)
    happen(2, now=NOW + HOUR)
    actions.saw(ans, list(Happening.objects.filter(mark="contribution-1")))
    actions.tell(now=NOW + 18 * HOUR)
    assert ("Bericht 1" in OutgoingMail.objects.get().text, "Bericht 2" in OutgoingMail.objects.get().text) == (
        False,
        True,
    )


def test_who_wants_no_mail_gets_none_and_sees_it_on_the_site(ans, bram, subject, happen):
    actions.follow(ans, subject, rhythm=Rhythm.SITE, now=NOW)
    happen(1, now=NOW + MINUTE)
    assert actions.tell(now=NOW + 10 * DAY) == 0
    seen = Happening.objects.followed_by(ans, now=NOW + HOUR)
    assert [each.mark for each in seen] == ["contribution-1"]
    assert list(Happening.objects.followed_by(ans, now=NOW + 10 * MINUTE)) == []  # may still be taken back
    assert list(Happening.objects.followed_by(bram, now=NOW + HOUR)) == []


def test_a_pause_keeps_what_happens_for_one_mail_after_it(ans, theme, town, happen):
    for each in (theme, town):
        actions.follow(ans, each, rhythm=Rhythm.EACH, now=NOW)
    follower = Follower.objects.of(ans)
    actions.pause(follower, weeks=1, now=NOW)
    for number, each in enumerate([theme, town, theme]):
        happen(number, now=NOW + number * DAY + MINUTE, to=[each])
    last_day = NOW.replace(day=10)
    assert follower.paused_until == last_day.date()
    assert actions.tell(now=last_day + 9 * HOUR) == 0  # ten in the evening
    assert actions.tell(now=last_day + 11 * HOUR) == 1  # past midnight in the Netherlands
    assert OutgoingMail.objects.get().text.count("van Bram") == 3


def test_a_pause_can_be_ended(ans, subject, happen):
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    actions.pause(Follower.objects.of(ans), weeks=8, now=NOW)
    happen(now=NOW + MINUTE)
    actions.resume(Follower.objects.of(ans))
    assert actions.tell(now=NOW + HOUR) == 1


def rhythms(person):
    return dict(Follow.objects.filter(person=person).values_list("subject__kind", "rhythm"))


@pytest.mark.parametrize("rhythm", [Rhythm.NEVER, Rhythm.WEEKLY])
def test_changing_all_at_once_can_be_undone(ans, subject, theme, town, happen, rhythm):
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    actions.follow(ans, theme, rhythm=Rhythm.DAILY, now=NOW)
    stopped = actions.follow(ans, town, rhythm=Rhythm.EACH, now=NOW)
    actions.change(stopped, rhythm=Rhythm.NEVER, now=NOW)
    before = rhythms(ans)
    follower = Follower.objects.of(ans)
    actions.change_all(follower, rhythm=rhythm, now=NOW + HOUR)
    assert rhythms(ans) == {"thread": rhythm, "theme": rhythm, "municipality": Rhythm.NEVER}
    happen(now=NOW + HOUR + MINUTE)
    assert actions.tell(now=NOW + 2 * HOUR) == 0
    actions.undo_all(follower, now=NOW + 2 * HOUR)
    actions.undo_all(follower, now=NOW + 2 * HOUR)
    assert rhythms(ans) == before
    assert actions.tell(now=NOW + 2 * HOUR) == 1  # as if it had not been a slip


def test_undoing_days_later_begins_anew(ans, subject, happen):
    followed = actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    actions.change(followed, rhythm=Rhythm.NEVER, now=NOW)
    happen(1, now=NOW + HOUR)
    actions.undo(followed, now=NOW + 2 * DAY)
    assert followed.rhythm == Rhythm.EACH
    assert actions.tell(now=NOW + 3 * DAY) == 0


def test_people_who_had_their_share_keep_nobody_else_waiting(ans, bram, subject, happen, monkeypatch):
    monkeypatch.setattr(actions.telling, "TOLD_AT_ONCE", 1)
    actions.follow(ans, subject, rhythm=Rhythm.EACH, now=NOW)
    elif_ = person("Elif")
    actions.follow(elif_, subject, rhythm=Rhythm.EACH, now=NOW)
    moment = NOW
    for number in range(10):
        moment += 11 * MINUTE
        happen(number, now=moment - 10 * MINUTE)
        for _round in range(3):
            actions.tell(now=moment)
    counts = [mails().count((who, TOLD[1])) for who in ("ans@voorbeeld.example", "elif@voorbeeld.example")]
    assert counts == [rules.MAX_NOTICES_PER_DAY] * 2
    assert Follower.objects.get(person=ans).waits_until == rules.next_morning(moment)


@pytest.mark.parametrize(
    ("at", "told_at"),
    [
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),  # summer time ends
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),  # and begins
    ],
)
def test_the_mail_of_the_day_goes_at_seven_on_the_days_the_clock_changes(ans, subject, happen, at, told_at):
    actions.follow(ans, subject, rhythm=Rhythm.DAILY, now=at)
    happen(now=at + MINUTE)
    assert actions.tell(now=told_at - MINUTE) == 0
    assert actions.tell(now=told_at) == 1
