"""The deeds of a host."""

from .circulars import change as change
from .circulars import erase_old as erase_old
from .circulars import send as send
from .circulars import tell as tell
from .circulars import write as write
from .errors import CannotDo as CannotDo
from .present import add_at_the_door as add_at_the_door
from .present import mark as mark
