"""How well an ask and an offer fit: named parts in points, each with the sentence that says why. Pure."""
