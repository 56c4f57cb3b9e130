"""A year later: what became of it, asked once by mail, and the answer on the page."""
