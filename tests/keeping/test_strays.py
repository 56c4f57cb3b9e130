"""Files that no row tells of go after two days; all others stay."""

import io
import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from meedoen.conversation.attachments import actions as attachments
from meedoen.conversation.models import Attachment
from meedoen.files import store
from meedoen.keeping import media, strays
from meedoen.kernel import clock
from meedoen.people import actions as people

pytestmark = pytest.mark.django_db(transaction=True)


def picture(colour):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "PNG")
    return ContentFile(content.getvalue())


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def act(now):
    return people.keep(
        "conversation.comment", payload={}, name="Ans", email="ans@mail.example", network="mail:ans", now=now
    )


def bring(act, colour, now):
    return attachments.bring(act, picture(colour), title="", network="mail:ans", now=now)


def test_a_file_of_a_transaction_that_was_undone_goes_after_two_days(act, now):
    kept = bring(act, "red", now)
    with transaction.atomic():
        bring(act, "blue", now)
        transaction.set_rollback(True)
    ours = sorted(name for name in (kept.name, kept.small_name) if name)
    assert Attachment.objects.count() == 1
    stray = set(media.names()) - set(ours)
    assert stray
    assert strays.clear(now=now + timedelta(days=1)) == 0  # its row may come yet
    assert strays.clear(now=now + timedelta(days=2, minutes=1)) == len(stray)
    assert sorted(media.names()) == ours
    assert strays.clear(now=now + timedelta(days=3)) == 0


def test_what_is_not_named_as_we_name_files_is_left_alone(now):
    for name in ("readme.txt", "ab/kort.png", "ab/cd/AAAAAAAAAAAAAAAAAAAAAA.png", "ab/cdAAAAAAAAAAAAAAAAAAAA.png"):
        store.keep(name, b"x")
    old = (now - timedelta(days=9)).timestamp()
    for name in media.names():
        os.utime(default_storage.path(name), (old, old))
    before = sorted(media.names())
    assert strays.clear(now=now) == 0
    assert sorted(media.names()) == before


def test_the_files_of_every_kind_of_row_stay(act, now):
    kept = bring(act, "red", now)
    store.keep(f"{kept.key[:2]}/{kept.key}-640.webp", b"x")  # another size of it
    before = sorted(media.names())
    assert strays.clear(now=now + timedelta(days=9)) == 0
    assert sorted(media.names()) == before
