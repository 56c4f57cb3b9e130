"""The pages for who comes: the list, a meeting, and the feeds."""
