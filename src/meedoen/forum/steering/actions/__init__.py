"""The deeds of the team with a topic as a whole, each kept and told."""

from .joining import first_place as first_place
from .joining import merge as merge
from .joining import split as split
from .joining import undo as undo
from .steps import CannotSteer as CannotSteer
from .steps import steer as steer
