"""A round over the whole network: who is proposed to whom, why, and what the team makes of it."""
