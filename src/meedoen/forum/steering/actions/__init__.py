"""The deeds of the team with a topic as a whole, each kept and told."""

from .steps import CannotSteer as CannotSteer
from .steps import steer as steer
from .steps import undo as undo
