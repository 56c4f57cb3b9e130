"""After a meeting: what came of it, who is thanked for coming, and what people still say to each other."""
