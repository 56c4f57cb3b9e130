"""What people say of a meeting afterwards, not linked to who they are; and its figures, never of fewer than five."""
