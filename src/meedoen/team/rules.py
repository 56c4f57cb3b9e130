"""How often the team is mailed. Pure: no database, no clock, no request."""

DECIDE = "team.decide"  # the kind of act with which the team decides from its mail
MAX_DECIDED_BY_MAIL = 5  # mails with a code a day: an address gets ten codes, and its owner has to sign in too
MAX_BRIEFINGS_PER_HOUR = 1  # lists of what waits beside these; the desk itself is always up to date
LISTED = 20  # things in one mail
