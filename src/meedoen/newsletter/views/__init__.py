"""The pages: the letters that went, and how somebody gets them."""
