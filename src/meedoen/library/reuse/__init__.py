"""Which municipality took over what another made, what it changed, and from whom it had it (KB4)."""
