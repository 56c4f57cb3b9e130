"""The project team's desk: what waits for a decision, the oldest first, each with its next action."""
