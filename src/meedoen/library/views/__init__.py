"""The pages of the library: the news, the knowledge base, and one text of either."""
