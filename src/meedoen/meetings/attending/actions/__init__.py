"""The deeds of who comes: sign up, ask the other of a duo, say yes, take an offer, change, cancel, and come after all."""

from meedoen.meetings.attending.conditions import CannotDo as CannotDo
from meedoen.meetings.attending.conditions import Coming as Coming

from .changing import cancel as cancel
from .changing import change as change
from .changing import come_after_all as come_after_all
from .changing import forget as forget
from .changing import may_change_back as may_change_back
from .changing import may_come_after_all as may_come_after_all
from .looking_after import erase_old as erase_old
from .looking_after import look_after as look_after
from .looking_after import tell as tell
from .signing_up import PARTNER as PARTNER
from .signing_up import invite as invite
from .signing_up import say_yes as say_yes
from .signing_up import sign_up as sign_up
from .signing_up import sign_up_without_mail as sign_up_without_mail
from .waiting import accept as accept
from .waiting import queue_again as queue_again
