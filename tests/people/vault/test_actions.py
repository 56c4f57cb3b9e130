"""The deeds of the vault: what is kept, refused, seen, told, taken back, erased and sealed anew."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from tests.people.vault.conftest import CONTENT, DAY, MEETING, MINUTE, NOW, TITLE, YES, key_ids, person

from meedoen.people.vault import actions, rotating, rules, sealing
from meedoen.people.vault.models import Consent, Count, Key, Look, Sealed, Wording
from meedoen.people.vault.rules import Purpose, Reason

pytestmark = pytest.mark.django_db


def look(sealed, reader, *, purpose=Purpose.MEETING, reason=Reason.ARRANGE, now=NOW):
    return actions.look(sealed, reader=reader, purpose=purpose, reason=reason, now=now)


def test_a_consent_says_what_when_and_by_whom(ans, carla):
    given = actions.consent(ans, kind="meeting", subject=MEETING, words=YES, given_by=carla, now=NOW)
    assert (given.wording.words, given.given_at, given.given_by, given.withdrawn_at) == (YES, NOW, carla, None)
    assert actions.consent(ans, kind="meeting", subject=MEETING, words=YES, now=NOW + DAY) == given
    assert Wording.objects.count() == 1


def test_other_words_ask_another_yes_and_what_was_kept_goes_on(ans, put, carla):
    sealed = put()
    given = actions.consent(ans, kind="meeting", subject=MEETING, words=f"{YES} Ook de pauze.", now=NOW + DAY)
    earlier = Consent.objects.exclude(pk=given.pk).get()
    assert (earlier.withdrawn_at, given.withdrawn_at) == (NOW + DAY, None)
    actions.withdraw(earlier, now=NOW + DAY)
    assert look(sealed, carla) == CONTENT


def test_what_is_kept_comes_back_whole_and_the_look_is_written_down(put, carla):
    sealed = put()
    assert look(sealed, carla) == CONTENT
    assert list(Look.objects.values_list("sealed", "reader", "reason", "at")) == [(sealed.pk, carla.pk, "arrange", NOW)]


def test_a_look_and_its_line_stand_or_fall_together(put, carla):
    sealed = put()
    with transaction.atomic():
        look(sealed, carla)
        transaction.set_rollback(True)
    assert not Look.objects.exists()


@pytest.mark.parametrize(
    "how",
    [
        {"purpose": Purpose.COUPLING},
        {"now": NOW + 11 * DAY},
    ],
)
def test_for_another_purpose_or_too_late_nobody_looks(put, carla, how):
    sealed = put()
    with pytest.raises(actions.Refused):
        look(sealed, carla, **how)
    assert not Look.objects.exists()


def test_who_is_not_of_the_team_does_not_look(put, fatima, ans):
    sealed = put()
    for who in (fatima, ans):
        with pytest.raises(actions.Refused):
            look(sealed, who)


@pytest.mark.parametrize("what", ["another's", "withdrawn", "another kind", "another meeting"])
def test_nothing_is_kept_without_a_consent_that_fits(ans, fatima, what):
    of, kind, subject = (
        fatima if what == "another's" else ans,
        "newsletter" if what == "another kind" else "meeting",
        "meeting:13" if what == "another meeting" else MEETING,
    )
    agreed = actions.consent(of, kind=kind, subject=subject, words=YES, now=NOW)
    if what == "withdrawn":
        actions.withdraw(agreed, now=NOW)
    with pytest.raises(actions.Refused):
        actions.put(
            ans,
            purpose=Purpose.MEETING,
            subject=MEETING,
            title=TITLE,
            content=CONTENT,
            agreed=agreed,
            until=NOW + DAY,
            now=NOW,
        )
    assert not Sealed.objects.exists()


@pytest.mark.parametrize("days", [0, -1, 401])
def test_nothing_is_kept_without_an_end(put, days):
    with pytest.raises(actions.Refused):
        put(until=NOW + days * DAY)


def test_tasks_and_outcomes_go_under_the_same_consent(put, ans):
    sealed = put()
    tasks = actions.put(
        ans,
        purpose=Purpose.MEETING,
        subject=f"{MEETING}/tasks",
        title=TITLE,
        content={"tasks": "tolk bellen"},
        agreed=sealed.consent,
        until=NOW + DAY,
        now=NOW,
    )
    actions.withdraw(sealed.consent, now=NOW)
    assert not Sealed.objects.kept().filter(pk__in=[sealed.pk, tasks.pk]).exists()


def test_what_is_put_again_takes_the_place_of_what_was_there(put, carla):
    first = put()
    again = put(content={"needs": ["niets meer"]}, now=NOW + DAY)
    assert (again.pk, look(again, carla)) == (first.pk, {"needs": ["niets meer"]})
    assert Sealed.objects.count() == 1


def test_what_is_swapped_or_changed_is_refused(put, carla, fatima):
    mine, hers = put(), put(fatima)
    Sealed.objects.filter(pk=mine.pk).update(content=hers.content)
    with pytest.raises(actions.CannotRead):
        look(mine, carla)
    assert look(hers, carla) == CONTENT
    Sealed.objects.filter(pk=mine.pk).delete()
    Sealed.objects.filter(pk=hers.pk).update(person=mine.person)
    with pytest.raises(actions.CannotRead):
        look(hers, carla)


def test_withdrawing_erases_at_once_and_stays_known(put, carla):
    sealed = put()
    actions.withdraw(sealed.consent, now=NOW + DAY)
    actions.withdraw(sealed.consent, now=NOW + 2 * DAY)
    sealed.refresh_from_db()
    assert (bytes(sealed.content), sealed.key, sealed.erased_at, sealed.ending) == (b"", None, NOW + DAY, "withdrawn")
    assert sealed.consent.withdrawn_at == NOW + DAY
    with pytest.raises(actions.Refused):
        look(sealed, carla)


def test_the_end_date_erases_counts_and_in_a_year_forgets(put, carla, fatima):
    sealed = put()
    put(fatima, until=NOW + 20 * DAY)
    look(sealed, carla)
    assert actions.erase_old(now=NOW + 9 * DAY) == 0
    assert actions.erase_old(now=NOW + 10 * DAY) == 1
    sealed.refresh_from_db()
    assert (bytes(sealed.content), sealed.ending, sealed.looks.count()) == (b"", "ended", 1)
    assert set(Count.objects.values_list("purpose", "what", "year", "count")) == {
        ("meeting", "", 2026, 1),
        ("meeting", "schrijftolk", 2026, 1),
    }
    actions.erase_old(now=NOW + 20 * DAY)
    assert set(Count.objects.values_list("what", "count")) == {("", 2), ("schrijftolk", 2)}
    for consent in Consent.objects.all():
        actions.withdraw(consent, now=NOW + 20 * DAY)
    actions.erase_old(now=NOW + 385 * DAY)
    assert [model.objects.count() for model in (Sealed, Look, Consent, Wording)] == [0, 0, 0, 0]


def test_what_was_withdrawn_is_not_counted(put):
    actions.withdraw(put().consent, now=NOW)
    actions.erase_old(now=NOW + 10 * DAY)
    assert not Count.objects.exists()


def test_without_a_key_it_is_said_and_not_kept(put, carla, key_file):
    sealed = put()
    old = key_file.read_text(encoding="ascii")
    key_file.unlink()
    with pytest.raises(actions.CannotRead, match="De sleutel van de kluis ontbreekt"):
        look(sealed, carla)
    with pytest.raises(actions.Refused, match="niet veilig bewaren"):
        put()
    assert "has no key" in next(actions.problems())
    key_file.write_text(old, encoding="ascii")
    assert (look(sealed, carla), list(actions.problems())) == (CONTENT, [])


def test_a_lost_key_is_named_and_what_it_sealed_can_be_given_up(put, carla, fatima, key_file):
    lost = put()
    [name] = key_ids()
    key_file.write_text("n" * 60, encoding="ascii")
    kept = put(fatima)
    [problem] = actions.problems()
    assert f"1 needs in the vault cannot be read: their key ({name}) is missing" in problem
    assert actions.erase_old(now=NOW) == 0
    assert actions.erase_unreadable(now=NOW) == 1
    lost.refresh_from_db()
    assert (lost.ending, look(kept, carla), list(actions.problems())) == ("key_lost", CONTENT, [])
    assert list(Key.objects.values_list("pk", flat=True)) == key_ids()


def test_what_cannot_be_read_is_erased_at_its_end_all_the_same(put, key_file):
    put()
    key_file.write_text("n" * 60, encoding="ascii")
    assert actions.erase_old(now=NOW + 10 * DAY) == 1
    assert list(Count.objects.values_list("what", "count")) == [("", 1)]


# Rotating ---------------------------------------------------------------------------------------------------


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(rotating, "BATCH", 2)


@pytest.fixture
def five(put):
    return [put(person(name)) for name in ("Bram", "Dirk", "Elif", "Joost", "Mies")]


def test_rotating_seals_everything_anew_and_keeps_the_old_key_for_the_backups_of_before(five, carla, small_batches):
    [old] = key_ids()
    before = {bytes(each.content) for each in five}
    *_, last = rotating.rotate(now=NOW)
    assert last == rotating.Rotated(resealed=5, unreadable=0, is_new=True)
    new, kept = key_ids()
    assert (new != old, kept) == (True, old)
    assert set(Sealed.objects.values_list("key", flat=True)) == {new}
    assert {bytes(content) for content in Sealed.objects.values_list("content", flat=True)}.isdisjoint(before)
    assert [look(each, carla) for each in five] == [CONTENT] * 5


@pytest.mark.parametrize("batches", [0, 1, 2, 3])
def test_rotating_cut_short_goes_on_with_the_same_new_key(five, carla, put, ans, small_batches, batches):
    old = key_ids()[0]
    begun = rotating.rotate(now=NOW)
    for _ in range(batches):
        next(begun)
    begun.close()  # the machine falls over here
    assert [look(each, carla) for each in five] == [CONTENT] * 5
    new = key_ids()[0]
    put(ans)
    *_, last = rotating.rotate(now=NOW)
    assert (new != old) is (batches > 0)
    if 0 < batches < 3:
        assert (last, key_ids()) == (rotating.Rotated(5 - 2 * batches, 0), [new, old])
    else:  # nothing was done yet, or all of it
        assert (last, key_ids()[1]) == (rotating.Rotated(6, 0, is_new=True), new)
    assert [look(each, carla) for each in five] == [CONTENT] * 5


def test_an_old_key_goes_when_the_backups_of_its_time_are_gone(five, carla):
    [first] = key_ids()
    list(rotating.rotate(now=NOW))
    [second, _first] = key_ids()
    almost = NOW + rules.KEEP_OLD_KEYS - timedelta(seconds=1)
    list(rotating.rotate(now=almost))
    assert key_ids()[1:] == [second, first]
    list(rotating.reseal(now=NOW + rules.KEEP_OLD_KEYS))
    assert key_ids()[1:] == [second]
    assert not Key.objects.filter(pk=first).exists()
    list(rotating.reseal(now=almost + rules.KEEP_OLD_KEYS))
    assert len(key_ids()) == 1
    assert [look(each, carla) for each in five] == [CONTENT] * 5


def test_a_key_that_the_database_does_not_know_came_before_the_one_in_front_of_it(five, key_file):
    """As after an older backup was put back: nobody else seals with a newer one."""
    list(rotating.rotate(now=NOW - timedelta(hours=5)))
    list(rotating.rotate(now=NOW - timedelta(hours=4)))
    newest, between, _first = key_ids()
    Key.objects.filter(pk=between).delete()
    list(rotating.reseal(now=NOW))
    assert Key.objects.get(pk=between).since <= Key.objects.get(pk=newest).since


@pytest.fixture
def other_server(key_file, tmp_path, settings):
    """What is done within it, is done by a server that has the vault's file of before."""
    theirs = tmp_path / "vault-key-there"
    theirs.write_bytes(key_file.read_bytes())

    @contextmanager
    def there():
        settings.VAULT_KEY_FILE = theirs
        yield theirs
        settings.VAULT_KEY_FILE = key_file

    return there


