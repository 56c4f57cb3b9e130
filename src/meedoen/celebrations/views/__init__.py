"""The pages of celebrations: the wall, a page each, telling one, and the page of who told it."""
