"""The quiet switch (MO9): for some days nobody writes but the team; everything can be read, reported and stopped."""
