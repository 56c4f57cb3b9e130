"""Whether our mail arrives: what the domain says of us, how our server is found, what came back, what waits (ADR 62)."""
