"""Practice examples that anybody offers: told in the fixed questions, then read, edited and published by the team."""
