"""Handing the site over: all that is public as an archive to read without a server, and a pack from which a new server comes up."""
