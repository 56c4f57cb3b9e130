"""Organising meetings: for the team, and for contacts those of their own municipality."""
