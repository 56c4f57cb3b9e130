"""The pages of the forum: its lists, a topic, and beginning one."""
