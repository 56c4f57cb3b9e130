"""The deeds of a host."""

from .caller import bring_back as bring_back
from .caller import cancel as cancel
from .caller import move as move
from .caller import sign_up as sign_up
from .calls import accept as accept
from .calls import called as called
from .calls import not_called as not_called
from .calls import queue_again as queue_again
from .calls import sign_up_without_mail as sign_up_without_mail
from .circulars import change as change
from .circulars import erase_old as erase_old
from .circulars import send as send
from .circulars import tell as tell
from .circulars import throw_away as throw_away
from .circulars import write as write
from .errors import CannotDo as CannotDo
from .present import add_at_the_door as add_at_the_door
from .present import mark as mark
