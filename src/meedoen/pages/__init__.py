"""How a page comes to a visitor: versions, kept bodies, query forms, guarded posts."""