def test_what_another_server_seals_with_the_key_of_before_is_not_lost_and_both_say_so(
    five, put, ans, carla, other_server, key_file
):
    list(rotating.rotate(now=NOW + MINUTE))
    with other_server():
        late = put(ans, now=NOW + 2 * MINUTE)
        with pytest.raises(actions.CannotRead):
            look(five[0], carla)
        said = " ".join(actions.problems())
        assert "Another server seals with the key" in said
        with pytest.raises(rotating.KeyElsewhere, match=Key.objects.latest("since").pk):
            list(rotating.rotate(now=NOW + 2 * MINUTE))
    assert look(late, carla, now=NOW + 2 * MINUTE) == CONTENT
    [said] = actions.problems()
    assert "1 needs were sealed with an older key after this server went on with" in said
    *_, last = rotating.rotate(now=NOW + DAY)
    assert last == rotating.Rotated(1, 0)
    with other_server() as theirs:
        theirs.write_bytes(key_file.read_bytes())
        assert list(actions.problems()) == []
        assert look(late, carla, now=NOW + DAY) == CONTENT
    assert list(actions.problems()) == []


def test_a_new_key_goes_round_before_anything_is_sealed_with_it(five, put, ans, carla, other_server, key_file):
    """The order of docs/vault.md: behind on all, in front on all, then sealing anew on one; each reads all, all along."""
    old, new = key_file.read_text("ascii"), "z" * 60
    looked = NOW + MINUTE

    def both_read(sealed):
        assert look(sealed, carla, now=looked) == CONTENT
        with other_server():
            assert look(sealed, carla, now=looked) == CONTENT

    for here, there in ((f"{old} {new}", old), (f"{old} {new}",) * 2, (f"{new} {old}", f"{old} {new}")):
        key_file.write_text(here, "ascii")
        with other_server() as theirs:
            theirs.write_text(there, "ascii")
            both_read(put(ans, now=NOW + MINUTE))
        both_read(put(ans, now=looked))
    with other_server() as theirs:
        theirs.write_text(f"{new} {old}", "ascii")
    list(rotating.reseal(now=looked))
    assert set(Sealed.objects.kept().values_list("key", flat=True)) == {key_ids()[0]}
    assert len(key_ids()) == 2
    for each in five:
        both_read(each)
    assert list(actions.problems()) == []


