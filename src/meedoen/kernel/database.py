"""What tells that the database is away or held by somebody else, rather than that something of ours is wrong."""

from django.db import InterfaceError, OperationalError

AWAY = (OperationalError, InterfaceError)
