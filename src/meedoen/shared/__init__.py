"""A memory that servers share, where one is named (Valkey, Redis); it may be away at any time, and nothing depends on it."""