def test_nothing_is_rotated_while_a_key_is_missing(five, key_file):
    [old] = key_ids()
    key_file.write_text("z" * 60, encoding="ascii")
    for deed in (rotating.rotate, rotating.reseal):
        with pytest.raises(rotating.KeyElsewhere, match=old):
            list(deed(now=NOW))
    actions.erase_unreadable(now=NOW)
    list(rotating.rotate(now=NOW))
    assert len(key_ids()) == 2


def test_a_batch_that_fails_leaves_no_row_half_done(five, carla, small_batches, monkeypatch):
    done = []

    def failing(content, *, key, bound_to, seal=sealing.seal):
        done.append(1)
        if len(done) == 4:
            raise MemoryError
        return seal(content, key=key, bound_to=bound_to)

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "seal", failing)
        with pytest.raises(MemoryError):
            list(rotating.rotate(now=NOW))
    new, old = key_ids()
    assert sorted(Sealed.objects.values_list("key", flat=True)) == sorted([new] * 2 + [old] * 3)
    assert [look(each, carla) for each in five] == [CONTENT] * 5
    list(rotating.rotate(now=NOW))
    assert key_ids() == [new, old]
    assert set(Sealed.objects.values_list("key", flat=True)) == {new}


def test_a_key_that_a_broken_row_needs_is_kept(five, carla):
    [old] = key_ids()
    Sealed.objects.filter(pk=five[0].pk).update(content=five[1].content)
    *_, last = rotating.rotate(now=NOW)
    assert last == rotating.Rotated(resealed=4, unreadable=1, is_new=True)
    much_later = NOW + 2 * rules.KEEP_OLD_KEYS
    list(rotating.reseal(now=much_later))
    assert key_ids()[1:] == [old]
    actions.erase_unreadable(now=much_later)
    list(rotating.reseal(now=much_later))
    assert old not in key_ids()


