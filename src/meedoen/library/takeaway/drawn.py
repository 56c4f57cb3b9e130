"""The pictures of a document, as files take them along."""

from meedoen.files import store

from .document import Picture


def content_of(picture: Picture) -> bytes | None:
    """The picture itself, a JPEG or PNG; none where it is gone, so that the words about it go along."""
    try:
        return store.read(picture.file)
    except FileNotFoundError:
        return None
