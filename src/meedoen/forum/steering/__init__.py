"""Steering: what the team does with a topic as a whole, for everybody to see; about its words see moderation."""
