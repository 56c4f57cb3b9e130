"""The pages of the team's desk, a file for each kind of thing that is decided about."""
