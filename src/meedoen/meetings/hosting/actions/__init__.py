"""The deeds of a host."""

from .present import CannotDo as CannotDo
from .present import add_at_the_door as add_at_the_door
from .present import mark as mark
