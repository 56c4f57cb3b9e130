"""Meetings of the network: what is held, how everybody can take part, and what became of it."""
