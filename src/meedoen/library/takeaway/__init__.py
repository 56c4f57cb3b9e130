"""A text of the library to take away: as PDF, in large print, as e-book and as plain text, from one source (KB1)."""
