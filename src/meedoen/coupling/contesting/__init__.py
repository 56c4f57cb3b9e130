"""Which facts about a municipality coupling uses, for everybody to read, and for that municipality to contest (KO10)."""
