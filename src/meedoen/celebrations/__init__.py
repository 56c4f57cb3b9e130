"""Celebrations: an agenda presented, a prize, a first; who made it, who congratulates, and what became of it."""