def test_the_database_keeps_the_row_of_a_key_in_use(put):
    put()
    with pytest.raises(ProtectedError):
        Key.objects.all().delete()


def test_keys_of_the_environment_are_put_in_front_by_hand(put, carla, settings, key_file):
    sealed = put()
    old = key_file.read_text(encoding="ascii")
    settings.VAULT_KEY = old
    with pytest.raises(sealing.NotOurs):
        list(rotating.rotate(now=NOW))
    settings.VAULT_KEY = f"{'z' * 60},{old}"
    assert [each.resealed for each in rotating.rotate(now=NOW)][-1] == 1
    settings.VAULT_KEY = "z" * 60
    assert look(sealed, carla) == CONTENT


@pytest.mark.django_db(transaction=True)
def test_who_puts_while_the_key_changes_loses_nothing(ans, carla, key_file):
    people = [person(f"Mens {number}".replace(" ", "")) for number in range(12)]
    agreed = [actions.consent(each, kind="meeting", subject=MEETING, words=YES, now=NOW) for each in people]

    def put_one(number):
        try:
            return actions.put(
                people[number],
                purpose=Purpose.MEETING,
                subject=MEETING,
                title=TITLE,
                content=CONTENT,
                agreed=agreed[number],
                until=NOW + DAY,
                now=NOW,
            )
        finally:
            connection.close()

    def rotate():
        try:
            for _ in range(3):
                list(rotating.rotate(now=NOW))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        turning = pool.submit(rotate)
        sealed = list(pool.map(put_one, range(12)))
        turning.result()
    assert [look(each, carla) for each in sealed] == [CONTENT] * 12


def test_the_database_refuses_what_has_no_purpose_or_is_half_erased(put):
    sealed = put()
    for wrong in ({"purpose": "curiosity"}, {"erased_at": NOW}, {"key": None}, {"ending": "asked"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sealed.objects.filter(pk=sealed.pk).update(**wrong)
