"""Taking part in a conversation by mail: a file for each thing that an answer can be about."""

from . import describing, noticed, objecting, own, replying, reporting
from .files import bring_to_act as bring_to_act
from .files import of_mail as of_mail
from .replying import comment as comment
from .replying import replies_to as replies_to
from .replying import said_in as said_in
from .telling import empty as empty
from .telling import problems_of as problems_of
from .telling import unfit as unfit


def register() -> None:
    """Say what is done with such answers; at start-up."""
    for each in (replying, own, describing, reporting, noticed, objecting):
        each.register()
