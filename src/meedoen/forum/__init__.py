"""The forum: ask, answer, and find out what others do."""
