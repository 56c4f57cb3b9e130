"""A backup comes back whole, or is refused in one line with nothing touched."""

import io
import os
import stat
import tarfile

import pytest
from django.db import connection, transaction

from meedoen.config import preparation
from meedoen.keeping import archive, erasures, locking, making, media, restoring, snapshot
from meedoen.kernel import clock
from meedoen.library.inserts.models import InsertFile
from meedoen.people.models import Address, Person

pytestmark = pytest.mark.django_db(transaction=True)


def unpacked(path) -> dict[str, bytes]:
    """What is in a backup, with its key."""
    with locking.unlocked(path) as stream:
        whole = io.BytesIO(stream.read())
    with tarfile.open(fileobj=whole) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def restore(path, *, over=True, **more):
    said = []
    return restoring.restore(path, over=over, now=clock.now(), tell=said.append, **more), said


def names():
    return sorted(Person.objects.values_list("name", flat=True))


def test_what_was_there_comes_back_and_what_came_later_is_gone(ans, sent, back_up):
    content = os.urandom(300_000)
    path = sent(content=content)
    made = back_up()
    Address.objects.create(email="later@voorbeeld.example")
    Person.objects.filter(pk=ans.pk).update(name="Anders")
    sent("ab/abc.jpg", b"een andere foto")
    sent("cd/later.jpg")
    done, said = restore(made.path)
    assert (names(), Address.objects.count()) == (["Ans"], 1)
    assert list(media.names()) == ["ab/abc.jpg"]
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (content, 0o644)
    assert (done.files, done.missing, done.erased_again) == (1, [], 0)
    assert said[0].startswith("Read and looked through: ")
    # Numbers are given out further, and the database takes new rows.
    new = Address.objects.create(email="nieuw@voorbeeld.example")
    assert new.pk > ans.address.pk


def test_others_write_while_it_is_made_and_it_is_of_one_moment(ans, place, monkeypatch):
    """The database is copied at once; what is written a moment later is not in it, and waits for nobody."""
    with snapshot.taken(place) as copy:
        with transaction.atomic():
            Address.objects.create(email="intussen@voorbeeld.example")
        assert copy.ask("SELECT count(*) FROM people_address") == [(1,)]
    assert Address.objects.count() == 2


