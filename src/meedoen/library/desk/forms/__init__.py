"""The shape of what editors send: a text, and what is asked at each step of it."""

from .editing import EditForm, initial_of
from .fields import HappenedField, area, line
from .steps import BeginForm, CompareForm, PublishForm, RemarkForm, RenameForm, ShelfForm, WithdrawForm

__all__ = [
    "BeginForm", "CompareForm", "EditForm", "HappenedField", "PublishForm", "RemarkForm", "RenameForm", "ShelfForm",
    "WithdrawForm", "area", "initial_of", "line",
]  # fmt: skip
