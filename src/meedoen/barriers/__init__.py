"""Barriers on this site: who gets stuck says so; everybody sees what was found, promised and fixed."""
