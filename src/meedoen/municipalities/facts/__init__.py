"""Facts about municipalities: short sentences that floors above tell, that coupling reads, and that can be contested."""
