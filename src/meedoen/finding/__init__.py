"""The page that searches all that is public, its feed and its suggestions; what people looked for and did not find."""
