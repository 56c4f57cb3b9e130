"""Who made it: named by their own consent alone, and gone at once when they want that."""
