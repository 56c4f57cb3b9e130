"""Introductions: two or three who meet, what they say to that, and what becomes of it."""
