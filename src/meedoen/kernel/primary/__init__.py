"""The database backend of the server's pages (``base``): PostgreSQL that is not waited for without end."""

from meedoen.kernel.patience import Patience

REST_SECONDS = 10.0  # in which nobody tries to write, after a commit that no second node confirmed

confirming = Patience(REST_SECONDS)  # whether second nodes confirm what is written
