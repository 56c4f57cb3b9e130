"""The pages of who is host at a meeting."""
