"""Being the host: who is there on the day, who calls, what is told to all, and badges."""
