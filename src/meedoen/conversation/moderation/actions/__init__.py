"""The deeds of moderation, a file for each noun; each decision is kept and told."""

from .decisions import CannotDecide as CannotDecide
from .decisions import DecidedMeanwhile as DecidedMeanwhile
from .decisions import answer as answer
from .decisions import decide as decide
from .decisions import measure as measure
from .objections import CannotObject as CannotObject
from .objections import object_to as object_to
from .objections import settle as settle
from .reports import CannotReport as CannotReport
from .reports import confirm as confirm
from .reports import erase_old as erase_old
from .reports import point_out as point_out
from .reports import report as report
