"""Which mail comes here: known to those who take it in when the application starts."""

from meedoen.mail.incoming import routes
from meedoen.meetings.attending import answering

from . import coming, inviting, needing, signing_up


def register() -> None:
    """Make addresses, purposes and kinds of acts known; at start-up."""
    routes.register_name(answering.NAME, signing_up.to_all, is_private=True)
    routes.register(answering.SIGN_UP, signing_up.about, is_private=True)
    routes.register(answering.COMING, coming.answered, is_private=True)
    inviting.register()
    needing.register()