def test_it_is_locked_and_readable_for_its_owner_only(ans, back_up, place):
    made = back_up()
    raw = made.path.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n")
    assert b"ans@voorbeeld" not in raw
    assert b"ans@voorbeeld" in unpacked(made.path)["database"] or connection.vendor == "postgresql"  # compressed there
    for path in (made.path, place / "backup-key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    seen = {path.name for path in (place / "backups").iterdir() if not path.name.startswith(".")}
    assert seen == {made.path.name, "erasures"}


def test_settings_go_along_and_the_keys_of_vault_and_backups_do_not(back_up, monkeypatch, settings):
    monkeypatch.setenv("MEEDOEN_ORGANISATION", 'Stichting "Samen" $1')
    monkeypatch.setenv("MEEDOEN_VAULT_KEY", "kluis" * 10)
    monkeypatch.setenv("MEEDOEN_BACKUP_KEY", "slot" * 10)
    found = unpacked(back_up().path)
    lines = found["settings.env"].decode().splitlines()
    assert 'MEEDOEN_ORGANISATION="Stichting \\"Samen\\" \\$1"' in lines
    assert f'MEEDOEN_SECRET_KEY="{settings.SECRET_KEY}"' in lines
    whole = b"".join(found.values())
    for secret in ("kluis" * 10, "slot" * 10, settings.BACKUP_KEY_FILE.read_text(encoding="ascii").strip()):
        assert secret.encode() not in whole


def test_the_settings_and_the_secret_are_laid_down_for_their_owner_only(back_up, monkeypatch, settings):
    made = back_up()
    monkeypatch.delenv("MEEDOEN_SECRET_KEY")
    restore(made.path)
    assert (settings.DATA / "secret-key").read_text(encoding="utf-8") == settings.SECRET_KEY
    for name in ("secret-key", "restored.env"):
        assert stat.S_IMODE((settings.DATA / name).stat().st_mode) == 0o600


def test_what_the_secret_was_before_comes_back_too(back_up, monkeypatch, settings):
    """Else who signed in before it was changed is signed out by a restore."""
    monkeypatch.delenv("MEEDOEN_SECRET_KEY", raising=False)
    settings.SECRET_KEY_FALLBACKS = ["vroeger" * 7, "nog-vroeger" * 5]
    made = back_up()
    restore(made.path)
    lines = (settings.DATA / "secret-key").read_text(encoding="utf-8").splitlines()
    assert lines == [settings.SECRET_KEY, "vroeger" * 7, "nog-vroeger" * 5]
    # From the environment they come as they stand there.
    monkeypatch.setenv("MEEDOEN_SECRET_KEY", "x" * 50)
    monkeypatch.setenv("MEEDOEN_SECRET_KEY_FALLBACKS", "y" * 50)
    laid_down = making.settings_now().splitlines()
    assert laid_down.count(f'MEEDOEN_SECRET_KEY_FALLBACKS="{"y" * 50}"') == 1
    assert laid_down.count(f'MEEDOEN_SECRET_KEY="{"x" * 50}"') == 1


def fail(*_arguments, **_named):
    raise OSError(28, "No space left on device", "/var/lib/meedoen/media/ab")


STOPS = [
    (media, "put_all", "Put back: the database. Begun and not finished: the files of people. Not yet: the settings,"),
    (restoring, "_put_settings", "Put back: the database, the files of people. Begun and not finished: the settings."),
    (restoring, "call_command", "Begun and not finished: bringing the database to this version."),
    (
        erasures,
        "apply_again",
        "Begun and not finished: erasing again who left after the backup was made. Not yet: taking as sent",
    ),
]


@pytest.mark.parametrize(("where", "name", "said"), STOPS)
def test_one_that_stops_half_way_says_how_far_it_came_and_the_site_stays_shut(
    ans, sent, back_up, monkeypatch, capsys, client, where, name, said
):
    sent()
    made = back_up()
    with monkeypatch.context() as broken:
        broken.setattr(where, name, fail)
        with pytest.raises(restoring.HalfRestored) as problem:
            restore(made.path)
    text = str(problem.value)
    assert text.startswith("It stopped half-way: /var/lib/meedoen/media/ab: No space left on device. Put back: the ")
    assert said in text
    assert text.endswith("keep the site closed. Mend what is wrong, and run the same command again with --over.")
    assert preparation.prepare(examples=False) == 1
    assert "that did not come to its end: run 'meedoen restore FILE --over'" in capsys.readouterr().err
    assert client.get("/readyz").status_code == 503
    # Again, and it is whole.
    restore(made.path)
    assert not restoring.half_restored()
    assert (names(), list(media.names())) == (["Ans"], ["ab/abc.jpg"])


def test_other_rows_than_the_backup_counted_are_told_as_half_way(ans, back_up, monkeypatch):
    made = back_up()
    with monkeypatch.context() as broken:
        broken.setattr(snapshot, "counts", lambda _ask: {"people_address": 0})
        with pytest.raises(
            restoring.HalfRestored, match=r"not have the same rows in .*people_address.* Put back: the database\. Not"
        ):
            restore(made.path)
    restore(made.path)
    assert not restoring.half_restored()


def test_one_that_stops_before_anything_was_put_back_says_so(ans, sent, back_up, monkeypatch):
    path = sent()
    made = back_up()
    before = everything(path)
    with monkeypatch.context() as broken:
        broken.setattr(snapshot, "put", fail)
        with pytest.raises(restoring.CannotRestore, match="No space left on device"):
            restore(made.path)
    assert everything(path) == before
    assert not restoring.half_restored()


def everything(sent_path):
    """What a refused backup may not touch."""
    return (names(), snapshot.counts(snapshot.ask_database), sent_path.read_bytes())


HARMS = [
    (lambda raw: raw[: len(raw) // 2], "cut short or damaged"),
    (lambda raw: raw[:-1], "cut short or damaged"),
    (lambda raw: raw[:60], "cut short or damaged"),
    (lambda raw: raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 1]) + raw[len(raw) // 2 + 1 :], "damaged"),
    (lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]), "cut short or damaged"),
    (lambda raw: raw + b"more", "cut short or damaged"),
    (lambda raw: b"PK\x03\x04" + raw, "this is not a backup of Meedoen"),
    (lambda raw: b"", "this is not a backup of Meedoen"),
]


def test_a_damaged_file_is_refused_and_nothing_is_touched(ans, sent, back_up, settings):
    path = sent()
    made = back_up()
    Person.objects.filter(pk=ans.pk).update(name="Nu")
    before, raw = everything(path), made.path.read_bytes()
    for harm, said in HARMS:
        made.path.write_bytes(harm(raw))
        with pytest.raises(restoring.CannotRestore, match=said):
            restore(made.path)
        assert everything(path) == before
    assert [each.name for each in settings.DATA.iterdir() if each.name.startswith(".restore")] == []


def test_only_its_own_key_opens_it_also_when_there_is_a_newer_one(back_up, place):
    made = back_up()
    old = locking.keyring()
    (place / "backup-key").unlink()
    with pytest.raises(restoring.CannotRestore, match="backup-key is not there"):
        restore(made.path)
    locking.ready()
    with pytest.raises(restoring.CannotRestore, match="locked for another key"):
        restore(made.path)
    locking.write([*locking.keyring(), *old])
    restore(made.path)


def manifest_with(old, new):
    return lambda all: {**all, "manifest.json": all["manifest.json"].replace(old, new)}


def without(name):
    return lambda all: {each: content for each, content in all.items() if not each.startswith(name)}


CHANGES = [
    (manifest_with(b'"keeping.0001_erasure"', b'"keeping.0999_later"'), "made by a newer version"),
    (manifest_with(b'"version": 1', b'"version": 2'), "made by a newer version"),
    (manifest_with(b'"database": "', b'"database": "my'), "its database is of my"),
    (manifest_with(b"meedoen backup", b"other backup"), "not a backup of Meedoen"),
    (lambda all: {**all, "manifest.json": b"[]"}, "not a backup of Meedoen"),
    (without("manifest.json"), "not a backup of Meedoen"),
    (without("contents.json"), "never finished"),
    (without("media/"), "never finished"),
    (lambda all: {"manifest.json": all["manifest.json"], "media/../../away": b"", **all}, "not a backup of Meedoen"),
    (
        lambda all: {**all, "database": b"x" * 3000 + all["database"][3000:]},
        "its database is damaged|pg_restore failed",
    ),
]


def test_one_that_is_not_for_here_is_refused_and_nothing_is_touched(ans, sent, back_up):
    path = sent()
    made = back_up()
    Person.objects.filter(pk=ans.pk).update(name="Nu")
    before, found = everything(path), unpacked(made.path)
    for change, said in CHANGES:
        made.path.unlink()
        with archive.written(made.path, draft=made.path.with_name("draft")) as writer:
            for name, content in change(found).items():
                writer.paper(name, content)
        with pytest.raises(restoring.CannotRestore, match=said):
            restore(made.path)
        assert everything(path) == before


@pytest.mark.parametrize(
    ("problem", "said"), [(FileNotFoundError, "is not there. Put the key"), (PermissionError, "chown meedoen")]
)
def test_a_key_that_is_away_or_not_ours_is_told_with_what_to_do(ans, back_up, monkeypatch, problem, said):
    made = back_up()

    def refuses(_path, **_more):
        raise problem

    monkeypatch.setattr(locking.Path, "read_text", refuses)
    with pytest.raises(restoring.CannotRestore, match=said):
        restore(made.path)


def test_it_comes_back_where_tar_has_no_filters(ans, sent, back_up, monkeypatch):
    """They came with Python 3.11.4; Debian 12 has 3.11.2."""
    extract = tarfile.TarFile.extract

    def of_before(self, member, path="", set_attrs=True, *, numeric_owner=False):
        return extract(self, member, path, set_attrs, numeric_owner=numeric_owner)

    path = sent(content=b"een foto")
    made = back_up()
    path.unlink()
    monkeypatch.setattr(tarfile.TarFile, "extract", of_before)
    restore(made.path)
    assert (names(), path.read_bytes()) == (["Ans"], b"een foto")


def test_a_place_that_is_not_empty_is_refused_unless_told(ans, back_up):
    made = back_up()
    with pytest.raises(restoring.CannotRestore, match=r"not empty .its database has tables.*--over"):
        restore(made.path, over=False)


def test_a_file_that_is_named_and_gone_is_told(back_up, sent):
    picture = InsertFile(key="abc", type="jpg", byte_count=9, created_at=clock.now(), described="decorative")
    picture.name, picture.small_name = "ab/abc.jpg", "ab/abc-klein.jpg"
    picture.save()
    sent("ab/abc.jpg")
    made = back_up()
    assert made.missing == ["ab/abc-klein.jpg"]
    assert restore(made.path)[0].missing == ["ab/abc-klein.jpg"]


def test_two_at_once_do_not_get_in_each_others_way(place):
    (place / "backups").mkdir()
    with making._alone(place / "backups"), pytest.raises(making.CannotBackUp, match="another backup is being made"):
        making.back_up(now=clock.now(), tell=lambda _line: None)


def test_one_that_fails_leaves_nothing_behind(sent, back_up, place, monkeypatch):
    sent()
    (place / "backup-key").write_text("AGE-SECRET-KEY-1KAPOT", encoding="ascii")
    with pytest.raises(making.CannotBackUp, match="key of the backups"):
        back_up()
    assert {path.name for path in (place / "backups").iterdir()} == {".backup-lock", ".scratch-lock"}
