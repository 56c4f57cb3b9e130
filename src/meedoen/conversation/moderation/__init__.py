"""Reports, what the team decides and why, and objections: one log, from which all figures come."""
