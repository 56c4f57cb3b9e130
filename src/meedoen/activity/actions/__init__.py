"""The deeds: record what happened, follow, stop, pause, look, and tell those who asked."""

from .following import bring_along as bring_along
from .following import change as change
from .following import change_all as change_all
from .following import follow as follow
from .following import let_go as let_go
from .following import look as look
from .following import pause as pause
from .following import reach as reach
from .following import resume as resume
from .following import saw as saw
from .following import undo as undo
from .following import undo_all as undo_all
from .happening import correct as correct
from .happening import erase_old as erase_old
from .happening import name as name
from .happening import record as record
from .happening import rename as rename
from .happening import take_back as take_back
from .telling import tell as tell
