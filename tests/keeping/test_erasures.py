"""Who was erased stays erased, also when a backup from before comes back."""

from datetime import timedelta

import pytest
from django.db import transaction

from meedoen.keeping import erasures, restoring, rules
from meedoen.keeping.models import Erasure
from meedoen.kernel import clock
from meedoen.people.models import Address, Person
from meedoen.people.privacy import actions as privacy

pytestmark = pytest.mark.django_db(transaction=True)


def restore(path, **more):
    return restoring.restore(path, over=True, now=clock.now(), tell=lambda _line: None, **more)


def erase(person, *, with_texts=False):
    privacy.erase(person, with_texts=with_texts, now=clock.now())


def join(name):
    address = Address.objects.create(email=f"{name.lower()}@voorbeeld.example")
    return Person.objects.create(address=address, name=name, joined_at=clock.now())


def alive():
    return sorted(Person.objects.filter(erased_at__isnull=True).values_list("name", flat=True))


def test_who_left_after_the_backup_leaves_again_and_the_others_stay(ans, back_up, settings):
    fatima, bram = join("Fatima"), join("Bram")
    erase(bram)
    made = back_up()
    erase(ans, with_texts=True)
    done = restore(made.path)
    assert (done.erased_again, alive()) == (1, ["Fatima"])
    assert not Address.objects.filter(email="ans@voorbeeld.example").exists()
    assert {(row.mark, row.with_texts) for row in Erasure.objects.all()} == {
        (erasures.mark_of(ans), True),
        (erasures.mark_of(bram), False),
    }
    # And again from the same backup: the list came through.
    assert restore(made.path).erased_again == 1
    assert erasures.mark_of(fatima) not in (settings.DATA / "erasures").read_text(encoding="ascii")


def test_the_list_beside_the_backup_does_when_the_data_folder_is_gone(ans, back_up, settings, place, tmp_path):
    made = back_up()
    erase(ans)
    (settings.DATA / "erasures").unlink()
    assert restore(made.path).erased_again == 1
    # Somewhere else, where nobody knows it, a list can be handed over.
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    handed_over = (settings.DATA / "erasures").rename(elsewhere / "list")
    (settings.BACKUPS / "erasures").unlink()
    moved = made.path.rename(elsewhere / made.path.name)
    assert restore(moved).erased_again == 0
    assert restore(moved, lists=[handed_over]).erased_again == 1


def test_a_list_that_is_named_and_is_none_is_refused_before_anything_is_touched(ans, back_up, tmp_path):
    made = back_up()
    erase(ans)
    good = tmp_path / "lijst"
    line = erasures.known(erasures.places())[0]
    good.write_text(f"{line}\n", encoding="ascii")
    bad, picture = tmp_path / "half", tmp_path / "foto.jpg"
    bad.write_text(f"{line}\n{str(line)[:40]}\n", encoding="ascii")
    picture.write_bytes(b"\xff\xd8\xff")
    for path, said in (
        (tmp_path / "weg", "the list of erasures .*weg is not there"),
        (tmp_path, "is not there"),
        (bad, "line 2 of .*half is none of a list of erasures"),
        (picture, "line 1 of .*foto.jpg is none"),
    ):
        with pytest.raises(restoring.CannotRestore, match=said):
            restore(made.path, lists=[good, path])
        assert alive() == []
    assert restore(made.path, lists=[good]).erased_again == 1


def test_a_backup_from_before_the_marks_were_kept_says_who_may_come_back(ans, back_up):
    made = back_up(clock.now() - rules.KEEP_ERASURES - timedelta(days=1))
    said = []
    restoring.restore(made.path, over=True, now=clock.now(), tell=said.append)
    assert [line for line in said if "who left before that comes back" in line] != []


def test_the_list_holds_marks_and_nothing_of_people(ans, settings):
    mark, pk = erasures.mark_of(ans), ans.pk
    erase(ans)
    for path in erasures.places():
        lines = path.read_text(encoding="ascii").splitlines()
        assert [line.count(mark) for line in lines] == [1]
        assert str(erasures.known([path])[0]) == lines[0]
        assert "ans" not in lines[0].lower().replace(mark, "")
        assert path.stat().st_mode & 0o077 == 0
    # The number alone makes no mark: another person with that number is another.
    again = Person(pk=pk, joined_at=clock.now())
    assert erasures.mark_of(again) != mark


def test_erasing_that_is_taken_back_is_not_in_the_list(ans):
    with transaction.atomic():
        erase(ans)
        transaction.set_rollback(True)
    assert Erasure.objects.count() == 0
    assert erasures.known(erasures.places()) == []


def test_what_could_not_be_written_is_written_later_and_old_lines_go(ans, settings, caplog):
    now = clock.now()
    old = erasures.Line("0" * 64, False, now - rules.KEEP_ERASURES - timedelta(days=1))
    other = erasures.Line("1" * 64, True, now - timedelta(days=9))
    settings.DATA.mkdir(parents=True)
    (settings.DATA / "erasures").write_text(f"{old}\n{other}\nno line\n", encoding="ascii")
    Erasure.objects.create(mark=erasures.mark_of(ans), with_texts=True, at=now)
    erasures.write_down(now=now)
    assert [line.mark for line in erasures.known([settings.DATA / "erasures"])] == [other.mark, erasures.mark_of(ans)]
    assert [line.mark for line in erasures.known([settings.BACKUPS / "erasures"])] == [erasures.mark_of(ans)]
