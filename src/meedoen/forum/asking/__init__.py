"""Asking around: who said that they know about a theme hears of a question that nobody answered (FR7)."""
