"""Settings, root addresses, navigation and the command line; it knows everybody."""
