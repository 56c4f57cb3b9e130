"""What would fill the disk is refused in one line before it begins."""

import shutil
from collections import namedtuple

import pytest
from django.db import connection

from meedoen.keeping import making, media, rehearsing, restoring, room, rules, snapshot
from meedoen.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)
BYTES = 3_000_000  # of a file that somebody sent


@pytest.fixture
def free(monkeypatch):
    """A function that sets how much is free on every disk, beside what is left to the site."""
    usage = namedtuple("usage", "total used free")

    def set_to(count):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(0, 0, rules.LEAVE_BYTES + count))

    return set_to


@pytest.mark.parametrize(("needed", "free", "does"), [(0, 0, False), (0, 200_000_000, True), (1, 200_000_000, False)])
def test_what_the_site_needs_stays_free(needed, free, does):
    assert rules.fits(needed, free=free) is does


def test_a_backup_is_not_tried_where_the_site_has_no_room_for_it(ans, sent, back_up, free, settings):
    sent(content=b"x" * BYTES)
    made = back_up()
    free(made.path.stat().st_size - 1)
    report = rehearsing.rehearse(now=clock.now())
    assert len(report.problems) == 1
    assert report.problems[0].startswith(f"The backup was not tried: the disk of {settings.DATA} has 2")
    assert "200 MB has to stay free for the site" in report.problems[0]
    assert [path.name for path in settings.DATA.iterdir() if path.name.startswith(".trying")] == []


def test_nothing_is_put_back_where_it_does_not_fit(ans, sent, back_up, free):
    path = sent(content=b"x" * BYTES)
    made = back_up()
    path.write_bytes(b"later")
    free(made.path.stat().st_size - 1)
    with pytest.raises(restoring.CannotRestore, match="has to stay free for the site: make room"):
        restoring.restore(made.path, over=True, now=clock.now(), tell=[].append)
    assert (path.read_bytes(), restoring.half_restored()) == (b"later", False)
    free(made.path.stat().st_size * (1 if connection.vendor == "sqlite" else 1 + rules._SCRIPT))
    restoring.restore(made.path, over=True, now=clock.now(), tell=[].append)
    assert (list(media.names()), path.stat().st_size) == (["ab/abc.jpg"], BYTES)


def test_a_refusal_leaves_the_mark_of_a_restore_that_stopped_before(ans, back_up, free, settings):
    made = back_up()
    mark = settings.DATA / restoring.HALF
    mark.touch()
    free(made.path.stat().st_size - 1)
    with pytest.raises(restoring.CannotRestore):
        restoring.restore(made.path, over=True, now=clock.now(), tell=[].append)
    assert mark.exists()
    free(100 * made.path.stat().st_size)
    restoring.restore(made.path, over=True, now=clock.now(), tell=[].append)
    assert not restoring.half_restored()


def test_the_script_of_a_dump_needs_room_too(ans, tmp_path, free):
    if connection.vendor == "sqlite":
        pytest.skip("that one comes in its place as it is")
    (tmp_path / "database").write_bytes(b"x" * 1_000_000)
    free(rules.script_of(1_000_000) - 1)
    with pytest.raises(room.NoRoom):
        snapshot.put(tmp_path / "database", over=True, mark="")


def test_no_backup_is_made_that_the_disk_does_not_bear(ans, sent, back_up, free, settings):
    free(room.database_bytes() // 2 - 1 if connection.vendor == "postgresql" else 2 * room.database_bytes() - 1)
    with pytest.raises(making.CannotBackUp, match="200 MB has to stay free for the site"):
        back_up()
    free(2 * room.database_bytes())
    sent(content=b"x" * BYTES)
    made = back_up()
    free(made.path.stat().st_size)  # the next is about as large, and a copy of the database lies beside it
    with pytest.raises(making.CannotBackUp, match="200 MB has to stay free for the site"):
        back_up()
    assert making.newest() == made.path
