"""A file of somebody is on the disk, with the folders it lies in, before we say that it is kept."""

import errno
import os

import pytest
from django.core.files.base import ContentFile

from meedoen.files.folder import Folder


@pytest.fixture
def waited_for(monkeypatch):
    """What was waited for until the disk had it."""
    found = []
    fsync = os.fsync

    def noted(file):
        found.append(os.readlink(f"/proc/self/fd/{file}"))
        fsync(file)

    monkeypatch.setattr(os, "fsync", noted)
    return found


def test_the_file_and_each_folder_that_may_be_new_are_on_the_disk(tmp_path, waited_for):
    Folder(location=tmp_path).save("a/b/een.txt", ContentFile(b"een"))
    assert waited_for == [f"{tmp_path}/a/b/een.txt", f"{tmp_path}/a/b", f"{tmp_path}/a", str(tmp_path)]
    waited_for.clear()
    Folder(location=tmp_path).save("a/b/twee.txt", ContentFile(b"twee"))
    assert waited_for == [f"{tmp_path}/a/b/twee.txt", f"{tmp_path}/a/b"]


def test_a_disk_that_fails_is_told_and_a_folder_that_cannot_be_waited_for_is_not(tmp_path, monkeypatch):
    def failing(number):
        def fsync(_file):
            raise OSError(number, os.strerror(number))

        return fsync

    monkeypatch.setattr(os, "fsync", failing(errno.EINVAL))
    assert Folder(location=tmp_path).save("een.txt", ContentFile(b"een")) == "een.txt"
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(OSError, match="Input/output error"):
        Folder(location=tmp_path).save("twee.txt", ContentFile(b"twee"))
