"""Which mail comes here: known to those who take it in when the application starts."""

from meedoen.mail.incoming import routes
from meedoen.meetings.attending import answering

from . import coming, inviting, needing, signing_up


def register() -> None:
    """Make addresses, purposes and kinds of acts known; at start-up."""
    routes.register_name(answering.NAME, signing_up.to_all)
    routes.register(answering.SIGN_UP, signing_up.about)
    routes.register(answering.COMING, coming.answered)
    inviting.register()
    needing.register()
