"""Carla at the desk with a text, and files as people send them."""

import io

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.files import samples
from tests.library.desk.conftest import bram as bram
from tests.library.desk.conftest import carla as carla
from tests.library.desk.conftest import fatima as fatima
from tests.library.desk.conftest import full as full
from tests.library.desk.conftest import person as person
from tests.library.desk.conftest import saved as saved
from tests.library.desk.conftest import utrecht as utrecht
from tests.signed_in import sign_in

from meedoen.library.desk import actions as desk
from meedoen.library.inserts import actions

TOLD = {
    "described": "written",
    "description": "Een helling van hout voor de deur",
    "caption": "Zo kan iedereen naar binnen",
    "credit": "Ans",
    "focus": "boven",
}


def sent(content: bytes | None = None, name="foto.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, samples.picture(size=(1000, 750)) if content is None else content)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


@pytest.fixture
def as_carla(client, carla):
    sign_in(client, "carla@voorbeeld.example")
    return client


@pytest.fixture
def pictured(saved, carla, now):
    """A function that makes a saved text with a picture in it."""

    def make(text="Kijk maar:\n\n[beeld: helling]\n\nMooi.", *, told=None, **fields):
        work = saved(**fields)
        actions.add_picture(work, sent(), TOLD if told is None else told, wanted="helling", by=carla, now=now)
        return desk.save(work, {**work.content, "body": text}, base=work.number, by=carla, now=now)

    return make


def bytes_of(response) -> io.BytesIO:
    """What was handed out."""
    return io.BytesIO(response.content)


def tagged() -> bytes:
    """A PDF that can be read aloud, in English."""
    source = '#set document(title: [x])\n#set text(lang: "en")\n= Budget\nSwings cost money.'
    return bytes(typst.compile(source.encode(), format="pdf"))
