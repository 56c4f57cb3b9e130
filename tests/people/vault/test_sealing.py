"""Sealing: what comes out is what went in, nobody else's opens, and the length tells little."""

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people.vault.conftest import key_ids

from meedoen.people.vault import sealing

KEY, OTHER = sealing.SealKey.of("a" * 50), sealing.SealKey.of("b" * 50)
ROW = ("mark", "1", "meeting", "meeting:12")


@given(st.dictionaries(st.text(max_size=20), st.one_of(st.text(max_size=200), st.lists(st.text(max_size=50)))))
def test_what_comes_out_is_what_went_in(content):
    from django.test import override_settings

    with override_settings(VAULT_KEY=KEY.secret):
        sealed = sealing.seal(content, key=KEY, bound_to=ROW)
        assert sealing.unseal(sealed, key_id=KEY.id, bound_to=ROW) == content


@pytest.mark.parametrize("place", range(4))
def test_content_opens_in_its_own_row_only(settings, place):
    settings.VAULT_KEY = KEY.secret
    sealed = sealing.seal({"needs": "ringleiding"}, key=KEY, bound_to=ROW)
    elsewhere = tuple("2" if number == place else part for number, part in enumerate(ROW))
    with pytest.raises(sealing.Broken):
        sealing.unseal(sealed, key_id=KEY.id, bound_to=elsewhere)


def test_every_changed_byte_is_seen(settings):
    settings.VAULT_KEY = KEY.secret
    sealed = sealing.seal({"needs": "ringleiding"}, key=KEY, bound_to=ROW)
    for place in range(len(sealed)):
        changed = bytes(byte ^ (number == place) for number, byte in enumerate(sealed))
        with pytest.raises(sealing.Broken):
            sealing.unseal(changed, key_id=KEY.id, bound_to=ROW)
    for length in (0, 5, 12, 27, len(sealed) - 1):
        with pytest.raises(sealing.Broken):
            sealing.unseal(sealed[:length], key_id=KEY.id, bound_to=ROW)


def test_another_key_does_not_open_it(settings):
    sealed = sealing.seal({"needs": "ringleiding"}, key=KEY, bound_to=ROW)
    settings.VAULT_KEY = OTHER.secret
    with pytest.raises(sealing.NoKey):
        sealing.unseal(sealed, key_id=KEY.id, bound_to=ROW)
    with pytest.raises(sealing.Broken):  # somebody writes the name of a key that is there
        sealing.unseal(sealed, key_id=OTHER.id, bound_to=ROW)


def test_the_length_tells_no_word_from_another(settings):
    lengths = {len(sealing.seal({"needs": word}, key=KEY, bound_to=ROW)) for word in ("nee", "gebarentolk " * 10)}
    assert len(lengths) == 1


def test_the_same_words_are_never_sealed_the_same():
    assert len({sealing.seal({"needs": "nee"}, key=KEY, bound_to=ROW) for _ in range(100)}) == 100


def test_a_key_is_never_written_where_it_is_shown():
    assert KEY.secret not in repr(KEY)
    assert KEY.secret not in str([KEY])


@pytest.mark.parametrize("text", ["", "short", "a" * 50 + ",short", "\n \n"])
def test_a_key_that_is_none_is_refused(key_file, text):
    key_file.write_text(text, encoding="ascii")
    with pytest.raises(sealing.NoKey):
        sealing.keyring()


def test_a_key_file_that_is_away_or_garbled_is_no_key(key_file):
    key_file.write_bytes(b"\xff" * 60)
    with pytest.raises(sealing.NoKey):
        sealing.keyring()
    key_file.unlink()
    with pytest.raises(sealing.NoKey):
        sealing.keyring()


def test_a_new_key_is_for_its_owner_only(key_file):
    old = sealing.keyring()[0]
    new = sealing.add_key(after=old)
    assert key_ids() == [new.id, old.id]
    assert os.stat(key_file).st_mode & 0o777 == 0o600
    sealing.drop_keys([new.id, old.id])
    assert key_ids() == [new.id]


def test_two_who_make_a_key_at_once_make_one(key_file):
    old = sealing.keyring()[0]
    made = []
    threads = [threading.Thread(target=lambda: made.append(sealing.add_key(after=old))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {key.id for key in made} == {key_ids()[0]}
    assert len(key_ids()) == 2


def test_a_key_of_the_environment_is_not_ours_to_change(settings):
    settings.VAULT_KEY = f"{KEY.secret},{OTHER.secret}"
    assert key_ids() == [KEY.id, OTHER.id]
    with pytest.raises(sealing.NotOurs):
        sealing.add_key(after=KEY)
    with pytest.raises(sealing.NotOurs):
        sealing.drop_keys([OTHER.id])
