"""The deeds: put a mail in the outbox, deliver it, bring back what got lost, erase what is old."""

from .bringing_back import Swept as Swept
from .bringing_back import sweep as sweep
from .bringing_back import try_again as try_again
from .delivering import Outcome as Outcome
from .delivering import deliver as deliver
from .delivering import deliver_all as deliver_all
from .erasing import Erased as Erased
from .erasing import erase_old as erase_old
from .erasing import erase_to as erase_to
from .lining import URGENT as URGENT
from .lining import in_line_together as in_line_together
from .passing import TAKEN as TAKEN
from .passing import take_waiting as take_waiting
from .passing import taken_as_sent as taken_as_sent
from .putting import Copy as Copy
from .putting import Letter as Letter
from .putting import send as send
from .putting import send_all as send_all
from .putting import send_copies as send_copies
