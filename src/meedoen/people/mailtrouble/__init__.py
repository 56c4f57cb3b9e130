"""Mail to somebody came back: they are told on their own page, and can have it tried again (EM8)."""
