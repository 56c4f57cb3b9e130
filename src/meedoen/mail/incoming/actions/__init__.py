"""The deeds: take a mail in, handle it once, bring back what got lost, settle it, erase what is old."""

from .bringing_back import Swept as Swept
from .bringing_back import sweep as sweep
from .bringing_back import try_again as try_again
from .ending import SETTLED as SETTLED
from .ending import erase_old as erase_old
from .ending import settle as settle
from .handling import Outcome as Outcome
from .handling import handle as handle
from .handling import read as read
from .several import handle_due as handle_due
from .taking_in import take_in as take_in
