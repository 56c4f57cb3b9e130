"""Pictures of a celebration, with what is on them."""
