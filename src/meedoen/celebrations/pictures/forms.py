"""The shape of a picture of a celebration: as beside a message, without leaving its description to others."""

from typing import Any

from meedoen.conversation.attachments import forms as attachments
from meedoen.files.rules import Described


class _Said:
    """What is on it has to be said here: the page is looked at for years."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["described"]  # type: ignore[attr-defined]
        field.choices = [each for each in field.choices if each[0] != Described.ASKED]


class DescriptionForm(_Said, attachments.DescriptionForm):
    """What is on a picture."""


class PictureForm(_Said, attachments.PictureForm):
    """A picture to add."""
