"""Writing, changing and taking back in a thread."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from tests.conversation.conftest import DAY, HOUR, MINUTE, approve, decide, standing

from meedoen.activity import actions as activity
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions
from meedoen.conversation.models import AREA, Contribution
from meedoen.conversation.moderation.actions import DecidedMeanwhile
from meedoen.conversation.moderation.rules import Deed
from meedoen.conversation.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.pages.models import versions


def test_somebody_known_stands_at_once_with_a_number(write, person, now):
    ans = person()
    first, second = write(ans), write(ans, "Nog iets.")
    assert [(each.state, each.number, each.shown_at) for each in (first, second)] == [
        (State.SHOWN, 1, now),
        (State.SHOWN, 2, now),
    ]


def test_somebody_new_waits_and_gets_a_number_when_shown(write, person, now):
    elif_, ans = person("Elif", trusted=False), person()
    waiting, other = write(elif_), write(ans)
    assert (waiting.state, waiting.number, waiting.waited, other.number) == (State.WAITING, None, True, 1)
    approved = approve(waiting, now=now + HOUR)
    assert (approved.state, approved.number, approved.shown_at) == (State.SHOWN, 2, now + HOUR)
    assert write(elif_, "En nu meteen.").state == State.SHOWN


def test_what_looks_like_a_robots_waits_whoever_wrote_it(write, person):
    assert write(person(), looks_like_spam=True).state == State.WAITING


def test_a_closed_thread_takes_nothing(write, person, thread):
    thread.is_closed = True
    thread.save()
    with pytest.raises(actions.CannotWrite, match="Het gesprek is gesloten"):
        write(person())
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("field", ["paused_until", "banned_at"])
def test_who_may_not_write_now_is_told_where_to_read_why(write, person, now, field):
    with pytest.raises(actions.CannotWrite, match="In de mail van ons team"):
        write(person(**{field: now + DAY}))


def test_a_pause_ends_by_itself(write, person, now):
    assert write(person(paused_until=now), now=now).state == State.SHOWN


def test_a_slip_corrected_at_once_leaves_no_history(write, person, now):
    one = actions.edit(write(person()), text="Beter.", now=now + 9 * MINUTE)
    assert (one.text, one.edited_at, one.revisions.count()) == ("Beter.", None, 0)


def test_a_later_change_shows_what_stood_there(write, person, now):
    one = actions.edit(write(person()), text="Beter.", now=now + HOUR)
    assert (one.text, one.edited_at) == ("Beter.", now + HOUR)
    assert [(each.text, each.until) for each in one.revisions.all()] == [("Goed bericht.", now + HOUR)]
    assert actions.edit(one, text="Beter.", now=now + 2 * HOUR).revisions.count() == 1


def test_what_its_writer_takes_away_can_be_put_back_in_its_place(write, person, now):
    one = write(person())
    gone = actions.retract(one, now=now)
    assert (gone.state, gone.number) == (State.RETRACTED, 1)
    back = actions.put_back(gone, now=now)
    assert (back.state, back.number) == (State.SHOWN, 1)


def test_taking_away_and_putting_back_is_no_way_around_the_wait(write, person, now):
    one = actions.put_back(actions.retract(write(person(trusted=False)), now=now), now=now)
    assert (one.state, one.number) == (State.WAITING, None)


@pytest.mark.parametrize("state", [State.REMOVED, State.HIDDEN])
def test_what_the_team_took_away_its_writer_cannot_bring_back(write, person, now, state):
    one = write(person())
    Contribution.objects.filter(pk=one.pk).update(**standing(state))
    with pytest.raises(actions.CannotWrite):
        actions.edit(one, text="Toch.", now=now)
    assert actions.put_back(one, now=now).state == state
    assert actions.retract(one, now=now).state == (State.REMOVED if state == State.REMOVED else State.RETRACTED)
    assert actions.put_back(one, now=now).state == state


def test_every_deed_renews_the_pages(write, person, now):
    seen = set()
    one = write(person())
    for deed in (
        lambda: None,
        lambda: actions.edit(one, text="Anders.", now=now),
        lambda: actions.retract(one, now=now),
        lambda: actions.put_back(one, now=now),
    ):
        deed()
        seen.add(versions((AREA,)))
    assert len(seen) == 4


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_who_write_at_the_same_time_get_twenty_numbers(write, person, thread):
    ans = person()

    def one(number):
        try:
            return write(ans, f"Tekst {number}").number
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(one, range(20))) == list(range(1, 21))


def test_a_removal_tells_the_writer_why_and_how_to_object(write, person, now):
    one = write(person())
    decision = decide(one, Deed.REMOVE, now=now, ground="reclame", reason="Er staat **drie keer** een webwinkel in.")
    one.refresh_from_db()
    assert (one.state, decision.decided_by.name) == (State.REMOVED, "Carla")
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == ("ans@voorbeeld.example", "Je bericht staat niet op de site: Een bericht")
    for part in (
        "Goed bericht.",
        "Reclame maken mag niet",
        "drie keer",
        "Maak dan bezwaar. Dat kan tot zaterdag 5 juni 2027.",
        f"/besluit/{decision.key}/",
    ):
        assert part in mail.text


def test_a_removal_needs_a_ground_and_a_reason(write, person, now):
    with pytest.raises(IntegrityError):
        decide(write(person()), Deed.REMOVE, now=now)


@pytest.mark.parametrize(
    ("state", "deed", "after"),
    [
        (State.WAITING, Deed.APPROVE, State.SHOWN),
        (State.HIDDEN, Deed.APPROVE, State.SHOWN),
        (State.SHOWN, Deed.APPROVE, None),
        (State.RETRACTED, Deed.APPROVE, None),
        (State.SHOWN, Deed.REMOVE, State.REMOVED),
        (State.WAITING, Deed.REMOVE, State.REMOVED),
        (State.RETRACTED, Deed.REMOVE, State.REMOVED),
        (State.REMOVED, Deed.RESTORE, State.SHOWN),
        (State.SHOWN, Deed.RESTORE, None),
    ],
)
def test_the_team_decides_only_what_still_stands_so(write, person, now, state, deed, after):
    one = write(person())
    Contribution.objects.filter(pk=one.pk).update(**standing(state))
    why = {"ground": "wet", "reason": "Zo is het."} if deed == Deed.REMOVE else {}
    if after is None:
        with pytest.raises(DecidedMeanwhile, match="Er is niets veranderd"):
            decide(one, deed, now=now, **why)
        assert not OutgoingMail.objects.exists()
    else:
        decide(one, deed, now=now, **why)
    one.refresh_from_db()
    assert one.state == (after or state)


def test_what_is_put_back_or_changed_later_is_no_news(write, person, now):
    bram = person("Bram")
    one = write(person())
    activity.follow(bram, actions.subject_of(one.thread), rhythm=Rhythm.EACH, now=now - HOUR)
    assert activity.tell(now=now + HOUR) == 1
    actions.put_back(actions.retract(one, now=now + 2 * HOUR), now=now + 2 * HOUR)
    actions.edit(one, text="Beter.", now=now + 3 * HOUR)
    assert activity.tell(now=now + DAY) == 0
