"""Commands for the administrator about mail."""
