"""Questions that people ask before a meeting, for who leads it; also by who would rather not speak in the room."""
